"""View factor from points of a surface to a polygon: Lambert's contour integral, exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.scene.visibility.arrays import Array


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
    place, outward = np.asarray(points, dtype=float), np.asarray(normals, dtype=float)
    corners = np.asarray(polygon, dtype=float)[None] - place[:, None]
    height = np.sum(corners * outward[:, None], axis=2)
    total = np.zeros(len(place))
    leave, enter = np.zeros_like(place), np.zeros_like(place)
    count = corners.shape[1]
    for k in range(count):
        here, there = corners[:, k], corners[:, (k + 1) % count]
        low, high = height[:, k], height[:, (k + 1) % count]
        crosses = (low > 0.0) != (high > 0.0)
        share = np.where(crosses, low / np.where(crosses, low - high, 1.0), 0.0)[:, None]
        cut = here + share * (there - here)
        down, up = crosses & (low > 0.0), crosses & (high > 0.0)
        leave[down], enter[up] = cut[down], cut[up]
        start, end = np.where(up[:, None], cut, here), np.where(down[:, None], cut, there)
        total += np.where((low > 0.0) | (high > 0.0), _edge(start, end, outward), 0.0)
    total += _edge(leave, enter, outward)
    return np.abs(total) / (2.0 * np.pi)


def _edge(start: Array, end: Array, normal: Array) -> Array:
    """Angle between two vectors times the cosine of their plane's normal to ``normal``; 0 where parallel."""
    cross = np.cross(start, end)
    area = np.linalg.norm(cross, axis=1)
    angle = np.arctan2(area, np.sum(start * end, axis=1))
    return np.asarray(angle * np.sum(cross * normal, axis=1) / np.where(area > 0.0, area, 1.0))
