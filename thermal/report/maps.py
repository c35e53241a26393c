"""Maps of the cloth when it is hottest and when it is coldest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.constants import DAY
from thermal.results.fields import FIELDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure
    from matplotlib.tri import Triangulation
    from numpy.typing import NDArray

    from thermal.results import Result

CLOTH: Final = "flag"
_HEM_M: Final = 0.03
"""Depth of the strip below the upper hem that is drawn enlarged, m."""


def extreme_outputs(result: Result) -> tuple[int, int]:
    """Give the outputs at which the mean temperature of the cloth is highest and lowest."""
    mean = result[f"series/parts/{CLOTH}/mean"].values
    return int(np.argmax(mean)), int(np.argmin(mean))


def draw_maps(figure: SubFigure, result: Result) -> None:
    """Draw the cloth twice, each with an enlarged strip along the hem at the arm."""
    from matplotlib.tri import Triangulation  # noqa: PLC0415  (see figure.draw)

    place = result.mesh.uv[result.mesh.vertices(CLOTH)]
    mesh = Triangulation(place[:, 0], place[:, 1], result.mesh.triangles_of(CLOTH))
    axes = figure.subplots(2, 2, height_ratios=(1.0, 1.35))
    for (hem, cloth), output, word in zip(
        axes.T, extreme_outputs(result), ("Hottest", "Coldest"), strict=True
    ):
        values = result.temperature(CLOTH, output=output).values
        _draw_hem(hem, mesh, values)
        hem.set_title(f"{word}: {_moment(result, output)}", pad=8)
        _draw_cloth(cloth, mesh, values)


def _draw_cloth(axes: Axes, mesh: Triangulation, values: NDArray[np.float64]) -> None:
    _draw(axes, mesh, values, values)
    axes.set_aspect("equal")
    axes.set_xlabel("width [m]")
    axes.set_ylabel("height [m]\nwhole cloth")


def _draw_hem(axes: Axes, mesh: Triangulation, values: NDArray[np.float64]) -> None:
    top = float(mesh.y.max())
    _draw(axes, mesh, values, values[mesh.y >= top - _HEM_M])
    axes.set_ylim(top - _HEM_M, top)
    axes.set_ylabel("below the hem [mm]\nenlarged")
    depth = np.linspace(0.0, _HEM_M, 4)
    axes.set_yticks(top - depth, [f"{1e3 * d:.0f}" for d in depth])
    axes.tick_params(labelbottom=False)


def _draw(axes: Axes, mesh: Triangulation, values: NDArray[np.float64], scale: NDArray[np.float64]) -> None:
    """Draw a field in the colours of the values that are seen."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415  (see figure.draw)

    axes.grid(visible=False)
    colours = FIELDS["temperature"].colour_map
    drawn = axes.tricontourf(mesh, values, levels=_levels(scale), cmap=colours, extend="both")
    beside = axes.inset_axes((1.03, 0.0, 0.035, 1.0))
    bar = axes.figure.colorbar(drawn, cax=beside, ticks=MaxNLocator(5))
    bar.set_label("mean temperature [K]")


def _levels(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Space 40 colours over the values, over 0.1 K at least."""
    low, high = float(values.min()), float(values.max())
    if high - low < 0.1:
        low, high = (low + high) / 2 - 0.05, (low + high) / 2 + 0.05
    return np.linspace(low, high, 41)


def _moment(result: Result, output: int) -> str:
    time = result.time.values[output] / DAY
    hour = result["series/local_hour"].values[output]
    local = "" if np.isnan(hour) else f", {int(hour):02d}:{int(hour * 60) % 60:02d} local solar time"
    return f"day {time:.2f}{local}"
