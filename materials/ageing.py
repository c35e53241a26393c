"""Ageing laws: small objects that hold the constants of a material and evaluate one formula each.

Doses are in equivalent sun hours (ESH), temperatures in K, times in s. Each law keeps the properties its
constants come from in ``parameters``, with their uncertainty and source.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from materials.errors import NoDataError
from materials.problems import MaterialError, Problem

if TYPE_CHECKING:
    from materials.laws import FloatArray
    from materials.material import Material
    from materials.prop import Property
    from materials.surface import Surface

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
        return self.factor(temperature, at) * (-np.log(left) / duration)


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
        """Cycles to failure for strain amplitudes, by interpolation in the logarithms (1e-2 to 1e12 cycles)."""
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


def build(material: Material, mechanism: str, surface: Surface | None) -> AgeingLaw | None:
    """Make the law of a mechanism from the data, or None where a constant is missing.

    Raises
    ------
    MaterialError
        When there is no such mechanism.

    """
    if mechanism not in MECHANISMS:
        choice = ", ".join(MECHANISMS)
        problem = Problem(
            "unknown-mechanism",
            f"{material.name}: {mechanism}",
            "there is no such ageing law",
            f"choose from {choice}",
        )
        raise MaterialError(problem)
    return MECHANISMS[mechanism](material, surface)


def _together(material: Material, *keys: tuple[str, str]) -> tuple[Property, ...] | None:
    found = [material.get(name, direction) for name, direction in keys]
    present = tuple(one for one in found if one is not None)
    return present if len(present) == len(found) else None


def _uv_strength(material: Material, _: Surface | None) -> AgeingLaw | None:
    parts = _together(material, ("uv_half_strength_dose", ""), ("uv_exposed_fraction", ""))
    return None if parts is None else UvStrength(parts, parts[0].level, parts[1].level)


def _absorptance(material: Material, surface: Surface | None) -> AgeingLaw | None:
    state = surface.ageing if surface is not None else "undyed"
    parts = (
        _together(material, ("delta_alpha_saturation", state), ("delta_alpha_dose_scale", state))
        if state
        else None
    )
    return None if parts is None else AbsorptanceDrift(parts, parts[0].level, parts[1].level)


def _fading(material: Material, surface: Surface | None) -> AgeingLaw | None:
    parts = _together(material, ("fading_dose", ""))
    if parts is None or surface is None or surface.ageing != "dyed" or surface.lab is None:
        return None
    return Fading(parts, parts[0].level, surface.lab, (100.0, 0.0, 0.0))


def _arrhenius(material: Material, _: Surface | None) -> AgeingLaw | None:
    energy = material.get("arrhenius_activation_energy")
    if energy is None:
        return None
    names = ("ageing_reference_temperature", "ageing_reference_time", "ageing_reference_retention")
    test = _together(material, *((name, "") for name in names))
    if test is None:
        return Arrhenius((energy,), energy.level, None)
    return Arrhenius((energy, *test), energy.level, (test[0].level, test[1].level, test[2].level))


def _strain_life(material: Material, _: Surface | None) -> AgeingLaw | None:
    names = (
        "strain_life_sigma_f",
        "strain_life_b",
        "strain_life_epsilon_f",
        "strain_life_c",
        "youngs_modulus",
    )
    parts = _together(material, *((name, "") for name in names))
    return None if parts is None else StrainLife(parts, *(part.level for part in parts))


def _design_curve(material: Material, _: Surface | None) -> AgeingLaw | None:
    parts = _together(material, ("design_curve_a", ""), ("design_curve_b", ""))
    return None if parts is None else DesignCurve(parts, parts[0].level, parts[1].level)


def _cycling(material: Material, _: Surface | None) -> AgeingLaw | None:
    exponent = material.get("cycling_exponent")
    if exponent is None:
        return None
    test = _together(material, ("cycling_reference_strain", ""), ("cycling_reference_cycles", ""))
    if test is None:
        return Cycling((exponent,), exponent.level, None)
    return Cycling((exponent, *test), exponent.level, (test[0].level, test[1].level))


MECHANISMS: Final[dict[str, Callable[[Material, Surface | None], AgeingLaw | None]]] = {
    "uv_strength": _uv_strength,
    "absorptance": _absorptance,
    "fading": _fading,
    "arrhenius": _arrhenius,
    "strain_life": _strain_life,
    "design_curve": _design_curve,
    "cycling": _cycling,
}
"""Mechanism -> maker of its law."""
