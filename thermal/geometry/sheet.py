"""The flat cloth: a rectangle in the pose of azimuth, tilt and roll."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.geometry.surface import Surface, grid_triangles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def pose_axes(
    azimuth: float, tilt: float, roll: float = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Width, height and front-normal directions of a cloth.

    Parameters
    ----------
    azimuth
        Where the horizontal part of the front normal points, clockwise from north, rad.
    tilt
        Angle between the front normal and the zenith, rad: pi/2 upright, 0 lying face up.
    roll
        Turn about the normal, counter-clockwise seen from the front, rad.

    Returns
    -------
    tuple
        Three orthonormal (3,) vectors, east-north-up; width x height = normal.

    """
    sine, cosine = np.sin(azimuth), np.cos(azimuth)
    normal = np.array([np.sin(tilt) * sine, np.sin(tilt) * cosine, np.cos(tilt)])
    level = np.array([-cosine, sine, 0.0])
    rise = np.cross(normal, level)
    width = np.cos(roll) * level + np.sin(roll) * rise
    return width, np.cross(normal, width), normal


def flat_sheet(
    name: str,
    width_lines: NDArray[np.float64],
    height_lines: NDArray[np.float64],
    *,
    position: Sequence[float] = (0.0, 0.0, 0.0),
    azimuth: float = np.pi / 2,
    tilt: float = np.pi / 2,
    roll: float = 0.0,
) -> Surface:
    """Build a flat rectangle on given grid lines.

    Parameters
    ----------
    name
        Name of the part.
    width_lines, height_lines
        Grid lines along width (warp) and height (weft), m.
    position
        Lower left corner seen from the front, east-north-up, m.
    azimuth, tilt, roll
        Pose of :func:`pose_axes`, rad.

    """
    w, h, normal = pose_axes(azimuth, tilt, roll)
    u, v = np.meshgrid(width_lines, height_lines, indexing="ij")
    uv = np.stack([u.ravel(), v.ravel()], 1)
    triangles = grid_triangles(len(width_lines), len(height_lines))
    return Surface(
        name=name,
        points=np.asarray(position, float) + uv[:, :1] * w + uv[:, 1:] * h,
        triangles=triangles,
        normals=np.tile(normal, (len(uv), 1)),
        uv=uv,
        warp=np.tile(w, (len(triangles), 1)),
        lines=(np.asarray(width_lines), np.asarray(height_lines)),
    )
