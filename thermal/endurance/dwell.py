"""Time above and below limits of temperature, with the crossing found inside the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance._jit import jit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@jit
def _dwell(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    step_s: float,
    limits: NDArray[np.float64],
    above_s: NDArray[np.float64],
) -> None:
    """Add the part of a step during which a straight line between its ends lies above each limit."""
    for number in range(limits.size):
        limit = limits[number]
        for row in range(after.size):
            first, second = before[row] - limit, after[row] - limit
            if first > 0.0 and second > 0.0:
                above_s[number, row] += step_s
            elif first > 0.0 or second > 0.0:
                above_s[number, row] += step_s * max(first, second) / abs(first - second)


class Dwell:
    """Time that n vertices spend above each of m limits.

    Parameters
    ----------
    size
        Number of vertices n.
    limits_k
        Limits in K, (m,).

    Attributes
    ----------
    limits_k
        As given.
    above_s
        Time above each limit in s, (m, n).
    total_s
        Time observed in s; `total_s - above_s` is the time below.

    """

    def __init__(self, size: int, limits_k: ArrayLike) -> None:
        self.limits_k = np.atleast_1d(np.asarray(limits_k, dtype=np.float64))
        self.above_s = np.zeros((self.limits_k.size, size))
        self.total_s = 0.0
        self._before: NDArray[np.float64] | None = None

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
        _dwell(before, values, step_s, self.limits_k, self.above_s)
        self.total_s += step_s
        self._before = values
