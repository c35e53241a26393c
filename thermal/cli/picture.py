"""The picture of ``lunarflag check --picture``: what stands where, and where the Sun goes."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Poly3DCollection  # type: ignore[import-untyped]  # (no stubs)

from thermal.core.constants import LUNATION
from thermal.core.errors import CaseError, Problem
from thermal.report.figure import check_figure
from thermal.sky import environment

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.case import Case, Flag
    from thermal.case.tables.region import Region

_FRONT, _BACK, _TUBE, _BOX, _SUN = "#c8102e", "#e8a0a8", "#555555", "#c9a227", "#e69500"
_PRINTS: Final = {"yellow": "#ffd700", "natural": "#f4f0e6", "undyed": "#f4f0e6", "white": "#ffffff"}
"""Colours of surface states, by a word in their names; red is that of the cloth."""
_STEPS: Final = 400
_WAVE_LINES: Final = 120
_UPRIGHT: Final = 0.2
"""Sine of the tilt below which a flag lies and faces no azimuth."""


def draw_scene(case: Case, path: Path, *, force: bool = False) -> None:
    """Draw the scene of a case with the Sun's path over the run, or over its first lunation.

    Parameters
    ----------
    case
        A valid case.
    path
        The picture; its ending says the format.
    force
        Whether an older one may be replaced.

    Raises
    ------
    CaseError
        If the picture cannot be written.

    """
    check_figure(path, force=force)
    with mpl.rc_context({"font.size": 9}):
        figure = Figure(figsize=(11.0, 5.5), layout="constrained")
        FigureCanvasAgg(figure)
        reach = _draw_bodies(figure.add_subplot(1, 2, 1, projection="3d"), case)
        _draw_sky(figure.add_subplot(1, 2, 2, projection="polar"), case)
        figure.suptitle(f"{case.title}\nscene ({reach:.1f} m wide) and path of the Sun")
        try:
            figure.savefig(path, dpi=150)
        except OSError as error:
            reason = (error.strerror or "cannot be written").lower()
            raise CaseError(Problem("cannot-write", str(path), reason, "name another file")) from error


def _draw_bodies(axes: Any, case: Case) -> float:
    """Draw cloth, tubes and boxes; return the width of the view, m."""
    axes.computed_zorder = False
    corners = [np.array(case.flag.corners)]
    axes.add_collection3d(_cloth(case.flag))
    for region in case.flag.region:
        axes.add_collection3d(_region(case.flag, region))
    middle = np.array(case.flag.at(case.flag.width / 2, case.flag.height_of_cloth / 2))
    length = 0.6 * case.flag.height_of_cloth
    normal = np.array(case.flag.axes[2])
    axes.quiver(*middle, *normal, length=length, color="black", arrow_length_ratio=0.2, zorder=5)
    axes.text(*(middle + 1.15 * length * normal), "front", zorder=5)
    for tube in case.tube:
        ends = np.array([tube.start, tube.end])
        axes.plot(*ends.T, color=_TUBE, linewidth=2.5, solid_capstyle="round", zorder=4)
        corners.append(ends)
    for box in case.box:
        along, across = (np.array(axis) * size / 2 for axis, size in zip(box.axes, box.size[:2], strict=True))
        up = np.array([0.0, 0.0, box.size[2]])
        rim = np.array([s * along + t * across for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))]) + box.base
        sides = [[rim[k], rim[k - 1], rim[k - 1] + up, rim[k] + up] for k in range(4)]
        faces = [*sides, list(rim), list(rim + up)]
        axes.add_collection3d(
            Poly3DCollection(faces, facecolor=_BOX, edgecolor="#806000", alpha=0.5, zorder=1)
        )
        corners += [rim, rim + up]
    # The camera stands 35 degrees beside the normal of the front face; matplotlib counts from east to north.
    axes.view_init(elev=18, azim=90.0 - np.degrees(case.flag.azimuth) - 35.0)
    return _frame(axes, np.concatenate(corners))


def _cloth(flag: Flag) -> Poly3DCollection:
    """Return the cloth as strips, waving as its drape says."""
    drape = flag.drape
    held = drape.held if drape else "top"
    along_width = held in {"top", "bottom"}
    shares = [float(share) for share in np.linspace(0.0, 1.0, _WAVE_LINES)]

    def at(s: float, q: float) -> NDArray[np.float64]:
        """Return the point at shares of the held edge and of the way from it."""
        from_edge = 1.0 - q if held in {"top", "right"} else q
        width, height = (s, from_edge) if along_width else (from_edge, s)
        point = np.array(flag.at(width * flag.width, height * flag.height_of_cloth))
        if drape is None or drape.amplitude is None or drape.wavelength is None:
            return point
        edge = flag.width if along_width else flag.height_of_cloth
        phase = 2.0 * np.pi * s * edge / drape.wavelength + drape.phase
        offset: NDArray[np.float64] = drape.amplitude * q * np.sin(phase) * np.array(flag.axes[2])
        return point + offset

    strips = [[at(a, 0.0), at(b, 0.0), at(b, 1.0), at(a, 1.0)] for a, b in pairwise(shares)]
    return Poly3DCollection(strips, facecolor=_FRONT, edgecolor=_FRONT, linewidth=0.3, zorder=2)


def _region(flag: Flag, region: Region) -> Poly3DCollection:
    """Return a region of the cloth in the colour that the name of its front surface says."""
    (x, y), (width, height) = region.corner, region.size
    rim = [flag.at(*corner) for corner in ((x, y), (x + width, y), (x + width, y + height), (x, y + height))]
    name = region.surface or region.front or flag.front_surface
    colour = next((colour for word, colour in _PRINTS.items() if word in name), _FRONT)
    return Poly3DCollection([rim], facecolor=colour, edgecolor="none", zorder=3)


def _frame(axes: Any, points: NDArray[np.float64]) -> float:
    """Set equal scales, the ground and the directions; return the width of the view, m."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, 0.6 * max(float((high - low).max()), float(high[2]))
    x, y = (middle[k] + half * np.array([-1.0, 1.0]) for k in (0, 1))
    ground = [[(x[0], y[0], 0.0), (x[1], y[0], 0.0), (x[1], y[1], 0.0), (x[0], y[1], 0.0)]]
    axes.add_collection3d(Poly3DCollection(ground, facecolor="#999999", alpha=0.25, zorder=0))
    top = max(1.15 * float(high[2]), 0.5 * half)
    axes.set(xlim=x, ylim=y, zlim=(0.0, top), xlabel="east (m)", ylabel="north (m)", zlabel="up (m)")
    axes.set_box_aspect((1.0, 1.0, top / (2.0 * half)), zoom=1.1)
    return float(2.0 * half)


def _draw_sky(axes: Any, case: Case) -> None:
    """Draw the Sun's way over the horizon, seen from above, and where the flag faces."""
    sky = environment(case)
    times = np.linspace(0.0, min(case.run.duration, LUNATION), _STEPS)
    suns = np.array([sky.at(float(time)).sun_direction for time in times])
    azimuth = np.arctan2(suns[:, 0], suns[:, 1])
    elevation = np.degrees(np.arcsin(np.clip(suns[:, 2], -1.0, 1.0)))
    up = elevation > 0.0
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    axes.scatter(azimuth[up], 90.0 - elevation[up], s=6, color=_SUN, label="Sun", zorder=3)
    for index in np.flatnonzero(up)[:: max(1, int(up.sum()) // 6)][:6]:
        moment = case.sky.start + timedelta(seconds=float(times[index]))
        place = (azimuth[index], 90.0 - elevation[index])
        axes.annotate(f"{moment:%d %b %H h}", place, (4, 7), textcoords="offset points", fontsize=7)
    faces = ((case.flag.azimuth, _FRONT, "front faces"), (case.flag.azimuth + np.pi, _BACK, "back faces"))
    for angle, colour, name in faces if np.sin(case.flag.tilt) > _UPRIGHT else ():
        axes.plot([angle, angle], [0.0, 90.0], color=colour, linewidth=2, label=name)
    axes.set(ylim=(0.0, 90.0), yticks=[30.0, 60.0, 90.0], yticklabels=["60°", "30°", "horizon"])
    axes.set_xticks(np.radians([0, 90, 180, 270]), ["N", "E", "S", "W"])
    axes.legend(loc="lower left", bbox_to_anchor=(-0.15, -0.12), frameon=False)
