"""The mean temperatures of an arm's rings as one small banded system.

Rings are numbered so that those which exchange heat stand close together; telescoped tubes then leave a band
of a few rings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import cho_solve_banded, cholesky_banded
from scipy.sparse import coo_array
from scipy.sparse.csgraph import reverse_cuthill_mckee

from thermal.constants import STEFAN_BOLTZMANN

if TYPE_CHECKING:
    from numpy.typing import NDArray


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

    """

    def __init__(self, inner: NDArray[np.int64], joints: RingPairs, exchange: RingPairs, rings: int) -> None:
        self._joints, self._exchange = joints, exchange
        self._first = np.concatenate([inner, joints.first, exchange.first])
        self._second = np.concatenate([inner + 1, joints.second, exchange.second])
        both = np.r_[self._first, self._second], np.r_[self._second, self._first]
        pattern = coo_array((np.ones(len(both[0])), both), shape=(rings, rings)).tocsr()
        self._order = reverse_cuthill_mckee(pattern, symmetric_mode=True)
        place = np.argsort(self._order)
        at = np.sort([place[self._first], place[self._second]], axis=0)
        self._below = at[1] - at[0]
        self._column = at[0]
        self._band = np.zeros((1 + int(self._below.max(initial=0)), rings))

    def factorise(
        self, rate: NDArray[np.float64], axial: NDArray[np.float64], root: NDArray[np.float64]
    ) -> None:
        """Take own rates (rings,) and axial conductances (inner,), W/K, and mean T^1.5 (rings,)."""
        exchange = self._exchange
        radiative = 4.0 * STEFAN_BOLTZMANN * exchange.value * root[exchange.first] * root[exchange.second]
        g = np.concatenate([axial, self._joints.value, radiative])
        diagonal = rate + np.bincount(self._first, g, len(rate)) + np.bincount(self._second, g, len(rate))
        self._band[:] = 0.0
        self._band[0] = diagonal[self._order]
        np.subtract.at(self._band, (self._below, self._column), g)
        self._factor = cholesky_banded(self._band, lower=True, check_finite=False)

    def solve(self, power: NDArray[np.float64]) -> NDArray[np.float64]:
        """Means of the rings, K, for power into each, W; both (rings,)."""
        means = np.empty_like(power)
        means[self._order] = cho_solve_banded((self._factor, True), power[self._order], check_finite=False)
        return means
