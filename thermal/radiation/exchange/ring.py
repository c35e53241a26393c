"""Radiation inside a long circular tube, between equal arcs of its wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array

from thermal.radiation.exchange.grey import grey_exchange


def ring_view_factors(n: int) -> Array:
    r"""View factors among *n* equal arcs of the inside of a long circular cylinder.

    Hottel's crossed strings between the ends of the arcs give, with :math:`\Delta = 2\pi/n`,

    .. math:: F_{i,i+m} = \frac{2}{\Delta} \sin\frac{m\Delta}{2} \Bigl(1 - \cos\frac{\Delta}{2}\Bigr),
              \qquad F_{ii} = 1 - \frac{2}{\Delta} \sin\frac{\Delta}{2} .

    Parameters
    ----------
    n
        Number of arcs, at least 2.

    Returns
    -------
    ndarray
        (n, n), rows sum to one, symmetric (equal areas). An arc sees itself: it is concave.

    Raises
    ------
    ValueError
        Fewer than two arcs.

    """
    if n < 2:
        raise ValueError("a ring needs at least two arcs")
    half = np.pi / n
    step = np.arange(n)
    row = np.sin(step * half) * (1.0 - np.cos(half)) / half
    row[0] = 1.0 - np.sin(half) / half
    return np.asarray(row[(step[None, :] - step[:, None]) % n])


def ring_exchange(n: int, emissivity: ArrayLike) -> Array:
    r"""Grey diffuse exchange among *n* equal arcs inside a long circular tube, per unit area.

    The net flux into arc *i* is :math:`q_i = \sum_j G_{ij} (\sigma T_j^4 - \sigma T_i^4)`; ends are ignored.
    For ``sigma T^4 = a + b cos(phi)`` the exact flux is
    :math:`-4 \varepsilon b \cos\varphi / (4-\varepsilon)`: the kernel ``|sin(phi/2)|/4`` has the eigenvalue
    :math:`1/(1-4k^2)` for the *k*-th harmonic, -1/3 for the first. Constant emission on each arc is within
    :math:`O(1/n^2)` of it.

    Parameters
    ----------
    n
        Number of arcs, at least 2.
    emissivity
        Of the inner surface: scalar or (n,).

    Returns
    -------
    ndarray
        (n, n), dimensionless, symmetric, non-negative, zero on the diagonal.

    Raises
    ------
    ValueError
        Fewer than two arcs, or an emissivity outside 0 to 1.

    """
    return grey_exchange(ring_view_factors(n), np.ones(n), emissivity)
