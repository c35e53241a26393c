"""Quantities with units, parsed once at the edge: inside the package everything is an SI float.

A field of a case is declared with one of the types below (``width: Length``); it accepts a string such as
``"2000 mm"`` and holds metres.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic_core import PydanticCustomError, core_schema

from materials.units import NUMBER, QuantityError, parse, shortened

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

_SPOKEN: Final = {"delta_K": ("K", 1.0), "rad": ("deg", 180.0 / math.pi)}
"""Unit in which bounds of an SI unit are told, and its size against the SI one."""


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
    words
        What may stand instead of a quantity, such as ``"equilibrium"``; held as it is.

    """

    unit: str
    example: str
    units: tuple[str, ...] = ()
    above: float = -math.inf
    least: float = -math.inf
    most: float = math.inf
    below: float = math.inf
    words: tuple[str | bool, ...] = ()

    def validate(self, given: object) -> float | str | bool:
        """Convert what a case file holds to SI, or raise pydantic's error with a code of the catalogue."""
        for word in self.words:
            if given is word or (isinstance(word, str) and given == word):
                return word
        try:
            value = self._value(given)
        except QuantityError as error:
            remedy = error.remedy + self._words_advice
            context = {"remedy": remedy, "message": error.message, "example": self.example}
            raise PydanticCustomError(error.code, "{message}", context) from error
        if not (value > self.above and self.least <= value <= self.most and value < self.below):
            message = f"{_shown(given)} is out of range"
            context = {"remedy": self.range_advice, "message": message, "example": self.example}
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
        unit, scale = _SPOKEN.get(self.unit, (self.unit, 1.0))
        bounds = [
            f"{word} {bound * scale:g} {unit}".rstrip()
            for word, bound in (
                ("above", self.above),
                ("at least", self.least),
                ("at most", self.most),
                ("below", self.below),
            )
            if math.isfinite(bound)
        ]
        return f'it must be {" and ".join(bounds)}, e.g. "{self.example}"'

    @property
    def _words_advice(self) -> str:
        return "".join(f" or {json.dumps(word)}" for word in self.words)

    def text(self, value: float | str | bool) -> str | float | bool:  # noqa: FBT001  (`false` is a word)
        """Write a value held as a quantity in SI; a dimensionless one and a word stay what they are."""
        if value in self.words and not isinstance(value, float):
            return value
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
        text = {"type": "string", "pattern": rf"^\s*{NUMBER}\s*({names})\s*$".replace("(?:", "(")}
        choices: list[JsonSchemaValue] = [text]
        if not self.unit:
            choices.insert(0, {"type": "number"})
        if self.words:
            choices.append({"enum": list(self.words)})
        form = text if len(choices) == 1 else {"anyOf": choices}
        return {**form, "examples": [self.example]}


def _shown(given: object) -> str:
    """Show what was given as it stood in the file."""
    return f'"{shortened(given)}"' if isinstance(given, str) else shortened(given)


LENGTH_UNITS: Final = ("nm", "um", "µm", "mm", "cm", "dm", "m", "km", "inch", "in", "ft", "foot")
ANGLE_UNITS: Final = ("deg", "degree", "degrees", "°", "rad", "mrad", "arcmin", "arcsec")
TIME_UNITS: Final = (
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

TEMPERATURE_UNITS: Final = ("K", "kelvin", "degC", "°C", "degF")
"""Common units of temperature."""
DIFFERENCE_UNITS: Final = ("K", "mK", "delta_degC")
"""Common units of temperature differences."""

Coordinate = Annotated[float, Quantity("m", "1.2 m", LENGTH_UNITS)]
"""A length of either sign, m."""
Length = Annotated[float, Quantity("m", "2000 mm", LENGTH_UNITS, above=0.0)]
"""A length above zero, m."""
Thickness = Annotated[float, Quantity("m", "1.0 mm", LENGTH_UNITS, above=0.0, most=1.0)]
"""A wall thickness above zero, m."""
NonNegativeLength = Annotated[float, Quantity("m", "10 mm", LENGTH_UNITS, least=0.0)]
"""A length of zero or more, m."""
Angle = Annotated[float, Quantity("rad", "90 deg", ANGLE_UNITS, least=-4 * math.pi, most=4 * math.pi)]
"""An angle, rad."""
Temperature = Annotated[float, Quantity("K", "290 K", TEMPERATURE_UNITS, above=0.0, most=5000.0)]
"""A temperature above absolute zero, K."""
TemperatureTolerance = Annotated[
    float, Quantity("delta_K", "0.05 K", DIFFERENCE_UNITS, least=1e-6, most=100.0)
]
"""A permitted error of a temperature, K."""
Duration = Annotated[float, Quantity("s", "1 lunation", TIME_UNITS, above=0.0)]
"""A time above zero, s."""
Delay = Annotated[float, Quantity("s", "6 h", TIME_UNITS, least=0.0)]
"""A time of zero or more, s."""
HeatCapacity = Annotated[float, Quantity("J/K", "500 kJ/K", ("J/K", "kJ/K", "MJ/K"), above=0.0)]
"""The heat capacity of a whole body, J/K."""
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
ContactConductance = Annotated[
    float, Quantity("W/m**2/K", "0.1 W/m^2/K", ("W/m^2/K", "W/m**2/K", "W/m2/K", "W/(m^2 K)"), least=0.0)
]
"""A conductance per area of two bodies that may or may not touch, W/m2/K."""
HeatFlux = Annotated[
    float, Quantity("W/m**2", "5 kW/m^2", ("W/m^2", "W/m**2", "kW/m^2", "kW/m**2"), above=0.0)
]
"""A heat flux, W/m2."""
Fraction = Annotated[float, Quantity("", "7 %", ("%", "percent"), least=0.0, most=1.0)]
"""A fraction between 0 and 1."""
