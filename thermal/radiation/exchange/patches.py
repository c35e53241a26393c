"""From view factors of points to an enclosure of a few surfaces that is closed and reciprocal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array


_ROUNDS = 10_000
_DIVERGED = 1e6
"""Ratio of the scalings of two surfaces beyond which no measured error is corrected any more."""


def aggregate(factors: ArrayLike, areas: ArrayLike, patch: ArrayLike, count: int) -> Array:
    """Area-weighted mean of the points' view factors in each patch.

    Parameters
    ----------
    factors
        (n, k) from each point to each of *k* targets.
    areas
        (n,) m2 of the points' shares of the surface.
    patch
        (n,) number of the patch that each point belongs to, 0 to ``count - 1``.
    count
        Number of patches; each must own a point.

    Returns
    -------
    ndarray
        (count, k).

    Raises
    ------
    ValueError
        A patch owns no point.

    """
    rows, area, owner = np.asarray(factors, dtype=float), np.asarray(areas, dtype=float), np.asarray(patch)
    size = np.bincount(owner, weights=area, minlength=count)
    if np.any(size <= 0.0):
        raise ValueError("every patch needs at least one point")
    total = np.zeros((count, rows.shape[1]))
    np.add.at(total, owner, area[:, None] * rows)
    return np.asarray(total / size[:, None])


def closure_error(factors: ArrayLike, areas: ArrayLike) -> tuple[float, float]:
    """How far factors are from an enclosure's.

    Parameters
    ----------
    factors, areas
        (n, n) and (n,) m2.

    Returns
    -------
    tuple
        Largest error of a row's sum, and largest ``|A_i F_ij - A_j F_ji|`` over the smaller of the two
        areas, so that both are errors of a view factor.

    """
    matrix, area = np.asarray(factors, dtype=float), np.asarray(areas, dtype=float)
    direct = area[:, None] * matrix
    lack = np.abs(direct - direct.T) / np.minimum(area[:, None], area)
    return float(np.max(np.abs(matrix.sum(axis=1) - 1.0))), float(np.max(lack))


def with_surroundings(
    factors: ArrayLike, areas: ArrayLike, outside: ArrayLike | None = None
) -> tuple[Array, Array]:
    """Close a set of surfaces by surroundings, which see it and themselves but not one another.

    Parameters
    ----------
    factors, areas
        (n, n) with rows that sum to at most one, and (n,) m2.
    outside
        (n, k) view factors to each of *k* surroundings, such as ground and sky; None for one that takes
        what the rows lack.

    Returns
    -------
    tuple
        Factors (n+k, n+k) and areas (n+k,). Surroundings come last, each with ten times the whole area.

    """
    matrix, area = np.asarray(factors, dtype=float), np.asarray(areas, dtype=float)
    lack = np.maximum(0.0, 1.0 - matrix.sum(axis=1))[:, None]
    away = lack if outside is None else np.asarray(outside, dtype=float)
    far = 10.0 * area.sum()
    back = (area[:, None] * away).T / far
    closed = np.block([[matrix, away], [back, np.diag(1.0 - back.sum(axis=1))]])
    return closed, np.concatenate([area, np.full(len(back), far)])


def close_factors(factors: ArrayLike, areas: ArrayLike, tolerance: float = 1e-12) -> Array:
    r"""Make measured view factors closed and reciprocal, keeping zeros and signs.

    Of the two measurements of a direct area, :math:`A_i F_{ij}` and :math:`A_j F_{ji}`, that from the smaller
    surface counts more, by the ratio of the areas: so do the rays that hit if both send as many. Their mean
    is scaled to :math:`d_i S_{ij} d_j` with row sums :math:`A_i` (symmetric Sinkhorn scaling).

    Parameters
    ----------
    factors, areas
        (n, n) not negative, and (n,) m2.
    tolerance
        Largest error of a row's sum that is left.

    Returns
    -------
    ndarray
        (n, n); reciprocal to rounding, rows sum to one within the tolerance.

    Raises
    ------
    ValueError
        No such scaling was found: a row is empty, or a surface sees only one that is smaller than itself.

    """
    area = np.asarray(areas, dtype=float)
    direct = area[:, None] * np.asarray(factors, dtype=float)
    trust = area / (area[:, None] + area)
    mean = trust * direct + trust.T * direct.T
    if np.any(mean.sum(axis=1) <= 0.0):
        raise ValueError("a surface sees nothing: its view factors cannot be closed")
    scale = np.ones(len(area))
    for _ in range(_ROUNDS):
        rows = scale * np.sum(mean * scale, axis=1)
        if np.max(np.abs(rows / area - 1.0)) < tolerance:
            return np.asarray(scale[:, None] * mean * scale / area[:, None])
        scale *= np.sqrt(area / rows)
        if np.max(scale) > _DIVERGED * np.min(scale):
            break
    raise ValueError("view factors cannot be closed: a surface sees only a smaller one")
