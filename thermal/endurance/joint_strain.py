"""By how much the two walls of each joint would expand apart: extremes and cycles, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.constants import YEAR
from thermal.endurance.kept import Kept
from thermal.endurance.rainflow import Rainflow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from thermal.endurance.contact import Contact

GATE: Final = 1e-5
"""Reversals of strain smaller than this are noise: half a kelvin of aluminium."""
WIDTH: Final = 5e-5
"""Of a bin of strain ranges."""
BINS: Final = 400
GRID_K: Final = np.arange(1.0, 1001.0)
"""Where expansions are tabulated, so that a step costs microseconds a joint."""


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
        Middle of each bin, (bins,).
    observed_years
        Time the run covered.

    """

    contact: Contact
    largest: Strain
    smallest: Strain
    cycles: NDArray[np.float64]
    ranges: NDArray[np.float64]
    observed_years: float


class JointStrains(Kept):
    """Running records of the joints.

    Parameters
    ----------
    contacts
        The joints.

    """

    _records = (("_largest", np.array), ("_smallest", np.array), ("_cycles", Rainflow))

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self._contacts = tuple(contacts)
        size = len(self._contacts)
        self._laws = [
            (one.first.expansion.clamped()(GRID_K), one.second.expansion.clamped()(GRID_K))
            for one in contacts
        ]
        self._largest = np.tile([-np.inf, 0.0, 0.0, 0.0], (size, 1))
        self._smallest = np.tile([np.inf, 0.0, 0.0, 0.0], (size, 1))
        self._cycles = Rainflow(size, gate=GATE, bin_width=WIDTH, bins=BINS)

    def observe(self, time_s: float, temperature_k: Mapping[str, NDArray[np.float64]]) -> bool:
        """Take the temperatures (K) of every part at the end of a step; say if a hem is pulled as never."""
        each = [self._now(number, time_s, temperature_k) for number in range(len(self._contacts))]
        now = np.array(each).reshape(-1, 4)
        self._cycles.observe(now[:, 0])
        larger = now[:, 0] > self._largest[:, 0]
        self._largest[larger] = now[larger]
        smaller = now[:, 0] < self._smallest[:, 0]
        self._smallest[smaller] = now[smaller]
        return any(new and one.is_hem for new, one in zip(larger, self._contacts, strict=True))

    def seen(self, observed_s: float, *, periodic: bool) -> tuple[StrainedContact, ...]:
        """Sum up the joints.

        Parameters
        ----------
        observed_s
            Time covered, s.
        periodic
            Whether whole lunations were seen, so that their cycles close.

        """
        counted = self._cycles.count(periodic=periodic)
        years = observed_s / YEAR
        rate = np.divide(counted.counts, years) if years > 0.0 else counted.counts
        middle = 0.5 * (counted.edges[1:] + counted.edges[:-1])
        return tuple(
            StrainedContact(one, Strain(*largest), Strain(*smallest), cycles, middle, years)
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
        apart = np.interp(second, GRID_K, other) - np.interp(first, GRID_K, own)
        return float(apart), time_s, first, second
