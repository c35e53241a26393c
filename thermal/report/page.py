"""The report: one page of HTML that needs nothing beside itself."""

from __future__ import annotations

import base64
import io
from importlib import resources
from typing import TYPE_CHECKING, Any

from thermal.report.text import flat, shown
from thermal.report.words import LEDGER_WORDS, outside_words, site_words, span_words, years_words
from thermal.results.reading.summary import summarise

if TYPE_CHECKING:
    from plotly import graph_objects as go

    from thermal.results import Result


def build_page(result: Result) -> str:
    """Build the page.

    Parameters
    ----------
    result
        The run.

    Returns
    -------
    str
        HTML with styles, scripts (plotly.js) and pictures inside.

    """
    from jinja2 import Environment, StrictUndefined, select_autoescape
    from plotly.offline import get_plotlyjs

    from thermal.report import plots, surfaces

    summary = summarise(result)
    source = resources.files(__package__).joinpath("page.html.j2").read_text("utf-8")
    environment = Environment(
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update({"kelvin": _kelvin, "joule": _joule, "shown": shown, "years": years_words})
    case = summary["case"]
    scene, endurance = surfaces.scene(result), surfaces.endurance(result)
    return environment.from_string(source).render(
        s=summary,
        site=site_words(case["latitude_deg"], case["longitude_deg"]),
        span=span_words(case["start"], summary["run"]["time_s"]),
        held=[outside_words(law) for law in summary["outside_data"]],
        verdict_pairs=flat(summary["verdict"]) if "findings" not in summary["verdict"] else [],
        plotly_js=get_plotlyjs(),
        temperatures=_div(plots.temperatures(result)),
        powers=_div(plots.powers(result)),
        surfaces={
            name: {
                "div": _div(surface.figure, name),
                "choices": [choice.to_json() for choice in surface.choices],
            }
            for name, surface in (("scene", scene), ("endurance", endurance))
            if surface is not None
        },
        ledger_words=LEDGER_WORDS,
        maps=_maps(result),
        case_resolved=result.text("inputs/case_resolved"),
    )


def _div(figure: go.Figure, name: str | None = None) -> str:
    config = {"displaylogo": False}
    text: str = figure.to_html(full_html=False, include_plotlyjs=False, config=config, div_id=name)
    return text


def _maps(result: Result) -> str:
    """Draw the maps of the cloth as a picture to embed."""
    import matplotlib as mpl

    from thermal.report.figure import STYLE
    from thermal.report.maps import draw_maps

    with mpl.rc_context(STYLE):
        from matplotlib.figure import Figure

        figure = Figure(figsize=(9.6, 4.8), dpi=140, layout="constrained")
        whole: Any = figure.subfigures(1, 1)
        draw_maps(whole, result)
        picture = io.BytesIO()
        figure.savefig(picture, format="png")
    return base64.b64encode(picture.getvalue()).decode("ascii")


def _kelvin(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _joule(value: float | None) -> str:
    return "–" if value is None else f"{value:+.4e}"
