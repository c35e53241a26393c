"""A tube of the arm: a cylindrical shell with its circumference resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thermal.geometry.surface import Surface, grid_triangles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def tube(
    name: str,
    start: Sequence[float] | NDArray[np.float64],
    end: Sequence[float] | NDArray[np.float64],
    radius: float,
    axial_lines: Sequence[float] | NDArray[np.floating[Any]],
    *,
    around: int = 24,
    towards: Sequence[float] | NDArray[np.float64] = (0.0, 0.0, -1.0),
) -> Surface:
    """Build a tube's mid-surface; its front face is the outside.

    The polygon of ``around`` sides has the circumference of the circle, so that areas are exact.

    Parameters
    ----------
    name
        Name of the part.
    start, end
        Ends of the axis, m.
    radius
        Of the mid-surface, m.
    axial_lines
        Grid lines from 0 at ``start`` to the length of the axis, m.
    around
        Number of vertices round the circumference.
    towards
        Direction of the generatrix with angle 0 (where a hem touches), made normal to the axis.

    """
    start_, end_ = np.asarray(start, float), np.asarray(end, float)
    axis = (end_ - start_) / np.linalg.norm(end_ - start_)
    zero = np.asarray(towards, float) - np.dot(towards, axis) * axis
    if np.linalg.norm(zero) < 1e-9:
        zero = np.cross(axis, [1.0, 0.0, 0.0] if abs(axis[0]) < 0.9 else [0.0, 1.0, 0.0])
    zero /= np.linalg.norm(zero)
    side = np.cross(axis, zero)
    angle = 2.0 * np.pi * np.arange(around) / around
    radial = np.cos(angle)[:, None] * zero + np.sin(angle)[:, None] * side
    corner = radius * (np.pi / around) / np.sin(np.pi / around)
    lines = np.asarray(axial_lines, np.float64)
    s = np.repeat(lines, around)
    normals = np.tile(radial, (len(lines), 1))
    # Axial then circumferential: their cross product points inwards, so each triangle is turned round.
    triangles = grid_triangles(len(lines), around, wrap=True)[:, ::-1].copy()
    return Surface(
        name=name,
        points=start_ + s[:, None] * axis + corner * normals,
        triangles=triangles,
        normals=normals,
        uv=np.stack([s, np.tile(radius * angle, len(lines))], 1),
        warp=np.tile(axis, (len(triangles), 1)),
        lines=(lines, radius * angle),
        closed=True,
    )
