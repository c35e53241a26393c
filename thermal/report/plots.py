"""Interactive plots of the report page (plotly)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from plotly import graph_objects as go

from thermal.core.constants import DAY
from thermal.report.curves import COLOURS, NIGHT, SHOWN_SHARE
from thermal.results.reading.moments import Moments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.results import Field, Result

_DASHES: Final = ("solid", "dash", "dot", "dashdot")
_LAYOUT: Final[dict[str, Any]] = {
    "template": "plotly_white",
    "margin": {"l": 70, "r": 30, "t": 40, "b": 50},
    "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0.0},
    "font": {"size": 13},
    "hovermode": "x unified",
}


def temperatures(result: Result) -> go.Figure:
    """Plot mean and extremes of every part, every probe and the ground over time."""
    figure = go.Figure(layout={**_LAYOUT, "height": 460})
    time = result["steps/time"].values / DAY
    for number, part in enumerate(result.parts):
        group = result.group(f"steps/parts/{part}")
        colour = COLOURS[number % len(COLOURS)]
        low, mean, high = (_rounded(group[key]) for key in ("minimum", "mean", "maximum"))
        edge: dict[str, Any] = {
            "mode": "lines",
            "line": {"width": 0},
            "legendgroup": part,
            "hoverinfo": "skip",
        }
        figure.add_scatter(x=time, y=low, showlegend=False, **edge)
        figure.add_scatter(x=time, y=high, fill="tonexty", fillcolor=_faint(colour), showlegend=False, **edge)
        figure.add_scatter(x=time, y=mean, name=part, legendgroup=part, line={"color": colour, "width": 1.5})
    for number, (name, probe) in enumerate(result.probes.items()):
        figure.add_scatter(
            x=probe.time.values / DAY,
            y=_rounded(probe.temperature),
            name=f"probe {name}",
            line={"color": "black", "width": 2, "dash": _DASHES[number % len(_DASHES)]},
        )
    if "sky/time" in result:
        ground = _rounded(result["sky/ground_temperature"])
        line = {"color": "#8a6d3b", "width": 1.5, "dash": "dot"}
        figure.add_scatter(x=result["sky/time"].values / DAY, y=ground, name="ground", line=line)
    return _over_time(figure, result, "temperature [K]")


def powers(result: Result) -> go.Figure:
    """Plot the power of every term of the balance over time."""
    figure = go.Figure(layout={**_LAYOUT, "height": 340})
    time = result.time.values / DAY
    largest = max((float(np.abs(field.values).max()) for field in result.powers.values()), default=0.0)
    number = 0
    for name, field in result.powers.items():
        is_small = float(np.abs(field.values).max()) < SHOWN_SHARE * largest
        colour = "#9a9a9a" if is_small else COLOURS[number % len(COLOURS)]
        number += not is_small
        figure.add_scatter(
            x=time,
            y=_rounded(field),
            name=name.replace("_", " "),
            line={"color": colour},
            visible="legendonly" if is_small else True,
        )
    return _over_time(figure, result, "heat to all parts [W]")


def _over_time(figure: go.Figure, result: Result, title: str) -> go.Figure:
    for begin, end in Moments.of(result).nights():
        figure.add_vrect(x0=begin / DAY, x1=end / DAY, fillcolor=NIGHT, line_width=0, layer="below")
    figure.update_xaxes(title="days since the start (night shaded)", range=[0, result.time.values[-1] / DAY])
    figure.update_yaxes(title=title)
    return figure


def _rounded(field: Field) -> NDArray[np.float32]:
    """Halve the size of a curve on the page."""
    values: NDArray[np.float32] = field.values.astype(np.float32)
    return values


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.16)"
