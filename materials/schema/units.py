"""Unit strings of material files, turned into SI.

The strings the shipped files use are in a table, because importing pint takes longer than reading the
whole database; any other string is parsed by pint.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final


class UnitError(ValueError):
    """A unit string is unknown or has another dimension than its property asks for."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a file.

    Parameters
    ----------
    text
        As written.
    si
        The coherent SI unit it belongs to, in the spelling of :data:`KNOWN`.
    factor
        Value in SI = factor * value as written.

    """

    text: str
    si: str
    factor: float


KNOWN: Final[dict[str, tuple[str, float]]] = {
    "1": ("1", 1.0),
    "%": ("1", 1e-2),
    "1e-5": ("1", 1e-5),
    "K": ("K", 1.0),
    "kg/m3": ("kg/m3", 1.0),
    "g/m2": ("kg/m2", 1e-3),
    "kg/m2": ("kg/m2", 1.0),
    "m": ("m", 1.0),
    "mm": ("m", 1e-3),
    "um": ("m", 1e-6),
    "kg": ("kg", 1.0),
    "g": ("kg", 1e-3),
    "s": ("s", 1.0),
    "h": ("s", 3600.0),
    "W/(m K)": ("W/(m K)", 1.0),
    "W/K": ("W/K", 1.0),
    "uW/K": ("W/K", 1e-6),
    "J/(kg K)": ("J/(kg K)", 1.0),
    "J/kg": ("J/kg", 1.0),
    "kJ/kg": ("J/kg", 1e3),
    "1/K": ("1/K", 1.0),
    "Pa": ("Pa", 1.0),
    "MPa": ("Pa", 1e6),
    "GPa": ("Pa", 1e9),
    "N/m": ("N/m", 1.0),
    "kN/m": ("N/m", 1e3),
    "N m": ("N m", 1.0),
    "J/mol": ("J/mol", 1.0),
    "kJ/mol": ("J/mol", 1e3),
    "ESH": ("ESH", 1.0),
}
"""Unit string -> (SI unit, factor). ESH, the equivalent sun hour, is the dose unit: 1361 W/m2 * 3600 s."""


@cache
def parse_unit(text: str, si: str) -> Unit:
    """Read a unit string that has to measure the same thing as ``si``.

    Parameters
    ----------
    text
        Unit as written in a file, such as ``"GPa"`` or ``"BTU/(ft hr degF)"``.
    si
        SI unit of the property, one of those in :data:`KNOWN`.

    Raises
    ------
    UnitError
        When the string is no unit, or one of another dimension.

    """
    if text in KNOWN:
        known_si, factor = KNOWN[text]
        if known_si != si:
            raise UnitError(f"the unit {text!r} does not measure what {si!r} does")
        return Unit(text, si, factor)
    import pint  # noqa: PLC0415  (takes longer to import than the whole database)

    registry = _registry()
    try:
        quantity = registry.Quantity(1.0, text)
        factor = float(quantity.to(_for_pint(si)).magnitude)
    except pint.DimensionalityError as error:
        raise UnitError(f"the unit {text!r} does not measure what {si!r} does") from error
    except (
        pint.UndefinedUnitError,
        pint.OffsetUnitCalculusError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise UnitError(f"{text!r} is not a unit") from error
    except pint.PintError as error:
        raise UnitError(f"{text!r} cannot be used as a unit: {error}") from error
    return Unit(text, si, factor)


def _for_pint(si: str) -> str:
    return (
        si.replace("m3", "m**3")
        .replace("m2", "m**2")
        .replace("(m K)", "(m*K)")
        .replace("(kg K)", "(kg*K)")
        .replace("N m", "N*m")
        if si != "1"
        else ""
    )


@cache
def _registry() -> Any:
    import pint  # noqa: PLC0415  (see parse_unit)

    registry = pint.UnitRegistry()
    registry.define("ESH = [solar_dose]")
    return registry
