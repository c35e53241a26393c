"""Cycles a year of many histories, by what whole lunations have shown once there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import LUNATION, YEAR
from thermal.endurance.observe.checkpointable import Kept
from thermal.endurance.observe.rainflow import DEFAULT_BINS, Rainflow

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from thermal.endurance.observe.rainflow import CycleCount


class CycleRate(Kept):
    """Rainflow counts of n histories and the time they belong to.

    A part of a lunation has the large cycle of a day or has it not: its count says nothing of a year. What
    comes after the last whole lunation is therefore left out.

    Parameters
    ----------
    size
        Number of histories n.
    gate, bin_width, bins
        As of `Rainflow`.

    """

    _records = (("_running", Rainflow), ("_whole", Rainflow), ("_running_s", float), ("_whole_s", float))

    def __init__(self, size: int, *, gate: float, bin_width: float = 5.0, bins: int = DEFAULT_BINS) -> None:
        self._running, self._whole = (
            Rainflow(size, gate=gate, bin_width=bin_width, bins=bins) for _ in range(2)
        )
        self._running_s = self._whole_s = 0.0

    def observe(self, step_s: float, values: ArrayLike) -> None:
        """Take the values (n,) at the end of a step of ``step_s`` seconds."""
        if _lunations(self._running_s) > _lunations(self._whole_s):
            self._whole.restore(self._running.snapshot())
            self._whole_s = self._running_s
        self._running.observe(values)
        self._running_s += step_s

    def count(self) -> CycleCount:
        """Cycles of the whole lunations, closed as a periodic history; of all there is before the first."""
        return self._chosen()[0].count(periodic=_lunations(self._running_s) > 0)

    def a_year(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Cycles a year of each range, (n, bins), and the ranges, (bins,)."""
        counted, years = self.count(), self._chosen()[1] / YEAR
        rate = np.divide(counted.counts, years) if years > 0.0 else counted.counts
        return rate, counted.ranges

    def _chosen(self) -> tuple[Rainflow, float]:
        """Counter and the time it has seen, s."""
        if _lunations(self._whole_s) == _lunations(self._running_s) > 0:
            return self._whole, self._whole_s
        return self._running, self._running_s


def _lunations(time_s: float) -> int:
    """Whole lunations in a time; a run of whole lunations ends on one but for rounding."""
    return int(time_s / LUNATION + 1e-6)
