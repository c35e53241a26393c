"""The names of the database: every property, what it measures and which values are possible."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final

from materials.units import DIFFERENCE
from materials.wording import close_words


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a property name means.

    Parameters
    ----------
    label
        For axes and tables.
    unit
        SI unit of the values that :class:`~materials.prop.Property` returns; ``delta_K`` for differences of
        temperatures.
    display
        Unit in which people see it.
    low, high
        Bounds in SI that no value may cross.
    varies
        Whether it is a function of temperature; if so each datum needs a range.
    steady
        Whether it hardly changes with temperature: a single value without a range then holds at all of them.

    """

    label: str
    unit: str
    display: str
    low: float = -inf
    high: float = inf
    varies: bool = True
    steady: bool = False


def _scalar(label: str, unit: str, display: str, low: float = 0.0, high: float = inf) -> Quantity:
    return Quantity(label, unit, display, low, high, varies=False)


QUANTITIES: Final[dict[str, Quantity]] = {
    "density": Quantity("Density", "kg/m3", "kg/m3", 1.0, 25e3, steady=True),
    "areal_density": _scalar("Mass per area", "kg/m2", "g/m2", 1e-3, 20.0),
    "fabric_thickness": _scalar("Thickness", "m", "mm", 1e-6, 0.1),
    "fibre_volume_fraction": _scalar("Fibre volume fraction", "1", "1", 0.01, 1.0),
    "mass": _scalar("Mass of the flag", "kg", "g"),
    "crimp": _scalar("Crimp", "1", "1", 0.0, 1.0),
    "warp_share": _scalar("Share of the mass that runs along the warp", "1", "1", 0.0, 1.0),
    "conduction_efficiency": _scalar("Yarn conduction over that of continuous filament", "1", "1", 0.0, 1.0),
    "strength_efficiency": _scalar("Cloth strength over that of its fibres", "1", "1", 0.0, 1.0),
    "stiffness_efficiency": _scalar("Cloth stiffness over that of its fibres", "1", "1", 0.0, 1.0),
    "thermal_conductivity": Quantity("Thermal conductivity", "W/(m K)", "W/(m K)", 1e-6, 5e3),
    "sheet_conductance": Quantity("Sheet conductance", "W/K", "uW/K", 1e-9, 1.0),
    "specific_heat": Quantity("Specific heat", "J/(kg K)", "J/(kg K)", 1e-3, 2e4),
    "cte": Quantity("Coefficient of expansion", "1/K", "1/K", -1e-3, 1e-3),
    "delta_L_over_L293": Quantity("Expansion from 293 K", "1", "1", -0.1, 0.1),
    "youngs_modulus": Quantity("Young's modulus", "Pa", "GPa", 1e5, 2e12),
    "poisson_ratio": Quantity("Poisson's ratio", "1", "1", -1.0, 0.5, steady=True),
    "tensile_strength": Quantity("Tensile strength", "Pa", "MPa", 1e4, 1e11),
    "yield_strength": Quantity("Yield strength", "Pa", "MPa", 1e4, 1e11),
    "elongation_at_break": Quantity("Elongation at break", "1", "%", 0.0, 20.0),
    "strength_factor": Quantity("Strength over that at 293 K", "1", "1", 0.0, 10.0),
    "strip_strength": Quantity("Strip strength", "N/m", "kN/m", 0.0, 1e7),
    "membrane_stiffness": Quantity("Membrane stiffness", "N/m", "kN/m", 0.0, 1e9),
    "bending_rigidity": Quantity("Bending rigidity", "N m", "N m", 0.0, 1.0),
    "solar_absorptance": Quantity("Solar absorptance", "1", "1", 0.0, 1.0, steady=True),
    "ir_emissivity": Quantity("Infrared emissivity", "1", "1", 0.0, 1.0, steady=True),
    "solar_transmittance": Quantity("Solar transmittance", "1", "1", 0.0, 1.0, steady=True),
    "glass_transition": _scalar("Glass transition", "K", "K", 1.0, 5e3),
    "melting_or_decomposition": _scalar("Melting or decomposition", "K", "K", 1.0, 5e3),
    "max_continuous_service": _scalar("Upper limit of continuous service", "K", "K", 1.0, 5e3),
    "min_service": _scalar("Lower limit of service", "K", "K", 0.0, 1e3),
    "brittle_below": _scalar("Brittle when flexed below", "K", "K", 0.0, 1e3),
    "stated_hot": _scalar("Upper temperature its makers state", "K", "K", 1.0, 5e3),
    "stated_cold": _scalar("Lower temperature its makers state", "K", "K", 0.0, 1e3),
    "transformation_temperature": _scalar("Transformation temperature", "K", "K", 0.0, 1e3),
    "hysteresis": _scalar("Hysteresis of the transformation", DIFFERENCE, "K", 0.0, 1e3),
    "latent_heat": _scalar("Latent heat of the transformation", "J/kg", "kJ/kg"),
    "usable_strain": _scalar("Usable strain", "1", "%", 0.0, 1.0),
    "uv_half_strength_dose": _scalar("Dose that halves the strength", "ESH", "ESH"),
    "uv_tested_dose": _scalar("Dose to which loss of strength was tested", "ESH", "ESH"),
    "uv_exposed_fraction": _scalar("Load share that ultraviolet reaches", "1", "1", 0.0, 1.0),
    "delta_alpha_saturation": _scalar("Final change of solar absorptance", "1", "1", -1.0, 1.0),
    "delta_alpha_dose_scale": _scalar("Dose scale of that change", "ESH", "ESH"),
    "fading_dose": _scalar("Dose after which 1/e of the dye is left", "ESH", "ESH"),
    "arrhenius_activation_energy": _scalar("Activation energy of ageing", "J/mol", "kJ/mol", 0.0, 1e6),
    "ageing_reference_temperature": _scalar("Temperature of the ageing test", "K", "K", 1.0, 2e3),
    "ageing_reference_time": _scalar("Duration of the ageing test", "s", "h"),
    "ageing_reference_retention": _scalar("Share left after the ageing test", "1", "1", 0.0, 1.0),
    "strain_life_sigma_f": _scalar("Fatigue strength coefficient", "Pa", "MPa"),
    "strain_life_b": _scalar("Fatigue strength exponent", "1", "1", -1.0, 0.0),
    "strain_life_epsilon_f": _scalar("Fatigue ductility coefficient", "1", "1"),
    "strain_life_c": _scalar("Fatigue ductility exponent", "1", "1", -2.0, 0.0),
    "design_curve_a": _scalar("Design curve, slope term", "Pa", "MPa"),
    "design_curve_b": _scalar("Design curve, endurance term", "Pa", "MPa"),
    "cycling_exponent": _scalar("Exponent of cycles against strain range", "1", "1", 0.0, 20.0),
    "cycling_reference_strain": _scalar("Strain range of the cycling test", "1", "1", 0.0, 1.0),
    "cycling_reference_cycles": _scalar("Cycles to half strength in that test", "1", "1"),
    "outgassing_tml": _scalar("Outgassing: total mass loss", "1", "%", 0.0, 1.0),
    "outgassing_cvcm": _scalar("Outgassing: condensable part", "1", "%", 0.0, 1.0),
    "outgassing_rml": _scalar("Outgassing: recovered mass loss", "1", "%", 0.0, 1.0),
}
"""Property name -> meaning. Names are those of the project's table of material data."""

DATA_SHEET_NAMES: Final[dict[str, str]] = {
    "absorptivity": "solar_absorptance",
    "alpha_s": "solar_absorptance",
    "areal_weight": "areal_density",
    "c_p": "specific_heat",
    "coefficient_of_thermal_expansion": "cte",
    "continuous_use_temperature": "max_continuous_service",
    "cp": "specific_heat",
    "decomposition_temperature": "melting_or_decomposition",
    "elastic_modulus": "youngs_modulus",
    "elongation": "elongation_at_break",
    "emissivity": "ir_emissivity",
    "emittance": "ir_emissivity",
    "epsilon": "ir_emissivity",
    "grammage": "areal_density",
    "heat_capacity": "specific_heat",
    "mass_per_area": "areal_density",
    "melting_point": "melting_or_decomposition",
    "melting_temperature": "melting_or_decomposition",
    "modulus": "youngs_modulus",
    "service_temperature": "max_continuous_service",
    "specific_gravity": "density",
    "tenacity": "tensile_strength",
    "tensile_modulus": "youngs_modulus",
    "tg": "glass_transition",
    "thermal_expansion": "cte",
    "thickness": "fabric_thickness",
    "tm": "melting_or_decomposition",
    "transmissivity": "solar_transmittance",
    "weight": "areal_density",
}
"""What data sheets call properties, to name ours where one of these is written."""

SURFACE_QUANTITIES: Final = ("solar_absorptance", "ir_emissivity", "solar_transmittance")
"""Properties of a surface state rather than of the material."""


def name_advice(name: str) -> str:
    """Say which property a name that is none may mean."""
    ours = DATA_SHEET_NAMES.get(name.strip().lower().replace(" ", "_"))
    meant = [ours] if ours is not None else close_words(name, QUANTITIES)
    if not meant:
        return "docs/materials/names.md has all names"
    return f"did you mean {meant[0]!r} ({QUANTITIES[meant[0]].label.lower()})?"


def normal_direction(direction: str) -> str:
    """Spell a direction or state the way the database does: ``"UD axial"`` is ``"axial"``."""
    text = direction.strip().lower().replace(",", "").replace("-", "_").replace(" ", "_")
    return text.removeprefix("ud_")
