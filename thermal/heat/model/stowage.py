"""Cloth that is rolled up for a while: it sees nothing and exchanges with its canister alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Stowage:
    """A schedule of one part.

    While stowed the part absorbs and emits nothing and is tied to the canister; the joints of its hems stay,
    since the arm retracts with it, and other parts see it where it hangs when deployed.

    Parameters
    ----------
    part
        Name of the part.
    intervals
        Begin and end of each time it is stowed, s, rising.
    conductance
        To the canister, W/m2/K of cloth.
    temperature
        Of the canister: time in s to kelvin.

    """

    part: str
    intervals: tuple[tuple[float, float], ...]
    conductance: float
    temperature: Callable[[float], float]

    def stowed(self, time_s: float) -> bool:
        """Whether the part is rolled up at a time (from the begin, up to the end)."""
        return any(begin <= time_s < end for begin, end in self.intervals)

    @property
    def jumps(self) -> tuple[float, ...]:
        """Begins and ends, s."""
        return tuple(t for interval in self.intervals for t in interval)
