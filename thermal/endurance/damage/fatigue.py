"""Fatigue laws: cycles to failure of a range of temperature, strain or stress (theory E2 to E6).

Each law is a frozen dataclass with `cycles(range)`, the number N of cycles to failure, and `table()`, what
the streaming counter sums by Miner's rule D = sum n/N with failure at D = 1 (Miner 1945; scatter 0.3 to 3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

import numpy as np

from thermal.endurance.damage.damage_table import NO_MEAN, STRENGTH_MEAN, DamageTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

STARTS: Final = 101
"""Places at which a cycle of a range is tried between the extremes of temperature."""


class FatigueLaw(Protocol):
    """What the counter needs of a law."""

    def cycles(self, size: ArrayLike) -> NDArray[np.float64]:
        """Cycles to failure of a range, mean zero."""

    def table(self) -> DamageTable:
        """Give the law as a table for the counter."""


@dataclass(frozen=True)
class TemperatureCoffinManson:
    """N = N0 (dT0/dT)^q, the temperature form of Coffin and Manson.

    Parameters
    ----------
    cycles_at_reference
        N0, cycles to failure at the reference range.
    reference_range_k
        dT0 in K.
    exponent
        q: 2 for ductile metal, 4 to 6 for brittle fibre, print and coating.

    """

    cycles_at_reference: float
    reference_range_k: float
    exponent: float

    def cycles(self, size: ArrayLike) -> NDArray[np.float64]:
        """Cycles to failure of temperature ranges in K."""
        ratio: NDArray[np.float64] = self.reference_range_k / np.asarray(size, dtype=float)
        return self.cycles_at_reference * ratio**self.exponent

    def table(self) -> DamageTable:
        """Law as a table over 0.01 to 2000 K."""
        return DamageTable.from_law(self.cycles, 0.01, 2000.0)


@dataclass(frozen=True)
class StrainLife:
    """Strain range d_eps = 2 (sigma_f'/E) (2N)^b + 2 eps_f' (2N)^c (Basquin, Coffin, Manson; SAE J1099).

    Parameters
    ----------
    ductility
        eps_f', fatigue ductility coefficient.
    ductility_exponent
        c, -0.5 to -0.7.
    strength_pa
        sigma_f' in Pa; zero leaves the plastic term alone.
    strength_exponent
        b, -0.05 to -0.12.
    modulus_pa
        Young's modulus in Pa.

    """

    ductility: float
    ductility_exponent: float
    strength_pa: float = 0.0
    strength_exponent: float = -0.1
    modulus_pa: float = 1.0

    def strain_range(self, cycles: ArrayLike) -> NDArray[np.float64]:
        """Strain range that fails after N cycles."""
        reversals: NDArray[np.float64] = 2.0 * np.asarray(cycles, dtype=float)
        elastic = self.strength_pa / self.modulus_pa * reversals**self.strength_exponent
        return 2.0 * (elastic + self.ductility * reversals**self.ductility_exponent)

    def cycles(self, size: ArrayLike) -> NDArray[np.float64]:
        """Cycles to failure of strain ranges, by Newton's method in the logarithms."""
        target = np.log(np.asarray(size, dtype=float) / 2.0)
        log_reversals = (target - math.log(self.ductility)) / self.ductility_exponent
        if self.strength_pa == 0.0:
            return np.asarray(np.exp(log_reversals) / 2.0)
        log_strength = math.log(self.strength_pa / self.modulus_pa)
        elastic_alone = (target - log_strength) / self.strength_exponent
        # The sum of two falling powers is convex in the logarithms: from the larger root Newton cannot cycle.
        log_reversals = np.maximum(log_reversals, elastic_alone)
        for _ in range(60):
            plastic = np.log(self.ductility) + self.ductility_exponent * log_reversals
            elastic = log_strength + self.strength_exponent * log_reversals
            share = 1.0 / (1.0 + np.exp(elastic - plastic))
            slope = share * self.ductility_exponent + (1.0 - share) * self.strength_exponent
            log_reversals -= (np.logaddexp(plastic, elastic) - target) / slope
        return np.asarray(np.exp(log_reversals) / 2.0)

    def table(self) -> DamageTable:
        """Law as a table over strain ranges 1e-6 to 1."""
        return DamageTable.from_law(self.cycles, 1e-6, 1.0)


@dataclass(frozen=True)
class Basquin:
    """sigma_a = sigma_f' (2N)^b with the mean stress by Goodman or Morrow.

    Parameters
    ----------
    strength_pa
        sigma_f' in Pa.
    exponent
        b, -0.05 to -0.12.
    mean
        "goodman" (sigma_a / (1 - sigma_m / sigma_u)), "morrow" (the same with sigma_f') or "none".
    ultimate_pa
        sigma_u in Pa, for Goodman.

    """

    strength_pa: float
    exponent: float
    mean: Literal["none", "goodman", "morrow"] = "none"
    ultimate_pa: float = math.inf

    def cycles(self, size: ArrayLike, mean: ArrayLike = 0.0) -> NDArray[np.float64]:
        """Cycles to failure of stress ranges and means in Pa."""
        amplitude = (
            np.asarray(size, dtype=float) / 2.0 / (1.0 - np.asarray(mean, dtype=float) / self._reference())
        )
        return np.asarray(0.5 * (amplitude / self.strength_pa) ** (1.0 / self.exponent))

    def table(self) -> DamageTable:
        """Law as a table over stress ranges of 1e-6 to 2 times sigma_f'."""
        mode = NO_MEAN if self.mean == "none" else STRENGTH_MEAN
        smallest, largest = 1e-6 * self.strength_pa, 2.0 * self.strength_pa
        return DamageTable.from_law(self.cycles, smallest, largest, mode=mode, strength=self._reference())

    def _reference(self) -> float:
        return {"none": math.inf, "goodman": self.ultimate_pa, "morrow": self.strength_pa}[self.mean]


class AmplitudeLaw(Protocol):
    """A law of the database: cycles to failure of an amplitude of stress or strain."""

    def cycles(self, amplitude: ArrayLike) -> NDArray[np.float64]:
        """Cycles to failure; infinite below an endurance limit."""


@dataclass(frozen=True)
class HeldWall:
    """A wall that something holds while its temperature cycles: amplitude = scale x held x range/2.

    Parameters
    ----------
    law
        Law of the database in stress or strain amplitude (theory E6).
    scale
        Young's modulus in Pa where the law wants stress amplitude, 1 where it wants strain.
    held
        Share of the free strain that is prevented; 1 is the upper bound.

    """

    law: AmplitudeLaw
    scale: float = 1.0
    held: float = 1.0

    def cycles(self, size: ArrayLike) -> NDArray[np.float64]:
        """Cycles to failure of ranges of free strain."""
        half = np.asarray(size, dtype=float) / 2.0
        return self.law.cycles(self.scale * self.held * half)

    def table(self) -> DamageTable:
        """Law as a table over strain ranges 1e-6 to 0.1."""
        return DamageTable.from_law(self.cycles, 1e-6, 0.1, points=4000)


def free_strain_ranges(
    strain: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    ranges_k: NDArray[np.float64],
    low_k: float,
    high_k: float,
) -> NDArray[np.float64]:
    """Largest free strain that a cycle of each range of temperature can have between two temperatures.

    Where a cycle lies is not counted. The coefficient of expansion grows with temperature: a cycle that
    reaches the highest one, as that of the day does, has this strain, and others have less.

    Parameters
    ----------
    strain
        Free strain of temperatures in K.
    ranges_k
        Ranges of temperature, (n,), K.
    low_k, high_k
        Extremes of the temperature.

    Returns
    -------
    NDArray
        (n,); beyond the whole span in proportion to the range.

    """
    span = high_k - low_k
    if span <= 0.0:
        return np.zeros(ranges_k.shape)
    inside = np.minimum(ranges_k, span)
    starts = low_k + np.linspace(0.0, 1.0, STARTS)[:, None] * (span - inside)
    largest = np.abs(strain(starts + inside) - strain(starts)).max(axis=0)
    return np.asarray(largest * np.maximum(ranges_k / span, 1.0))


def miner(counts: ArrayLike, cycles_to_failure: ArrayLike) -> float:
    """Miner's sum D = sum n_i / N_i.

    Parameters
    ----------
    counts
        Cycles of each class, n_i.
    cycles_to_failure
        N_i of each class.

    Returns
    -------
    float
        D; failure at 1.

    """
    return float(np.sum(np.asarray(counts, dtype=float) / np.asarray(cycles_to_failure, dtype=float)))
