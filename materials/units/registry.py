"""The unit registry, and what units measure in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pint

_KINDS: Final = (
    ("a plain number", ""),
    ("a length", "m"),
    ("an area", "m**2"),
    ("a mass", "kg"),
    ("a density", "kg/m**3"),
    ("a mass per area", "kg/m**2"),
    ("a time", "s"),
    ("a temperature", "K"),
    ("a power", "W"),
    ("a heat flux", "W/m**2"),
    ("a heat capacity", "J/K"),
    ("a specific heat", "J/kg/K"),
    ("a conductance", "W/K"),
    ("a conductivity", "W/m/K"),
    ("a conductance per area", "W/m**2/K"),
    ("a coefficient of expansion", "1/K"),
    ("a stress", "Pa"),
    ("a force per width", "N/m"),
    ("an energy or a moment", "J"),
    ("an energy per mass", "J/kg"),
    ("an energy per amount of substance", "J/mol"),
    ("a dose", "ESH"),
)


@cache
def registry() -> pint.UnitRegistry[Any]:
    """Return the registry: pint's units, ``lunation`` and ``ESH``, the equivalent sun hour (a dose).

    A lunation has 29.530589 d, a year 365.25 d.
    """
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry()
    units.define("lunation = 29.530589 * day")
    units.define("ESH = [solar_dose]")
    return units


def is_angle(unit: Any) -> bool:
    """Tell an angle from a plain number, which pint does not: both have no dimension."""
    return bool(registry().get_base_units(unit)[1] == registry().Unit("radian"))


def kind_of(unit: Any) -> str:
    """Name what a unit measures, in words where it has a name."""
    units = registry()
    if is_angle(unit):
        return "an angle"
    dimension = units.get_dimensionality(unit)
    for name, reference in _KINDS:
        if dimension == units.get_dimensionality(reference):
            return name
    return f"in {units.get_base_units(unit)[1]:~P}"
