"""A run on one page: temperatures over the lunar day, powers, and the cloth at its hottest and coldest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from thermal.core.errors import CaseError, Problem
from thermal.report.words import site_words, span_words
from thermal.results.writing.paths import check_output

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from thermal.results import Result

FORMATS: Final = (".png", ".pdf", ".svg")
_PAGE_INCHES: Final = (9.6, 11.0)
_DPI: Final = 150


def check_figure(path: Path, *, force: bool = False, kept: Mapping[Path, str] | None = None) -> None:
    """Refuse a figure that could not be written.

    Parameters
    ----------
    path
        The picture to be.
    force
        Whether an older one may be replaced.
    kept
        Files that are never overwritten; see :func:`thermal.results.check_output`.

    Raises
    ------
    CaseError
        If the ending is not known, the folder cannot be written to, it is one of the files that are
        kept, or there is such a file already.

    """
    if path.suffix.lower() not in FORMATS:
        remedy = f"end the name in {', '.join(FORMATS)}"
        raise CaseError(Problem("figure-format", str(path), "this ending is not known", remedy))
    check_output(path, force=force, kept=kept)


def draw(result: Result, path: Path) -> None:
    """Draw a run into a file.

    Parameters
    ----------
    result
        The run.
    path
        The picture; its ending says the format.

    """
    import matplotlib as mpl

    from thermal.report.curves import draw_powers, draw_sky, draw_temperatures
    from thermal.report.maps import draw_maps

    with mpl.rc_context(STYLE):
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        figure = Figure(
            figsize=_PAGE_INCHES, dpi=_DPI, layout=ConstrainedLayoutEngine(h_pad=0.06, hspace=0.04)
        )
        both: Any = figure.subfigures(2, 1, height_ratios=(6.4, 4.6))
        upper, lower = both
        sky, temperature, power = upper.subplots(3, 1, sharex=True, height_ratios=(1.1, 3.2, 1.7))
        draw_sky(sky, result)
        draw_temperatures(temperature, result)
        draw_powers(power, result)
        draw_maps(lower, result)
        figure.suptitle(_title(result), fontsize=12, x=0.012, ha="left")
        figure.savefig(path)


def _title(result: Result) -> str:
    known = result.attributes
    site = site_words(math.degrees(known["latitude_rad"]), math.degrees(known["longitude_rad"]))
    return f"{known['title']}\n{site}; {span_words(known['start'], known['duration_s'])}"


STYLE: Final[Any] = {
    "font.size": 9.0,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#d9d9d9",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}
"""Look of all figures."""
