"""Quantities with units, parsed once at the edge: inside the package everything is an SI float.

A field of a case is declared with one of the types below (``width: Length``); it accepts a string such as
``"2000 mm"`` and holds metres. pint is imported only when the first quantity is parsed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic_core import PydanticCustomError, core_schema

if TYPE_CHECKING:
    import pint
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_QUANTITY: Final = re.compile(rf"\s*(?P<number>{_NUMBER})\s*(?P<unit>[^\d\s.+-].*?|1\s*/.*?|)\s*", re.ASCII)
_UNIT: Final = re.compile(r"[A-Za-z0-9µμ°Ω%_^*/() .-]{0,40}")
_LARGE_EXPONENT: Final = re.compile(r"\d{2,}")


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
    match = _QUANTITY.fullmatch(text) if len(text) <= 80 else None
    if match is None or not _UNIT.fullmatch(match["unit"]) or _LARGE_EXPONENT.search(match["unit"]):
        raise QuantityError("not-a-quantity", f'"{_shortened(text)}" is not a number with a unit', advice)
    if not match["unit"] and unit:
        raise QuantityError("missing-unit", f'"{text}" has no unit', advice)
    value = _converted(float(match["number"]), match["unit"], unit, advice)
    if not math.isfinite(value):
        raise QuantityError("not-finite", f'"{text}" is too large to be a finite number', advice)
    return value


def _converted(number: float, given: str, wanted: str, advice: str) -> float:
    """Convert a number from the unit given to the unit wanted by pint."""
    from pint.errors import DimensionalityError, OffsetUnitCalculusError, PintError  # noqa: PLC0415  (see registry)

    units = registry()
    target = "kelvin" if wanted == "delta_K" else wanted
    try:
        quantity = units.Quantity(number, units.parse_units(given.replace("%", "percent")))
        if wanted == "delta_K" and not quantity._is_multiplicative:  # noqa: SLF001  (pint has no public query)
            raise QuantityError("wrong-dimension", f'"{given}" has an offset, a difference is needed', advice)
        return float(quantity.to(target).magnitude)
    except DimensionalityError as error:
        message = f'"{given}" is {_named(error.dim1)}, {_named(error.dim2)} is needed'
        raise QuantityError("wrong-dimension", message, advice) from error
    except OffsetUnitCalculusError as error:
        raise QuantityError("wrong-dimension", f'"{given}" mixes units with an offset', advice) from error
    except (PintError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise QuantityError("unknown-unit", f'"{given}" is not a unit', advice) from error


def _named(dimension: object) -> str:
    """Name a dimension of pint in words that a message can use."""
    text = str(dimension).strip("() ") or "dimensionless"
    if text == "dimensionless":
        return "a plain number"
    return f"of dimension {text.replace(' ** ', '^').replace(' * ', ' ').replace(' / ', '/')}"


def _shortened(text: object) -> str:
    """Cut a text to a length that a message can carry."""
    shown = str(text)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


@dataclass(frozen=True, slots=True)
class Quantity:
    """Annotation that makes a float field accept a quantity with its unit.

    Parameters
    ----------
    unit
        SI unit of the value held; see :func:`parse`.
    example
        What a user may write; flows into messages, JSON Schema and the case reference.
    units
        Common units of this dimension, for the pattern of the JSON Schema (the loader accepts all of pint's).
    above, least, most, below
        Bounds in ``unit``: exclusive lower, inclusive lower, inclusive upper, exclusive upper.

    """

    unit: str
    example: str
    units: tuple[str, ...] = ()
    above: float = -math.inf
    least: float = -math.inf
    most: float = math.inf
    below: float = math.inf

    def validate(self, given: object) -> float:
        """Convert what a case file holds to SI, or raise pydantic's error with a code of the catalogue."""
        try:
            value = self._value(given)
        except QuantityError as error:
            context = {"remedy": error.remedy, "message": error.message}
            raise PydanticCustomError(error.code, "{message}", context) from error  # type: ignore[arg-type]
        if not (value > self.above and self.least <= value <= self.most and value < self.below):
            context = {"message": f"{_shown(given)} is out of range", "remedy": self.range_advice}
            raise PydanticCustomError("out-of-range", "{message}", context)
        return value

    def _value(self, given: object) -> float:
        advice = f'write e.g. "{self.example}"'
        if isinstance(given, str):
            return parse(given, self.unit, self.example)
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise QuantityError("not-a-quantity", f"{_shown(given)} is not a number with a unit", advice)
        if self.unit:
            raise QuantityError("missing-unit", f"{_shown(given)} has no unit", advice)
        if not math.isfinite(given) or abs(given) > 1e300:
            raise QuantityError("not-finite", f"{_shown(given)} is not a finite number", advice)
        return float(given)

    @property
    def range_advice(self) -> str:
        """The range in words, with the example."""
        unit = "K" if self.unit == "delta_K" else self.unit
        bounds = [
            f"{word} {bound:g} {unit}".rstrip()
            for word, bound in (
                ("above", self.above),
                ("at least", self.least),
                ("at most", self.most),
                ("below", self.below),
            )
            if math.isfinite(bound)
        ]
        return f'it must be {" and ".join(bounds)}, e.g. "{self.example}"'

    def text(self, value: float) -> str | float:
        """Write a value held as a quantity in SI; a dimensionless one stays a number."""
        unit = "K" if self.unit == "delta_K" else self.unit
        return f"{value!r} {unit}" if unit else value

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.validate,
            serialization=core_schema.plain_serializer_function_ser_schema(self.text),
            metadata={"quantity": self},
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        names = "|".join(re.escape(unit) for unit in self.units) or r"\S.*"
        text = {"type": "string", "pattern": rf"^\s*{_NUMBER}\s*({names})\s*$".replace("(?:", "(")}
        if self.unit:
            return {**text, "examples": [self.example], "x-unit": self.unit}
        return {"anyOf": [{"type": "number"}, text], "examples": [self.example]}


def _shown(given: object) -> str:
    """Show what was given as it stood in the file."""
    return f'"{_shortened(given)}"' if isinstance(given, str) else _shortened(given)


_LENGTHS: Final = ("nm", "um", "µm", "mm", "cm", "dm", "m", "km", "inch", "in", "ft", "foot")
_ANGLES: Final = ("deg", "degree", "degrees", "°", "rad", "mrad", "arcmin", "arcsec")
_TIMES: Final = (
    "ms",
    "s",
    "min",
    "h",
    "hour",
    "hours",
    "d",
    "day",
    "days",
    "lunation",
    "lunations",
    "year",
    "years",
)

Coordinate = Annotated[float, Quantity("m", "1.2 m", _LENGTHS)]
"""A length of either sign, m."""
Length = Annotated[float, Quantity("m", "2000 mm", _LENGTHS, above=0.0)]
"""A length above zero, m."""
Thickness = Annotated[float, Quantity("m", "1.0 mm", _LENGTHS, above=0.0, most=1.0)]
"""A wall thickness above zero, m."""
NonNegativeLength = Annotated[float, Quantity("m", "10 mm", _LENGTHS, least=0.0)]
"""A length of zero or more, m."""
Angle = Annotated[float, Quantity("rad", "90 deg", _ANGLES, least=-4 * math.pi, most=4 * math.pi)]
"""An angle, rad."""
Temperature = Annotated[
    float, Quantity("K", "290 K", ("K", "kelvin", "degC", "°C", "degF"), above=0.0, most=5000.0)
]
"""A temperature above absolute zero, K."""
TemperatureDifference = Annotated[float, Quantity("delta_K", "5 K", ("K", "mK", "delta_degC"))]
"""A difference of temperatures, K."""
TemperatureTolerance = Annotated[
    float, Quantity("delta_K", "0.05 K", ("K", "mK", "delta_degC"), least=1e-6, most=100.0)
]
"""A permitted error of a temperature, K."""
Duration = Annotated[float, Quantity("s", "1 lunation", _TIMES, above=0.0)]
"""A time above zero, s."""
Delay = Annotated[float, Quantity("s", "6 h", _TIMES, least=0.0)]
"""A time of zero or more, s."""
Conductance = Annotated[float, Quantity("W/K", "0.5 W/K", ("W/K", "mW/K"), above=0.0)]
"""A conductance, W/K."""
LinearConductance = Annotated[
    float, Quantity("W/m/K", "1 W/m/K", ("W/m/K", "W/(m K)", "W/(m*K)", "mW/m/K"), above=0.0)
]
"""A conductance per length of a joint, W/m/K."""
ArealConductance = Annotated[
    float, Quantity("W/m**2/K", "1000 W/m^2/K", ("W/m^2/K", "W/m**2/K", "W/m2/K", "W/(m^2 K)"), above=0.0)
]
"""A conductance per area of a joint, W/m2/K."""
HeatFlux = Annotated[
    float, Quantity("W/m**2", "5 kW/m^2", ("W/m^2", "W/m**2", "kW/m^2", "kW/m**2"), above=0.0)
]
"""A heat flux, W/m2."""
Fraction = Annotated[float, Quantity("", "7 %", ("%", "percent"), least=0.0, most=1.0)]
"""A fraction between 0 and 1."""
PositiveNumber = Annotated[float, Quantity("", "1.25", ("%", "percent", ""), above=0.0)]
"""A plain number above zero."""
