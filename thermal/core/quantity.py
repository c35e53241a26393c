"""Parsing of quantities with units by pint, which is imported only when the first one is parsed."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pint

NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
"""Regular expression of a number, as a quantity begins with."""
_FACTOR: Final = r"[A-Za-zµμ°Ω%_]+(?:(?:\*\*|\^)?-?[1-9])?"
_PRODUCT: Final = rf"{_FACTOR}(?:\s*[* ]\s*{_FACTOR})*"
_UNIT: Final = rf"(?:{_PRODUCT}|1(?=\s*/))(?:\s*/\s*(?:{_FACTOR}|\({_PRODUCT}\)))*"
_QUANTITY: Final = re.compile(rf"\s*(?P<number>{NUMBER})\s*(?P<unit>(?:{_UNIT})?)\s*", re.ASCII)
_POWER: Final = re.compile(r"(?<=[A-Za-z])(-?\d)")
_LONGEST: Final = 60


class QuantityError(ValueError):
    """A text is not a quantity of the wanted dimension.

    Parameters
    ----------
    code
        Key of the error catalogue.
    message
        What is wrong, without a full stop.
    remedy
        What to write instead.

    """

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


@cache
def registry() -> pint.UnitRegistry[Any]:
    """Return the unit registry: pint's own units and ``lunation`` (29.530589 d; ``year`` is 365.25 d)."""
    import pint  # noqa: PLC0415  (0.2 s that --help must not pay)

    units: pint.UnitRegistry[Any] = pint.UnitRegistry()
    units.define("lunation = 29.530589 * day")
    return units


def parse(text: str, unit: str, example: str = "") -> float:
    """Convert a quantity with its unit to a float in SI.

    Parameters
    ----------
    text
        Number and unit, such as ``"2000 mm"``, ``"1 W/m/K"``, ``"16.85 degC"`` or ``"7 %"``.
    unit
        The unit of the result, such as ``"m"``; ``""`` for a dimensionless number, ``"delta_K"`` for a
        difference of temperatures, where degrees with an offset are refused.
    example
        What to advise when the text is wrong; by default ``"1 <unit>"``.

    Returns
    -------
    float
        The value in ``unit``.

    Raises
    ------
    QuantityError
        If the text is no quantity, its unit is unknown, its dimension differs or its value is not finite.

    """
    advice = f'write e.g. "{example or f"1 {unit}".strip()}"'
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise QuantityError("not-a-quantity", f'"{shortened(text)}" is not a number with a unit', advice)
    if not match["unit"] and unit:
        raise QuantityError("missing-unit", f'"{text}" has no unit', advice)
    value = _converted(float(match["number"]), match["unit"], unit, advice)
    if not math.isfinite(value):
        raise QuantityError("not-finite", f'"{text}" is too large to be a finite number', advice)
    return value


def _converted(number: float, given: str, wanted: str, advice: str) -> float:
    """Convert a number from the unit given to the unit wanted by pint."""
    from pint.errors import DimensionalityError, PintError  # noqa: PLC0415  (see registry)

    units = registry()
    target = "kelvin" if wanted == "delta_K" else wanted
    try:
        unit = units.parse_units(_spelled(given))
        if wanted == "delta_K" and units.Quantity(0.0, unit).to(target).magnitude != 0.0:
            message = f'"{given}" counts from a zero of its own, a difference of temperatures is needed'
            raise QuantityError("wrong-dimension", message, advice)
        if _is_angle(unit) != _is_angle(units.Unit(target)):
            raise _wrong_dimension(number, given, unit, target, advice)
        return float(units.Quantity(number, unit).to(target).magnitude)
    except DimensionalityError as error:
        raise _wrong_dimension(number, given, unit, target, advice) from error
    except (PintError, ArithmeticError, KeyError) as error:
        raise QuantityError("unknown-unit", f'"{given}" is not a unit', advice) from error


def _wrong_dimension(number: float, given: str, unit: object, target: str, advice: str) -> QuantityError:
    message = f'"{f"{number:g} {given}".strip()}" is {_kind(unit)}, not {_kind(target)}'
    return QuantityError("wrong-dimension", message, advice)


def _is_angle(unit: Any) -> bool:
    """Tell an angle from a plain number, which pint does not: both have no dimension."""
    return bool(registry().get_base_units(unit)[1] == registry().Unit("radian"))


def _spelled(unit: str) -> str:
    """Spell a unit as pint reads it: ``W/m2/K`` as ``W/m**2/K``, ``%`` as ``percent``."""
    return _POWER.sub(r"**\1", unit.replace("%", "percent"))


_KINDS: Final = (
    ("a plain number", ""),
    ("a length", "m"),
    ("an area", "m**2"),
    ("a mass", "kg"),
    ("a mass per area", "kg/m**2"),
    ("a time", "s"),
    ("a temperature", "K"),
    ("a power", "W"),
    ("a heat flux", "W/m**2"),
    ("a heat capacity", "J/K"),
    ("a conductance", "W/K"),
    ("a conductance per length", "W/m/K"),
    ("a conductance per area", "W/m**2/K"),
)


def _kind(unit: object) -> str:
    """Name what a unit measures, in words where it has a name."""
    units = registry()
    if _is_angle(unit):
        return "an angle"
    dimension = units.get_dimensionality(unit)
    for name, reference in _KINDS:
        if dimension == units.get_dimensionality(reference):
            return name
    return f"in {units.get_base_units(unit)[1]:~P}"


def shortened(text: object) -> str:
    """Cut a text to a length that a message can carry."""
    shown = str(text)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."
