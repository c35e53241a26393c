"""View factors from points to a grid on the ground: Lambert's contour integral, edges shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel
from thermal.radiation.view_factors.polygon import contour

if TYPE_CHECKING:
    from thermal.geometry.arrays import Array


@kernel
def grid_factors(points: Array, normals: Array, x: Array, y: Array, factors: Array) -> None:
    r"""Write unobstructed view factors from all points to all rectangles.

    Each piece of a grid line bounds two rectangles, and all pieces of a line lie in one plane with the point:
    the angle that a piece subtends is :math:`\arctan(b/d) - \arctan(a/d)`, *d* the distance of the line. A
    rectangle that the point's own plane cuts is clipped
    (:func:`thermal.radiation.view_factors.polygon.contour`).

    Parameters
    ----------
    points, normals
        (n, 3) m, above the ground, and unit vectors.
    x, y
        (i+1,) and (j+1,) m, grid lines on z = 0.
    factors
        (n, j * i), row by row.

    """
    columns, rows = len(x) - 1, len(y) - 1
    along_x, along_y = np.empty((rows + 1, columns)), np.empty((columns + 1, rows))
    for n in range(len(points)):
        normal, height = normals[n], -points[n, 2]
        for k in range(columns + 1):
            off = x[k] - points[n, 0]
            far = np.sqrt(height * height + off * off)
            share = (off * normal[2] - height * normal[0]) / far
            _subtend(y, points[n, 1], far, share, along_y[k])
        for k in range(rows + 1):
            off = y[k] - points[n, 1]
            far = np.sqrt(height * height + off * off)
            share = (height * normal[1] - off * normal[2]) / far
            _subtend(x, points[n, 0], far, share, along_x[k])
        for j in range(rows):
            for i in range(columns):
                low, high = _heights(points[n], normal, x[i], x[i + 1], y[j], y[j + 1])
                if high <= 0.0:
                    factors[n, j * columns + i] = 0.0
                elif low < 0.0:
                    factors[n, j * columns + i] = _clipped(points[n], normal, x[i], x[i + 1], y[j], y[j + 1])
                else:
                    total = along_x[j, i] + along_y[i + 1, j] - along_x[j + 1, i] - along_y[i, j]
                    factors[n, j * columns + i] = abs(total) / (2.0 * np.pi)


@kernel
def _subtend(ends: Array, middle: float, far: float, share: float, pieces: Array) -> None:
    """Write the angle that each piece of a line subtends, times the share of its plane's normal."""
    before = np.arctan((ends[0] - middle) / far)
    for k in range(len(pieces)):
        after = np.arctan((ends[k + 1] - middle) / far)
        pieces[k] = share * (after - before)
        before = after


@kernel
def _heights(
    point: Array, normal: Array, west: float, east: float, south: float, north: float
) -> tuple[float, float]:
    """Least and greatest height of a rectangle's corners over the point's own plane, m."""
    a, b = (west - point[0]) * normal[0], (east - point[0]) * normal[0]
    c, d = (south - point[1]) * normal[1], (north - point[1]) * normal[1]
    base = -point[2] * normal[2]
    return base + min(a, b) + min(c, d), base + max(a, b) + max(c, d)


@kernel
def _clipped(point: Array, normal: Array, west: float, east: float, south: float, north: float) -> float:
    """Factor to a rectangle that the point's own plane cuts."""
    corners, height = np.empty((4, 3)), np.empty(4)
    for k in range(4):
        corners[k, 0] = (east if 0 < k < 3 else west) - point[0]
        corners[k, 1] = (north if k > 1 else south) - point[1]
        corners[k, 2] = -point[2]
        height[k] = corners[k, 0] * normal[0] + corners[k, 1] * normal[1] + corners[k, 2] * normal[2]
    return contour(corners, height, normal)
