"""Interactive plots of the report page (plotly)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from plotly import graph_objects as go

from thermal.constants import DAY
from thermal.report.curves import COLOURS, NIGHT
from thermal.report.maps import CLOTH, extreme_outputs
from thermal.results.fields import FIELDS
from thermal.results.moments import Moments

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    for number, (name, field) in enumerate(result.powers.items()):
        line = {"color": COLOURS[number % len(COLOURS)]}
        figure.add_scatter(x=time, y=_rounded(field), name=name.replace("_", " "), line=line)
    return _over_time(figure, result, "heat to all parts [W]")


def scene(result: Result) -> go.Figure:
    """Show all parts in space, coloured by temperature at several moments."""
    mesh = result.mesh
    moments = _moments(result)
    fields = [result.temperature(output=output).values for output in moments.values()]
    return _surface(
        mesh.points,
        mesh.triangles,
        list(zip(moments, fields, ["temperature [K]"] * len(moments), strict=True)),
    )


def endurance(result: Result) -> go.Figure | None:
    """Show what the run did to the cloth, one field at a time; None where endurance was not followed."""
    mesh = result.mesh
    cloth = mesh.vertices(CLOTH)
    shown = []
    for field in result.group("endurance").values():
        if field.values.shape != (len(mesh.points),):
            continue
        values = field.values[cloth]
        if np.isfinite(values).all() and np.ptp(values) > 0:
            unit = "" if field.unit == "1" else f" [{field.unit}]"
            shown.append((field.long_name, values, unit.strip()))
    if not shown:
        return None
    return _surface(mesh.points[cloth], mesh.triangles_of(CLOTH), shown)


def _surface(
    points: NDArray[np.float64],
    triangles: NDArray[np.int64],
    fields: Sequence[tuple[str, NDArray[np.float64], str]],
) -> go.Figure:
    """Draw a surface with a menu of fields: name, values at the vertices, title of the scale."""
    x, y, z = points.T.astype(np.float32)
    i, j, k = triangles.T.astype(np.int32)
    buttons = [
        {
            "label": name,
            "method": "restyle",
            "args": [{"visible": [other == number for other in range(len(fields))]}],
        }
        for number, (name, _, _) in enumerate(fields)
    ]
    data = [
        go.Mesh3d(
            x=x,
            y=y,
            z=z,
            i=i,
            j=j,
            k=k,
            intensity=values.astype(np.float32),
            colorscale=FIELDS["temperature"].colour_map,
            colorbar={"title": title},
            visible=number == 0,
            flatshading=False,
            lighting={"ambient": 1.0, "diffuse": 0.0, "specular": 0.0},
            hovertemplate="%{intensity:.4g}<extra></extra>",
        )
        for number, (_, values, title) in enumerate(fields)
    ]
    figure = go.Figure(
        data=data, layout={"template": "plotly_white", "height": 520, "margin": {"t": 60, "b": 10}}
    )
    menu = {"buttons": buttons, "x": 0.0, "xanchor": "left", "y": 1.1, "yanchor": "top", "showactive": True}
    camera = {"eye": {"x": 1.15, "y": -0.3, "z": 0.25}}
    share = _proportions(points)
    shape = {"aspectmode": "manual", "aspectratio": share, "camera": camera}
    figure.update_layout(updatemenus=[menu], scene=shape | _axes(share))
    return figure


def _proportions(points: NDArray[np.float64]) -> dict[str, float]:
    """Keep the true proportions, with a little depth for what is flat."""
    extent = np.ptp(points, axis=0)
    share = np.maximum(extent / extent.max(), 0.02)
    return dict(zip("xyz", share.tolist(), strict=True))


def _axes(share: dict[str, float]) -> dict[str, Any]:
    """Name the axes; one along which nearly nothing extends gets no numbers."""
    return {
        f"{axis}axis": {"title": {"text": f"{words} [m]"}, "showticklabels": share[axis] > 0.1}
        for axis, words in (("x", "east"), ("y", "north"), ("z", "up"))
    }


def _moments(result: Result) -> dict[str, int]:
    """Name the outputs worth seeing."""
    hottest, coldest = extreme_outputs(result)
    moments = Moments.of(result)
    named = {"hottest cloth": hottest, "coldest cloth": coldest}
    for words, time_s in (("noon", moments.noon), ("sunset", moments.sunset)):
        if time_s is not None:
            named[words] = result.nearest(time_s)
    named["start"], named["end"] = 0, len(result.time) - 1
    return {
        f"{words} (day {result.time.values[output] / DAY:.2f})": output for words, output in named.items()
    }


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
