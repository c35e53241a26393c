"""Time above and below limits of temperature, with the crossing found inside the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel
from thermal.endurance.observe.checkpointable import Kept

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@kernel
def _dwell(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    step_s: float,
    limits: NDArray[np.float64],
    above_s: NDArray[np.float64],
) -> None:
    """Add the part of a step during which a straight line between its ends lies above each limit."""
    for number in range(limits.shape[0]):
        for row in range(after.size):
            limit = limits[number, row]
            first, second = before[row] - limit, after[row] - limit
            if first > 0.0 and second > 0.0:
                above_s[number, row] += step_s
            elif first > 0.0 or second > 0.0:
                above_s[number, row] += step_s * max(first, second) / abs(first - second)


class Dwell(Kept):
    """Time that n vertices spend above each of m limits.

    Parameters
    ----------
    limits_k
        Limits in K, (m, n); nan where a vertex has no such limit.

    Attributes
    ----------
    above_s, below_s
        Time above and below each limit in s, (m, n); nan where there is no limit.

    """

    _records = (
        ("_above_s", np.array),
        ("_total_s", float),
        ("_before", np.array),
    )

    def __init__(self, limits_k: ArrayLike) -> None:
        self._limits_k = np.ascontiguousarray(limits_k, dtype=np.float64)
        self._above_s = np.zeros(self._limits_k.shape)
        self._total_s = 0.0
        self._before: NDArray[np.float64] | None = None

    @property
    def above_s(self) -> NDArray[np.float64]:
        """Time above each limit in s, (m, n)."""
        return np.where(np.isnan(self._limits_k), np.nan, self._above_s)

    @property
    def below_s(self) -> NDArray[np.float64]:
        """Time below each limit in s, (m, n)."""
        return self._total_s - self.above_s

    def observe(self, step_s: float, temperature_k: ArrayLike) -> None:
        """Take the temperatures at the end of an accepted step.

        Parameters
        ----------
        step_s
            Length of the step in s.
        temperature_k
            (n,), K.

        """
        values = np.array(temperature_k, dtype=np.float64)
        before = self._before if self._before is not None else values
        _dwell(before, values, step_s, self._limits_k, self._above_s)
        self._total_s += step_s
        self._before = values
