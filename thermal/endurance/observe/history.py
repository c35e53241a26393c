"""Everything that is gathered of all vertices while a run goes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import LUNATION, YEAR
from thermal.endurance.damage.arrhenius import EquivalentTime
from thermal.endurance.observe.checkpointable import Kept, pair
from thermal.endurance.observe.cycle_rate import CycleRate
from thermal.endurance.observe.dwell import Dwell
from thermal.endurance.observe.extremes import Extremes
from thermal.endurance.observe.sun_dose import SunDose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from thermal.heat.time.state import Step

GATE_OVER_TOLERANCE: Final = 10.0
"""Reversals smaller than this many tolerances of the solver are its noise and make no turning point."""


@dataclass(frozen=True)
class Snapshot:
    """Temperatures of all vertices at one instant.

    Attributes
    ----------
    time_s
        Of the run.
    mean_k
        Mean over the vertices that are watched.
    temperature_k
        (n,).

    """

    time_s: float
    mean_k: float
    temperature_k: NDArray[np.float64]


class History(Kept):
    """Running records of n vertices.

    Parameters
    ----------
    size
        Number of vertices n, all parts after one another.
    activation_j_mol
        Activation energy of each vertex's material, (n,), J/mol; nan without a datum.
    limits_k
        Limits of temperature by name, (n,) each, K; nan without a datum.
    shares
        Of every vertex in the mean that says when snapshots are taken, (size,), 1 in all: those of the cloth
        have their shares of its area.
    tolerance_k
        Of the solver.

    Attributes
    ----------
    mean, front, back
        Extremes of the mean and of the faces' temperatures.
    cycles
        Of the mean temperatures.
    complete_lunations
        Number of whole lunations observed.
    hottest, coldest
        Snapshots at the highest and the lowest mean; None before the first step.

    """

    _records = (
        ("mean", Extremes),
        ("front", Extremes),
        ("back", Extremes),
        ("complete_lunations", int),
        ("hottest", Snapshot),
        ("coldest", Snapshot),
        ("cycles", CycleRate),
        ("_heat", EquivalentTime),
        ("_dose", SunDose),
        ("_dwell", Dwell),
        ("_marked", pair),
        ("_marked_s", float),
    )

    def __init__(
        self,
        size: int,
        activation_j_mol: NDArray[np.float64],
        limits_k: Mapping[str, NDArray[np.float64]],
        shares: NDArray[np.float64],
        tolerance_k: float,
    ) -> None:
        self.mean, self.front, self.back = Extremes(size), Extremes(size), Extremes(size)
        self.complete_lunations = 0
        self.hottest: Snapshot | None = None
        self.coldest: Snapshot | None = None
        self._shares = shares
        self.cycles = CycleRate(size, gate=GATE_OVER_TOLERANCE * tolerance_k)
        self._heat = EquivalentTime(size, activation_j_mol)
        self._dose = SunDose(size)
        self._limits = tuple(limits_k)
        self._dwell = Dwell(np.array(list(limits_k.values())).reshape(len(limits_k), size))
        self._marked = (np.zeros(size), np.zeros(size))
        self._marked_s = 0.0

    @property
    def observed_s(self) -> float:
        """Time observed, s."""
        return self._dose.total_s

    def observe(self, step: Step) -> None:
        """Take note of an accepted step."""
        self.mean.observe(step.time_s, step.step_s, step.temperature)
        self.front.observe(step.time_s, step.step_s, step.front)
        self.back.observe(step.time_s, step.step_s, step.back)
        self.cycles.observe(step.step_s, step.temperature)
        self._heat.observe(step.step_s, step.temperature)
        self._dwell.observe(step.step_s, step.temperature)
        self._dose.observe(step.step_s, step.sunlight_front, step.sunlight_back)
        mean = float(self._shares @ step.temperature)
        if self.hottest is None or mean > self.hottest.mean_k:
            self.hottest = Snapshot(step.time_s, mean, step.temperature.copy())
        if self.coldest is None or mean < self.coldest.mean_k:
            self.coldest = Snapshot(step.time_s, mean, step.temperature.copy())
        # A run of whole lunations ends on one but for rounding.
        whole = int(self._dose.total_s / LUNATION + 1e-6)
        if whole > self.complete_lunations:
            self.complete_lunations = whole
            self._marked = (self._dose.front_esh.copy(), self._dose.back_esh.copy())
            self._marked_s = self._dose.total_s

    def dwell(self) -> list[tuple[str, NDArray[np.float64], NDArray[np.float64]]]:
        """Name of each limit, time above and time below it in s, (n,) each."""
        return list(zip(self._limits, self._dwell.above_s, self._dwell.below_s, strict=True))

    @property
    def equivalent_s(self) -> NDArray[np.float64]:
        """Arrhenius time at room temperature in s, (n,); nan without a datum."""
        return self._heat.equivalent_s

    def dose(self, *, front: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Dose so far in ESH, (n,), and dose a year, over whole lunations where there are any."""
        so_far = self._dose.front_esh if front else self._dose.back_esh
        marked, time_s = self._marked[0 if front else 1], self._marked_s
        if self.complete_lunations == 0:
            marked, time_s = so_far, self._dose.total_s
        return so_far, marked * (YEAR / time_s) if time_s > 0.0 else np.zeros_like(so_far)
