"""A unit as a factor and an offset to SI."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from materials.units.errors import QuantityError, shortened
from materials.units.grammar import LONGEST, SCALED_UNIT, plain, spelled
from materials.units.registry import is_angle, kind_of, registry

DIFFERENCE: Final = "delta_K"
"""The SI unit of differences of temperatures, where offsets are not applied."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers in a unit become SI: ``SI = factor * number + offset``.

    Parameters
    ----------
    factor
        Size of the unit in SI.
    offset
        SI value of its zero: 273.15 for temperatures in degC, zero for nearly everything else.

    """

    factor: float
    offset: float = 0.0

    def si(self, number: float) -> float:
        """Return the SI value of a number in the unit."""
        return self.factor * number + self.offset

    def difference(self, number: float) -> float:
        """Return the SI value of a difference in the unit, such as an uncertainty: without the offset."""
        return self.factor * number

    def number(self, si: float) -> float:
        """Return the number in the unit of an SI value."""
        return (si - self.offset) / self.factor


_PLAIN: Final[dict[str, tuple[str, float]]] = {
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
"""Units of the shipped materials, (SI unit, factor): importing pint takes longer than reading them all."""


def plain_scale(unit: str) -> Scale:
    """Return the scale of a unit in which properties are shown; it needs no pint.

    Raises
    ------
    KeyError
        The unit is none of those of the shipped materials.

    """
    return Scale(_PLAIN[unit][1])


def scale_of(unit: str, si: str, shown: str = "") -> Scale:
    """Return the scale of a unit that has to measure the same thing as an SI unit.

    Parameters
    ----------
    unit
        As a user writes it: ``"GPa"``, ``"degC"``, ``"BTU/(ft hr degF)"``, ``"1e-6/K"``; ``""`` and ``"1"``
        for plain numbers.
    si
        The SI unit; :data:`DIFFERENCE` for differences of temperatures. Temperatures may be in units that
        count from a zero of their own, differences may not, and inside a compound unit a degree is a
        difference: ``W/m/degC`` is ``W/m/K``.
    shown
        What messages quote; the unit by default.

    Raises
    ------
    QuantityError
        With code ``unknown-unit`` or ``wrong-dimension``.

    """
    known = _PLAIN.get(unit)
    if known is not None and known[0] == ("K" if si == DIFFERENCE else si):
        return Scale(known[1])
    try:
        return _read(unit, si)
    except _OtherKindError as error:
        quoted = shortened(shown or unit or "1")
        raise QuantityError("wrong-dimension", f'"{quoted}" {error}', error.remedy) from error
    except _NoUnitError as error:
        raise QuantityError("unknown-unit", f'"{shortened(unit)}" is not a unit', "") from error


def convert(number: float, unit: str, wanted: str, *, difference: bool = False) -> float:
    """Convert a number from one unit of a user to another one.

    Parameters
    ----------
    number, unit
        What was given; an empty unit for a plain number.
    wanted
        Unit of the result.
    difference
        Whether it is a difference, such as a standard deviation: offsets of temperatures are then left out.

    Raises
    ------
    QuantityError
        A unit is unknown, or the two measure different things.

    """
    si = _si_of(wanted)
    own = _si_of(unit) if difference and si in {"K", DIFFERENCE} else si
    temperatures = own in {"K", DIFFERENCE}
    given = scale_of(unit, own if temperatures else si, f"{number:g} {unit}".strip())
    target = scale_of(wanted, si)
    if difference:
        return given.difference(number) / target.factor
    return target.number(given.si(number))


class _NoUnitError(Exception):
    """A text is no unit."""


class _OtherKindError(Exception):
    """A unit measures something else than what is wanted; the message goes behind the quoted text."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


@lru_cache(maxsize=1024)
def _read(unit: str, si: str) -> Scale:
    """Return the scale of a unit; see :func:`scale_of`."""
    multiple, found = _parsed(unit)
    scale = _against(unit, found, si)
    if scale.offset and multiple != 1.0:
        raise _NoUnitError
    return Scale(multiple * scale.factor, scale.offset)


def _parsed(text: str) -> tuple[float, Any]:
    """Split off a multiple and let pint read the rest."""
    from pint.errors import PintError

    match = SCALED_UNIT.fullmatch(plain(text)) if len(text) <= LONGEST else None
    if match is None:
        raise _NoUnitError
    number = match["multiple"] or "1"
    multiple = 10.0 ** int(number[3:]) if number.startswith("10^") else float(number)
    body = f"1{match['unit']}" if match["unit"].startswith("/") else match["unit"]
    if not 0.0 < multiple < math.inf:
        raise _NoUnitError
    try:
        return multiple, registry().parse_units(spelled(body))
    except (PintError, ArithmeticError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise _NoUnitError from error


def _against(text: str, found: Any, si: str) -> Scale:
    """Measure a unit of pint against an SI unit."""
    from pint.errors import DimensionalityError, PintError

    units = registry()
    target = units.parse_units("kelvin" if si == DIFFERENCE else "" if si == "1" else spelled(si))
    try:
        zero = float(units.Quantity(0.0, found).to(target).magnitude)
        if is_angle(found) != is_angle(target):
            raise _other_kind(text, found, target)
        if si == DIFFERENCE and zero:
            message = "counts from a zero of its own, a difference of temperatures is needed"
            raise _OtherKindError(message, "write K, or delta_degC")
        if si == "K" and _is_difference(found):
            message = "is a difference, a temperature is needed"
            raise _OtherKindError(message, f"write K, or {text.removeprefix('delta_')}")
        step = units.parse_units(f"delta_{found}") if zero else found
        return Scale(float(units.Quantity(1.0, step).to(target).magnitude), zero)
    except DimensionalityError as error:
        raise _other_kind(text, found, target) from error
    except (PintError, ArithmeticError) as error:
        raise _NoUnitError from error


def _is_difference(unit: Any) -> bool:
    return "delta_" in str(unit)


def _si_of(text: str) -> str:
    """Name the SI unit of what a unit measures."""
    units = registry()
    try:
        _, found = _parsed(text)
    except _NoUnitError as error:
        raise QuantityError("unknown-unit", f'"{shortened(text)}" is not a unit', "") from error
    if units.get_dimensionality(found) == units.get_dimensionality("K"):
        return DIFFERENCE if _is_difference(found) else "K"
    return str(units.get_base_units(found)[1])


def _other_kind(text: str, found: Any, target: Any) -> _OtherKindError:
    kind = kind_of(target)
    letter = {"C": "coulomb", "F": "farad"}.get(text) if kind == "a temperature" else None
    remedy = f"{text} is the {letter}: write deg{text}" if letter else ""
    return _OtherKindError(f"is {kind_of(found)}, not {kind}", remedy)
