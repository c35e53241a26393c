"""Grey diffuse exchange in a closed enclosure as conductances between its surfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array


_CLOSURE = 1e-6
"""Largest row-sum error or asymmetry of ``A_i F_ij`` accepted, relative: correct the factors first."""


def grey_exchange(view_factors: ArrayLike, areas: ArrayLike, emissivity: ArrayLike) -> Array:
    r"""Conductances of the net-radiation method, all reflections summed.

    With radiosity :math:`J = \varepsilon E + (1-\varepsilon) H` and irradiation :math:`H = F J` the power
    that surface *i* absorbs less what it emits is

    .. math:: Q_i = \sum_j G_{ij} (\sigma T_j^4 - \sigma T_i^4), \qquad
              G = A \varepsilon (I - F (1-\varepsilon))^{-1} F \varepsilon .

    Parameters
    ----------
    view_factors
        (n, n), row *i* holds the shares of what leaves *i*; rows sum to one and
        ``areas[i] * view_factors[i, j]`` is symmetric (:func:`close_factors` makes it so). Surroundings
        are one more black surface.
    areas
        (n,) m2.
    emissivity
        (n,) or scalar, 0 to 1, equal to the absorptance (grey).

    Returns
    -------
    ndarray
        (n, n) m2, symmetric, non-negative, zero on the diagonal.

    Raises
    ------
    ValueError
        The shapes disagree, an emissivity is outside 0 to 1, or the factors are not closed and reciprocal.

    References
    ----------
    Hottel and Sarofim, *Radiative Transfer*, 1967; Gebhart, *Heat Transfer*, 1961.

    """
    factors = np.asarray(view_factors, dtype=float)
    size = factors.shape[0]
    area = np.asarray(areas, dtype=float)
    eps = np.broadcast_to(np.asarray(emissivity, dtype=float), (size,))
    if factors.shape != (size, size) or area.shape != (size,):
        raise ValueError("view factors must be (n, n) and areas (n,)")
    if np.any(eps < 0.0) or np.any(eps > 1.0) or np.any(area <= 0.0):
        raise ValueError("emissivities must lie in 0 to 1 and areas must be positive")
    direct = area[:, None] * factors
    if np.max(np.abs(factors.sum(axis=1) - 1.0)) > _CLOSURE:
        raise ValueError("view factors of a row must sum to one")
    if np.max(np.abs(direct - direct.T)) > _CLOSURE * direct.max():
        raise ValueError("areas times view factors must be symmetric")
    return _conductance(direct, area, eps)


def _conductance(direct: Array, area: Array, eps: Array) -> Array:
    """Solve ``G = eps A (A - D (1 - eps))^-1 D eps`` with ``D = A F``.

    Well posed unless every surface reflects all, in which case nothing is exchanged.
    """
    if not np.any(eps > 0.0):
        return np.zeros_like(direct)
    irradiation = np.linalg.solve(np.diag(area) - direct * (1.0 - eps), direct * eps)
    conductance = (eps * area)[:, None] * irradiation
    conductance = 0.5 * (conductance + conductance.T)
    np.fill_diagonal(conductance, 0.0)
    return np.maximum(conductance, 0.0)
