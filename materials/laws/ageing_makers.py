"""From the data of a material to its ageing laws."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from materials.laws.ageing import (
    AbsorptanceDrift,
    AgeingLaw,
    Arrhenius,
    Cycling,
    DesignCurve,
    Fading,
    StrainLife,
    UvStrength,
)
from materials.problems import MaterialError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from materials.prop import Property
    from materials.record import Record
    from materials.surface import Surface


def build(material: Record, mechanism: str, surface: Surface | None) -> AgeingLaw | None:
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


def _together(material: Record, *keys: tuple[str, str]) -> tuple[Property, ...] | None:
    found = [material.get(name, direction) for name, direction in keys]
    present = tuple(one for one in found if one is not None)
    return present if len(present) == len(found) else None


def _uv_strength(material: Record, _: Surface | None) -> AgeingLaw | None:
    parts = _together(material, ("uv_half_strength_dose", ""), ("uv_exposed_fraction", ""))
    return None if parts is None else UvStrength(parts, parts[0].level, parts[1].level)


def _absorptance(material: Record, surface: Surface | None) -> AgeingLaw | None:
    state = surface.ageing if surface is not None else "undyed"
    parts = (
        _together(material, ("delta_alpha_saturation", state), ("delta_alpha_dose_scale", state))
        if state
        else None
    )
    if parts is None:
        return None
    saturation = parts[0].level
    if surface is not None and state == "dyed":
        saturation = _towards_undyed(material, surface, saturation)
    return AbsorptanceDrift(parts, saturation, parts[1].level)


def _towards_undyed(material: Record, surface: Surface, change: float) -> float:
    """Change of absorptance by which a dye bleaches: towards the undyed cloth, and no farther."""
    for state in material.surface_states.values():
        if state.ageing == "undyed" and "solar_absorptance" in state.properties:
            gap = state.solar_absorptance.level - surface.solar_absorptance.level
            return math.copysign(min(abs(change), abs(gap)), gap)
    return change


def _fading(material: Record, surface: Surface | None) -> AgeingLaw | None:
    parts = _together(material, ("fading_dose", ""))
    if parts is None or surface is None or surface.ageing != "dyed" or surface.lab is None:
        return None
    return Fading(parts, parts[0].level, surface.lab, (100.0, 0.0, 0.0))


def _arrhenius(material: Record, _: Surface | None) -> AgeingLaw | None:
    energy = material.get("arrhenius_activation_energy")
    if energy is None:
        return None
    names = ("ageing_reference_temperature", "ageing_reference_time", "ageing_reference_retention")
    test = _together(material, *((name, "") for name in names))
    if test is None:
        return Arrhenius((energy,), energy.level, None)
    return Arrhenius((energy, *test), energy.level, (test[0].level, test[1].level, test[2].level))


def _strain_life(material: Record, _: Surface | None) -> AgeingLaw | None:
    names = (
        "strain_life_sigma_f",
        "strain_life_b",
        "strain_life_epsilon_f",
        "strain_life_c",
        "youngs_modulus",
    )
    parts = _together(material, *((name, "") for name in names))
    return None if parts is None else StrainLife(parts, *(part.level for part in parts))


def _design_curve(material: Record, _: Surface | None) -> AgeingLaw | None:
    parts = _together(material, ("design_curve_a", ""), ("design_curve_b", ""))
    return None if parts is None else DesignCurve(parts, parts[0].level, parts[1].level)


def _cycling(material: Record, _: Surface | None) -> AgeingLaw | None:
    exponent = material.get("cycling_exponent")
    if exponent is None:
        return None
    test = _together(material, ("cycling_reference_strain", ""), ("cycling_reference_cycles", ""))
    if test is None:
        return Cycling((exponent,), exponent.level, None)
    return Cycling((exponent, *test), exponent.level, (test[0].level, test[1].level))


MECHANISMS: Final[dict[str, Callable[[Record, Surface | None], AgeingLaw | None]]] = {
    "uv_strength": _uv_strength,
    "absorptance": _absorptance,
    "fading": _fading,
    "arrhenius": _arrhenius,
    "strain_life": _strain_life,
    "design_curve": _design_curve,
    "cycling": _cycling,
}
"""Mechanism -> maker of its law."""
