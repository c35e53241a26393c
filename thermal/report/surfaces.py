"""Surfaces in space of the report page: one mesh, and fields to choose from."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from plotly import graph_objects as go

from thermal.core.constants import DAY
from thermal.report.maps import CLOTH, extreme_outputs
from thermal.results.layout.quantities import FIELDS
from thermal.results.reading.moments import Moments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.results import Result


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that the reader of the page can choose.

    Parameters
    ----------
    name
        What the menu says.
    scale
        Title of the colour scale.
    values
        At the vertices, (n,).

    """

    name: str
    scale: str
    values: NDArray[np.float64]

    def to_json(self) -> dict[str, Any]:
        """Pack it for the page's script: 32 bit numbers in base 64."""
        data = base64.b64encode(self.values.astype("<f4").tobytes()).decode("ascii")
        low, high = float(self.values.min()), float(self.values.max())
        return {"name": self.name, "scale": self.scale, "low": low, "high": high, "data": data}


@dataclass(frozen=True, slots=True)
class Surface:
    """A plot and the fields it can show; the first is drawn.

    Parameters
    ----------
    figure
        The plot.
    choices
        The fields.

    """

    figure: go.Figure
    choices: tuple[Choice, ...]


def scene(result: Result) -> Surface:
    """Show all parts, coloured by temperature at several moments."""
    choices = tuple(
        Choice(words, "temperature [K]", result.temperature(output=output).values)
        for words, output in _moments(result).items()
    )
    return _surface(result.mesh.points, result.mesh.triangles, choices)


def endurance(result: Result) -> Surface | None:
    """Show what the run did to the cloth; None where nothing differs from place to place."""
    mesh = result.mesh
    cloth = mesh.vertices(CLOTH)
    choices = []
    for field in result.group("endurance").values():
        if field.values.shape != (len(mesh.points),):
            continue
        values = field.values[cloth]
        if np.isfinite(values).all() and np.ptp(values) > 0:
            scale = "" if field.unit == "1" else f"[{field.unit}]"
            choices.append(Choice(field.long_name, scale, values))
    return _surface(mesh.points[cloth], mesh.triangles_of(CLOTH), tuple(choices)) if choices else None


def _surface(
    points: NDArray[np.float64], triangles: NDArray[np.int64], choices: tuple[Choice, ...]
) -> Surface:
    x, y, z = points.T.astype(np.float32)
    i, j, k = triangles.T.astype(np.int32)
    first = choices[0]
    mesh = go.Mesh3d(
        x=x,
        y=y,
        z=z,
        i=i,
        j=j,
        k=k,
        intensity=first.values.astype(np.float32),
        colorscale=FIELDS["temperature"].colour_map,
        colorbar={"title": {"text": first.scale}},
        lighting={"ambient": 1.0, "diffuse": 0.0, "specular": 0.0},
        hovertemplate="%{intensity:.4g}<extra></extra>",
    )
    figure = go.Figure(
        data=[mesh], layout={"template": "plotly_white", "height": 480, "margin": {"t": 40, "b": 10}}
    )
    share = _proportions(points)
    camera = {"eye": {"x": 1.15, "y": -0.3, "z": 0.25}}
    shape = {"aspectmode": "manual", "aspectratio": share, "camera": camera}
    figure.update_layout(scene=shape | _axes(share))
    return Surface(figure, choices)


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
