"""Extremes of temperature, daily ranges and fastest rates, gathered at the solver's own steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from thermal.core.constants import LUNATION
from thermal.core.kernels import kernel
from thermal.endurance.observe.checkpointable import Kept

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class ExtremesRecord(NamedTuple):
    """Running record of n vertices; every field has shape (n,).

    Attributes
    ----------
    highest_k, highest_time_s
        Highest temperature in K and when, seconds of the run.
    lowest_k, lowest_time_s
        Lowest temperature and when.
    warming_k_s, warming_time_s
        Fastest warming in K/s over one accepted step and the end of that step; zero where none.
    cooling_k_s, cooling_time_s
        Fastest cooling, negative, and when.
    day_highest_k, day_lowest_k
        Extremes of the running day.
    range_largest_k, range_sum_k
        Largest range and sum of ranges of the complete days.
    previous_k
        Temperature at the end of the last step.

    """

    highest_k: NDArray[np.float64]
    highest_time_s: NDArray[np.float64]
    lowest_k: NDArray[np.float64]
    lowest_time_s: NDArray[np.float64]
    warming_k_s: NDArray[np.float64]
    warming_time_s: NDArray[np.float64]
    cooling_k_s: NDArray[np.float64]
    cooling_time_s: NDArray[np.float64]
    day_highest_k: NDArray[np.float64]
    day_lowest_k: NDArray[np.float64]
    range_largest_k: NDArray[np.float64]
    range_sum_k: NDArray[np.float64]
    previous_k: NDArray[np.float64]


@kernel
def _record(values: NDArray[np.float64], time_s: float, step_s: float, record: ExtremesRecord) -> None:
    """Take the temperatures at the end of a step."""
    for row in range(values.size):
        value = values[row]
        if value > record.highest_k[row]:
            record.highest_k[row] = value
            record.highest_time_s[row] = time_s
        if value < record.lowest_k[row]:
            record.lowest_k[row] = value
            record.lowest_time_s[row] = time_s
        record.day_highest_k[row] = max(record.day_highest_k[row], value)
        record.day_lowest_k[row] = min(record.day_lowest_k[row], value)
        if step_s > 0.0:
            rate = (value - record.previous_k[row]) / step_s
            if rate > record.warming_k_s[row]:
                record.warming_k_s[row] = rate
                record.warming_time_s[row] = time_s
            if rate < record.cooling_k_s[row]:
                record.cooling_k_s[row] = rate
                record.cooling_time_s[row] = time_s
        record.previous_k[row] = value


@dataclass(frozen=True)
class DailyRange:
    """Ranges of temperature over the complete days.

    Attributes
    ----------
    largest_k, mean_k
        (n,), in K.
    days
        Number of complete days; with none the fields hold the range so far.

    """

    largest_k: NDArray[np.float64]
    mean_k: NDArray[np.float64]
    days: int


class Extremes(Kept):
    """Extremes, daily ranges and rates of n vertices.

    Parameters
    ----------
    size
        Number of vertices n.
    day_s
        Length of a day in s; a lunation unless given.

    """

    _records = (
        ("record", ExtremesRecord),
        ("_day_ends_s", float),
        ("_days", int),
    )

    def __init__(self, size: int, day_s: float = LUNATION) -> None:
        low, high, zero = (np.full(size, value) for value in (np.inf, -np.inf, 0.0))
        self.record = ExtremesRecord(
            high.copy(),
            zero.copy(),
            low.copy(),
            zero.copy(),
            zero.copy(),
            zero.copy(),
            zero.copy(),
            zero.copy(),
            high.copy(),
            low.copy(),
            zero.copy(),
            zero.copy(),
            zero.copy(),
        )
        self._day_s = day_s
        self._day_ends_s: float | None = None
        self._days = 0

    def observe(self, time_s: float, step_s: float, temperature_k: ArrayLike) -> None:
        """Take the temperatures at the end of an accepted step.

        Parameters
        ----------
        time_s, step_s
            End and length of the step in s; a length of zero gives the initial state.
        temperature_k
            (n,), K.

        """
        values = np.ascontiguousarray(temperature_k, dtype=np.float64)
        if self._day_ends_s is None:
            self._day_ends_s = time_s - step_s + self._day_s
            step_s = 0.0  # where the first step came from is not known: it gives no rate
        _record(values, time_s, step_s, self.record)
        # A day ends with the first step that reaches its end: that step belongs to both days.
        if time_s >= self._day_ends_s - 1e-6 * self._day_s:
            self._close_day(values)
            self._day_ends_s += self._day_s

    def daily_range(self) -> DailyRange:
        """Ranges of the complete days, or of the time so far when no day is complete.

        Returns
        -------
        DailyRange
            Largest and mean range.

        """
        if self._days == 0:
            so_far = self.record.day_highest_k - self.record.day_lowest_k
            return DailyRange(so_far, so_far, 0)
        return DailyRange(
            self.record.range_largest_k.copy(), self.record.range_sum_k / self._days, self._days
        )

    def _close_day(self, values: NDArray[np.float64]) -> None:
        record = self.record
        size = record.day_highest_k - record.day_lowest_k
        np.maximum(record.range_largest_k, size, out=record.range_largest_k)
        record.range_sum_k[:] += size
        record.day_highest_k[:] = values
        record.day_lowest_k[:] = values
        self._days += 1
