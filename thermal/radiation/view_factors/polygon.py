"""View factor from points of a surface to polygons: Lambert's contour integral, exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array


def polygon_factor(points: ArrayLike, normals: ArrayLike, polygon: ArrayLike) -> Array:
    r"""Unobstructed view factor from surface elements to a convex flat polygon.

    .. math:: F = \frac{1}{2\pi} \Bigl| \sum_k \beta_k\,
              \frac{(r_k \times r_{k+1}) \cdot n}{|r_k \times r_{k+1}|} \Bigr|

    over the edges of the part above the element's own plane, :math:`\beta_k` the angle an edge subtends.
    Either side of the polygon counts as seen.

    Parameters
    ----------
    points, normals
        (n, 3) m and unit vectors.
    polygon
        (k, 3) m, corners in order.

    Returns
    -------
    ndarray
        (n,) 0 to 1.

    References
    ----------
    Lambert, *Photometria*, 1760; Baum, Rushmeier and Winget, SIGGRAPH 1989.

    """
    return polygon_factors(points, normals, np.asarray(polygon, dtype=float)[None])[:, 0]


def polygon_factors(points: ArrayLike, normals: ArrayLike, polygons: ArrayLike) -> Array:
    """View factors to several polygons (p, k, 3), (n, p); see :func:`polygon_factor`."""
    place, outward = np.asarray(points, dtype=float), np.asarray(normals, dtype=float)
    corners = np.asarray(polygons, dtype=float)
    factors = np.empty((len(place), len(corners)))
    _contours(place, outward, corners, factors)
    return factors


@kernel
def _contours(points: Array, normals: Array, polygons: Array, factors: Array) -> None:
    """Write the factors from all points to all polygons."""
    count = polygons.shape[1]
    relative, height = np.empty((count, 3)), np.empty(count)
    for i in range(len(points)):
        for p in range(len(polygons)):
            highest = 0.0
            for k in range(count):
                height[k] = 0.0
                for c in range(3):
                    relative[k, c] = polygons[p, k, c] - points[i, c]
                    height[k] += relative[k, c] * normals[i, c]
                highest = max(highest, height[k])
            factors[i, p] = contour(relative, height, normals[i]) if highest > 0.0 else 0.0


@kernel
def contour(corners: Array, height: Array, normal: Array) -> float:
    """Factor to one polygon, by its corners (k, 3) from the point and their heights over the own plane."""
    total = 0.0
    leave, enter = np.zeros(3), np.zeros(3)
    start, end = np.empty(3), np.empty(3)
    count = len(corners)
    for k in range(count):
        after = (k + 1) % count
        low, high = height[k], height[after]
        if low <= 0.0 and high <= 0.0:
            continue
        start[:], end[:] = corners[k], corners[after]
        if low <= 0.0 or high <= 0.0:
            cut = corners[k] + low / (low - high) * (corners[after] - corners[k])
            if low > 0.0:
                end[:] = leave[:] = cut
            else:
                start[:] = enter[:] = cut
        total += _edge(start, end, normal)
    total += _edge(leave, enter, normal)
    return float(abs(total) / (2.0 * np.pi))


@kernel
def _edge(start: Array, end: Array, normal: Array) -> float:
    """Angle between two vectors times the cosine of their plane's normal to ``normal``; 0 where parallel."""
    x = start[1] * end[2] - start[2] * end[1]
    y = start[2] * end[0] - start[0] * end[2]
    z = start[0] * end[1] - start[1] * end[0]
    area = np.sqrt(x * x + y * y + z * z)
    if area == 0.0:
        return 0.0
    angle = np.arctan2(area, start[0] * end[0] + start[1] * end[1] + start[2] * end[2])
    return float(angle * (x * normal[0] + y * normal[1] + z * normal[2]) / area)
