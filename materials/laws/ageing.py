"""Ageing laws: small objects that hold the constants of a material and evaluate one formula each.

Doses are in equivalent sun hours (ESH), temperatures in K, times in s. Each law keeps the properties its
constants come from in ``parameters``, with their uncertainty and source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from materials.errors import NoDataError
from materials.problems import Problem

if TYPE_CHECKING:
    from materials.laws.law import FloatArray
    from materials.prop import Property

GAS_CONSTANT: Final = 8.31446261815324
"""J/(mol K), exact."""


@dataclass(frozen=True, eq=False)
class AgeingLaw:
    """Base of the laws.

    Parameters
    ----------
    parameters
        The data the constants come from.

    """

    parameters: tuple[Property, ...]


@dataclass(frozen=True, eq=False)
class UvStrength(AgeingLaw):
    """Strength left under ultraviolet light: R = (1 - f) + f exp(-ln 2 D / D50)."""

    half_dose: float
    exposed_fraction: float

    def retention(self, dose: npt.ArrayLike) -> FloatArray:
        """Strength left over strength new, for doses in ESH."""
        decay = np.exp(-np.log(2.0) * np.asarray(dose, dtype=np.float64) / self.half_dose)
        return np.asarray(1.0 - self.exposed_fraction * (1.0 - decay))


@dataclass(frozen=True, eq=False)
class AbsorptanceDrift(AgeingLaw):
    """Change of solar absorptance: da = da_inf (1 - exp(-D / D0))."""

    saturation: float
    dose_scale: float

    def change(self, dose: npt.ArrayLike) -> FloatArray:
        """Change of absorptance for doses in ESH."""
        return np.asarray(-self.saturation * np.expm1(-np.asarray(dose, dtype=np.float64) / self.dose_scale))


@dataclass(frozen=True, eq=False)
class Fading(AgeingLaw):
    """Dye left: C / C0 = exp(-D / Df), and the colour by Kubelka and Munk, K/S = (1 - R)^2 / (2R)."""

    fading_dose: float
    lab: tuple[float, float, float]
    bleached_lab: tuple[float, float, float]

    def dye_left(self, dose: npt.ArrayLike) -> FloatArray:
        """Concentration of dye over that when new, for doses in ESH."""
        return np.asarray(np.exp(-np.asarray(dose, dtype=np.float64) / self.fading_dose))


@dataclass(frozen=True, eq=False)
class Arrhenius(AgeingLaw):
    """Heat ageing, first order, with activation energy in J/mol.

    The reference (K, s, share left) is that of a published ageing test; None where none is known: the law
    then compares temperatures but gives no life.
    """

    activation_energy: float
    reference: tuple[float, float, float] | None

    def factor(self, temperature: npt.ArrayLike, reference: float) -> FloatArray:
        """Rate at temperatures (K) over the rate at ``reference`` (K)."""
        t = np.asarray(temperature, dtype=np.float64)
        return np.asarray(np.exp(-self.activation_energy / GAS_CONSTANT * (1.0 / t - 1.0 / reference)))

    def rate(self, temperature: npt.ArrayLike) -> FloatArray:
        """First-order rate of loss at temperatures (K), 1/s.

        Raises
        ------
        NoDataError
            When no ageing test is known.

        """
        if self.reference is None:
            where = self.parameters[0].material
            raise NoDataError(
                Problem("no-data", f"{where}: ageing_reference_time", "no heat-ageing test is known")
            )
        at, duration, left = self.reference
        return np.asarray(self.factor(temperature, at) * (-np.log(left) / duration))


@dataclass(frozen=True, eq=False)
class StrainLife(AgeingLaw):
    """Coffin-Manson and Basquin: strain amplitude = sigma_f/E (2N)^b + eps_f (2N)^c."""

    sigma_f: float
    b: float
    epsilon_f: float
    c: float
    modulus: float

    def amplitude(self, cycles: npt.ArrayLike) -> FloatArray:
        """Strain amplitude that lasts so many cycles."""
        reversals = 2.0 * np.asarray(cycles, dtype=np.float64)
        return np.asarray(
            self.sigma_f / self.modulus * reversals**self.b + self.epsilon_f * reversals**self.c
        )

    def cycles(self, amplitude: npt.ArrayLike) -> FloatArray:
        """Cycles to failure for strain amplitudes, interpolated in the logarithms (1e-2 to 1e12 cycles)."""
        grid = np.logspace(-2.0, 12.0, 1401)
        asked = np.log(np.maximum(np.asarray(amplitude, dtype=np.float64), 1e-30))
        known = np.log(self.amplitude(grid))
        found = np.exp(np.interp(asked, known[::-1], np.log(grid)[::-1]))
        return np.asarray(np.where(asked < known[-1], np.inf, found))


@dataclass(frozen=True, eq=False)
class DesignCurve(AgeingLaw):
    """Design fatigue curve: S = a / sqrt(N) + b, S = E times strain amplitude, Pa."""

    a: float
    b: float

    def cycles(self, amplitude: npt.ArrayLike) -> FloatArray:
        """Cycles allowed for stress amplitudes in Pa; infinite below the endurance term."""
        above = np.asarray(amplitude, dtype=np.float64) - self.b
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(above > 0.0, (self.a / above) ** 2, np.inf))


@dataclass(frozen=True, eq=False)
class Cycling(AgeingLaw):
    """Cycles to half strength: N50 = N_ref (strain_ref / strain)^m.

    The reference (strain, cycles) is None where no cycling test is known: the law then compares strains
    but gives no life.
    """

    exponent: float
    reference: tuple[float, float] | None

    def relative_damage(self, strain: npt.ArrayLike, reference: float) -> FloatArray:
        """Damage of a cycle over that of a cycle of strain range ``reference``."""
        return np.asarray((np.asarray(strain, dtype=np.float64) / reference) ** self.exponent)

    def cycles(self, strain: npt.ArrayLike) -> FloatArray:
        """Cycles to half strength for strain ranges.

        Raises
        ------
        NoDataError
            When no cycling test is known.

        """
        if self.reference is None:
            where = self.parameters[0].material
            raise NoDataError(
                Problem(
                    "no-data", f"{where}: cycling_reference_cycles", "no cold cycling test of it is known"
                )
            )
        strain_ref, cycles_ref = self.reference
        with np.errstate(divide="ignore"):
            return np.asarray(
                cycles_ref * (strain_ref / np.asarray(strain, dtype=np.float64)) ** self.exponent
            )
