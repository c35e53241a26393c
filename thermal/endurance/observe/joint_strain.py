"""By how much the two walls of each joint would expand apart: extremes and cycles, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import YEAR
from thermal.endurance.mechanics.free_strain import FreeStrain
from thermal.endurance.observe.checkpointable import Kept
from thermal.endurance.observe.cycle_rate import CycleRate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from thermal.endurance.mechanics.contact import Contact

GATE: Final = 1e-5
"""Reversals of strain smaller than this are noise: half a kelvin of aluminium."""
WIDTH: Final = 5e-5
"""Between the ranges of strain that are counted."""
BINS: Final = 400


@dataclass(frozen=True)
class Strain:
    """Free strain of a joint's second wall minus that of its first, at an instant.

    Attributes
    ----------
    size
        The difference.
    time_s
        Of the run.
    first_k, second_k
        Temperatures of the two walls at the contact.

    """

    size: float
    time_s: float
    first_k: float
    second_k: float


@dataclass(frozen=True)
class StrainedContact:
    """What a run has shown of a joint.

    Attributes
    ----------
    contact
        The joint.
    largest, smallest
        Extremes of the strain between its walls.
    cycles
        Rainflow cycles a year of each range of strain, (bins,).
    ranges
        The ranges, (bins,).
    observed_years
        Time the run covered.
    later
        Extremes of the years ahead of the run, at their own times.

    """

    contact: Contact
    largest: Strain
    smallest: Strain
    cycles: NDArray[np.float64]
    ranges: NDArray[np.float64]
    observed_years: float
    later: tuple[Strain, ...] = ()

    @property
    def extremes(self) -> tuple[Strain, ...]:
        """All extremes, those of the run first."""
        return (self.largest, self.smallest, *self.later)

    def after(self, time_s: float) -> tuple[Strain, ...]:
        """Extremes of what was seen a time after the start of the run."""
        return tuple(replace(one, time_s=time_s + one.time_s) for one in (self.largest, self.smallest))


class JointStrains(Kept):
    """Running records of the joints.

    Parameters
    ----------
    contacts
        The joints.

    """

    _records = (("_largest", np.array), ("_smallest", np.array), ("_cycles", CycleRate))

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self._contacts = tuple(contacts)
        size = len(self._contacts)
        self._laws = [(FreeStrain(one.first.expansion), FreeStrain(one.second.expansion)) for one in contacts]
        self._largest = np.tile([-np.inf, 0.0, 0.0, 0.0], (size, 1))
        self._smallest = np.tile([np.inf, 0.0, 0.0, 0.0], (size, 1))
        self._cycles = CycleRate(size, gate=GATE, bin_width=WIDTH, bins=BINS)

    def observe(self, time_s: float, step_s: float, temperature_k: Mapping[str, NDArray[np.float64]]) -> None:
        """Take the temperatures (K) of every part at the end of a step."""
        each = [self._now(number, time_s, temperature_k) for number in range(len(self._contacts))]
        now = np.array(each).reshape(-1, 4)
        self._cycles.observe(step_s, now[:, 0])
        larger = now[:, 0] > self._largest[:, 0]
        self._largest[larger] = now[larger]
        smaller = now[:, 0] < self._smallest[:, 0]
        self._smallest[smaller] = now[smaller]

    def pull(self, temperature_k: Mapping[str, NDArray[np.float64]], cloth_k: float) -> float:
        """Return how much more, at most, a tube has expanded than the cloth in its mean ``cloth_k``, K."""
        return max(
            float(other(one.second.mean(temperature_k[one.second.part])) - own(cloth_k))
            for one, (own, other) in zip(self._contacts, self._laws, strict=True)
            if one.is_hem
        )

    def seen(self, observed_s: float) -> tuple[StrainedContact, ...]:
        """Sum up the joints.

        Parameters
        ----------
        observed_s
            Time covered, s.

        """
        years = observed_s / YEAR
        rate, ranges = self._cycles.a_year()
        return tuple(
            StrainedContact(one, Strain(*largest), Strain(*smallest), cycles, ranges, years)
            for one, largest, smallest, cycles in zip(
                self._contacts, self._largest.tolist(), self._smallest.tolist(), rate, strict=True
            )
        )

    def _now(
        self, number: int, time_s: float, temperature_k: Mapping[str, NDArray[np.float64]]
    ) -> tuple[float, float, float, float]:
        contact = self._contacts[number]
        walls = contact.first, contact.second
        first, second = (wall.mean(temperature_k[wall.part]) for wall in walls)
        own, other = self._laws[number]
        return float(other(second) - own(first)), time_s, first, second
