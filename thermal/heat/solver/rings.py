"""The mean temperatures of an arm's rings as one small banded system.

Rings are numbered so that those which exchange heat stand close together; telescoped tubes then leave a band
of a few rings. The Cholesky factor of that band (Golub and Van Loan 2013, 4.3.5) is taken and used within
compiled loops.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import reverse_cuthill_mckee

from thermal.core.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.core.kernels import fast_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.core.kernels.types import Floats, Integers


@dataclass(frozen=True)
class RingPairs:
    """Couplings between two rings each: ``first`` and ``second`` (n,), ``value`` (n,) W/K or m2."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    value: NDArray[np.float64]


class RingMatrix:
    """Symmetric matrix of the rings' own rates and what couples them.

    Parameters
    ----------
    inner
        Rings that the next ring continues.
    joints, exchange
        Linear (W/K) and radiative (m2) couplings between rings.
    rings
        Number of rings.

    Attributes
    ----------
    terms
        What :func:`solve_band` takes before the power.

    """

    def __init__(self, inner: NDArray[np.int64], joints: RingPairs, exchange: RingPairs, rings: int) -> None:
        self._inner, self._joints, self._exchange = inner, joints, exchange
        first = np.concatenate([inner, joints.first, exchange.first])
        second = np.concatenate([inner + 1, joints.second, exchange.second])
        place = _places(first, second, rings)
        width = int(np.abs(place[first] - place[second]).max(initial=0))
        self._band = np.zeros((rings, 1 + width))
        self.terms = self._band, place, np.zeros(rings)

    def factorise(
        self, rate: NDArray[np.float64], axial: NDArray[np.float64], root: NDArray[np.float64]
    ) -> None:
        """Take own rates and conductances to the next ring, W/K, and mean T^1.5, all (rings,)."""
        joints, exchange = self._joints, self._exchange
        band, place, _ = self.terms
        band[:] = 0.0
        band[place, 0] = rate
        couple(band, place, self._inner, self._inner + 1, axial[self._inner])
        couple(band, place, joints.first, joints.second, joints.value)
        radiative = 4.0 * SIGMA * exchange.value * root[exchange.first] * root[exchange.second]
        couple(band, place, exchange.first, exchange.second, radiative)
        factor_band(band)


def _places(first: NDArray[np.int64], second: NDArray[np.int64], rings: int) -> NDArray[np.int64]:
    """Place of each ring in the order of least band width."""
    if not rings:
        return np.zeros(0, np.int64)
    both = np.r_[first, second], np.r_[second, first]
    pattern = coo_array((np.ones(len(both[0])), both), shape=(rings, rings)).tocsr()
    return np.argsort(reverse_cuthill_mckee(pattern, symmetric_mode=True)).astype(np.int64)


@fast_kernel(may_overlap=True)
def couple(band: Floats, place: Integers, first: Integers, second: Integers, value: Floats) -> None:
    """Add conductances between rings to the lower band, (rings, width): row by row, the diagonal first."""
    for k in range(value.size):
        a, b = place[first[k]], place[second[k]]
        low, high = min(a, b), max(a, b)
        band[low, 0] += value[k]
        band[high, 0] += value[k]
        band[low, high - low] -= value[k]


@fast_kernel(may_overlap=True)
def factor_band(band: Floats) -> None:
    """Replace the lower band of a matrix, (n, width) by columns, by that of its Cholesky factor.

    On the diagonal stands what to multiply by instead.
    """
    count, width = band.shape
    for j in range(count):
        inverse = 1.0 / np.sqrt(band[j, 0])
        band[j, 0] = inverse
        for a in range(1, width):
            band[j, a] *= inverse
        for a in range(1, min(width, count - j)):
            for b in range(a, min(width, count - j)):
                band[j + a, b - a] -= band[j, a] * band[j, b]


@fast_kernel(inline=True, may_overlap=True)
def solve_band(band: Floats, place: Integers, work: Floats, power: Floats) -> None:
    """Replace the power into each ring, (rings,) W, by the mean of its temperature, K."""
    count, width = band.shape
    for k in range(count):
        work[place[k]] = power[k]
    for j in range(count):
        work[j] *= band[j, 0]
        for a in range(1, min(width, count - j)):
            work[j + a] -= band[j, a] * work[j]
    for j in range(count - 1, -1, -1):
        for a in range(1, min(width, count - j)):
            work[j] -= band[j, a] * work[j + a]
        work[j] *= band[j, 0]
    for k in range(count):
        power[k] = work[place[k]]
