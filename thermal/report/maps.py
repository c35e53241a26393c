"""Maps of the cloth when it is hottest and when it is coldest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import DAY
from thermal.results.layout.quantities import FIELDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable
    from matplotlib.figure import SubFigure
    from matplotlib.tri import Triangulation
    from numpy.typing import NDArray

    from thermal.results import JointMesh, Result

CLOTH: Final = "flag"
_HEM_M: Final = 0.03
"""Depth of the strip below the upper hem that is drawn enlarged, m."""


def extreme_outputs(result: Result) -> tuple[int, int]:
    """Give the outputs at which the mean temperature of the cloth is highest and lowest."""
    mean = result[f"series/parts/{CLOTH}/mean"].values
    return int(np.argmax(mean)), int(np.argmin(mean))


def draw_maps(figure: SubFigure, result: Result) -> None:
    """Draw the cloth twice, each with an enlarged strip along the hem at the arm."""
    from matplotlib.tri import Triangulation

    place = result.mesh.uv[result.mesh.vertices(CLOTH)]
    mesh = Triangulation(place[:, 0], place[:, 1], result.mesh.triangles_of(CLOTH))
    axes = figure.subplots(2, 2, height_ratios=(1.3, 1.0))
    for (scene, hem), output, word in zip(
        axes.T, extreme_outputs(result), ("Hottest", "Coldest"), strict=True
    ):
        _draw_scene(scene, result.mesh, result.temperature(output=output).values)
        scene.set_title(f"{word}: {_moment(result, output)}", pad=8)
        _draw_hem(hem, mesh, result.temperature(CLOTH, output=output).values)


def _draw_scene(axes: Axes, mesh: JointMesh, values: NDArray[np.float64]) -> None:
    """Draw all parts as seen from the front of the cloth."""
    from matplotlib.tri import Triangulation

    place, facing = front_view(mesh)
    low, high = _limits(values)
    drawn = axes.tripcolor(
        Triangulation(place[:, 0], place[:, 1], mesh.triangles[facing]),
        values,
        shading="gouraud",
        cmap=FIELDS["temperature"].colour_map,
        vmin=low,
        vmax=high,
        rasterized=True,
    )
    axes.grid(visible=False)
    axes.set_aspect("equal")
    axes.set_xlabel("width [m]")
    axes.set_ylabel("all, from the front\nheight [m]")
    _bar(axes, drawn, low, high)


def front_view(mesh: JointMesh) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Project all parts onto the plane of the cloth.

    Returns
    -------
    tuple
        Place of every vertex along width and height of the cloth, (n, 2) m, and which triangles show the
        viewer their outside, (m,); those of the cloth always count.

    """
    cloth = mesh.vertices(CLOTH)
    place = np.column_stack([np.ones(cloth.stop - cloth.start), mesh.uv[cloth]])
    corner, width, height = np.linalg.lstsq(place, mesh.points[cloth], rcond=None)[0]
    a, b, c = (mesh.points[mesh.triangles[:, k]] for k in range(3))
    outside = np.cross(b - a, c - a) @ np.cross(width, height) > 0
    own = mesh.part_of_triangle() == mesh.names.index(CLOTH)
    return (mesh.points - corner) @ np.stack([width, height], axis=1), outside | own


def _draw_hem(axes: Axes, mesh: Triangulation, values: NDArray[np.float64]) -> None:
    """Draw the strip of cloth below the upper hem, enlarged in height."""
    top = float(mesh.y.max())
    low, high = _limits(values[mesh.y >= top - _HEM_M])
    colours = FIELDS["temperature"].colour_map
    drawn = axes.tricontourf(mesh, values, levels=np.linspace(low, high, 41), cmap=colours, extend="both")
    axes.grid(visible=False)
    axes.set_ylim(top - _HEM_M, top)
    depth = np.linspace(0.0, _HEM_M, 4)
    axes.set_yticks(top - depth, [f"{1e3 * d:.0f}" for d in depth])
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel("width [m]")
    axes.set_ylabel("cloth at the arm\nbelow the hem [mm]")
    _bar(axes, drawn, low, high)


def _bar(axes: Axes, drawn: ScalarMappable, low: float, high: float) -> None:
    """Put a scale of colours beside the axes, exactly as high as they are."""
    from matplotlib.ticker import MaxNLocator

    bar = axes.figure.colorbar(drawn, cax=axes.inset_axes((1.03, 0.0, 0.035, 1.0)), extendfrac=0)
    ticks = [float(tick) for tick in MaxNLocator(5).tick_values(low, high)]
    bar.set_ticks([tick for tick in ticks if low <= tick <= high])
    bar.set_label("temperature [K]")


def _limits(values: NDArray[np.float64]) -> tuple[float, float]:
    """Give the range of the values, 0.1 K wide at least."""
    low, high = float(values.min()), float(values.max())
    spare = max(0.0, 0.1 - (high - low)) / 2
    return low - spare, high + spare


def _moment(result: Result, output: int) -> str:
    time = result.time.values[output] / DAY
    hour = result["series/local_hour"].values[output]
    local = "" if np.isnan(hour) else f", {int(hour):02d}:{int(hour * 60) % 60:02d} local solar time"
    return f"day {time:.2f}{local}"
