"""Materials as plain data and as text: what the verbs print."""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from materials.laws import derived
from materials.problems import MaterialError, Problem
from materials.schema.quantities import QUANTITIES, name_advice
from materials.units import NUMBER, QuantityError, scale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from materials.laws.law import FloatArray
    from materials.material import Material
    from materials.prop import Property

BLOCKS: Final = "▁▂▃▄▅▆▇█"
CONDITION: Final = re.compile(rf"\s*([\w.]+)\s*(<=|>=|<|>)\s*({NUMBER})\s*(.*?)\s*", re.ASCII | re.DOTALL)
COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def shown_properties(material: Material) -> list[Property]:
    """All properties of a material, what follows for cloth included."""
    return [*material.every_property(), *derived.sheet_properties(material)]


def value_at(prop: Property, temperature: float) -> tuple[float, float] | None:
    """Value and half width in the display unit, or None outside the range."""
    low, high = prop.range_k
    if not low <= temperature <= high:
        return None
    factor = prop.display_factor
    return float(prop(temperature)) / factor, float(prop.uncertainty(temperature)) / factor


def property_record(prop: Property, temperature: float) -> dict[str, Any]:
    """One property at a temperature as plain data; null where the data do not reach."""
    found = value_at(prop, temperature)
    value, width = found if found is not None else (None, None)
    return {
        "value": _json_number(value),
        "unit": prop.display_unit,
        "uncertainty": _json_number(width),
        "range_k": list(prop.range_k) if prop.varies else None,
        "source": list(prop.source),
        "method": prop.method,
        "confidence": prop.confidence,
        "checked": prop.checked,
        "bound": prop.bound,
        "distribution": prop.distribution,
        "locator": prop.locator,
        "note": prop.note,
    }


def material_record(material: Material, temperature: float) -> dict[str, Any]:
    """Return a material at a temperature as plain data."""
    return {
        **material.describe(),
        "at_k": temperature,
        "properties": {prop.key: property_record(prop, temperature) for prop in shown_properties(material)},
        "surface_states": {
            state.name: {
                "title": state.title,
                "aliases": list(state.aliases),
                "lab": list(state.lab) if state.lab else None,
                "lab_method": state.lab_method,
            }
            for state in material.surface_states.values()
        },
        "not_applicable": dict(material.not_applicable),
        "alternatives": [
            {"property": one.property.key, "reason": one.reason, **property_record(one.property, temperature)}
            for one in material.alternatives
        ],
    }


def _json_number(value: float | None) -> float | None:
    """Ten digits, which hide the rounding of unit conversions; null for what JSON cannot say."""
    return float(f"{value:.10g}") if value is not None and math.isfinite(value) else None


def short(value: float, digits: int) -> str:
    """Write a number with so many digits, without an exponent where that is readable."""
    if value == 0.0 or not math.isfinite(value) or not 1e-3 <= abs(value) < 1e6:
        return f"{value:.{digits}g}"
    places = max(digits - 1 - math.floor(math.log10(abs(value))), 0)
    return f"{round(value, places):.{places}f}".rstrip("0").rstrip(".") if places else f"{round(value):d}"


def value_text(prop: Property, temperature: float) -> str:
    """Value and uncertainty as people write them; a factor as ``x/÷``."""
    found = value_at(prop, temperature)
    if found is None:
        return "outside its data"
    bound = {"exact": "", "at most": "≤ ", "at least": "≥ ", "about": "~ "}[prop.bound]
    value, width = found
    if not math.isfinite(value):
        return "none"
    spread = f"± {short(width, 2)}"
    if prop.distribution == "lognormal":
        spread = f"×÷ {short(float(prop.spread.factors(np.array(temperature, dtype=float))), 2)}"
    return f"{bound}{short(value, 4)} {spread}"


def sparkline(prop: Property, width: int = 16) -> str:
    """Draw a property over its range within 50 to 450 K with blocks; empty where it is constant."""
    if not prop.varies:
        return ""
    low, high = max(prop.range_k[0], 50.0), min(prop.range_k[1], 450.0)
    if high - low < 20.0:
        return ""
    values = prop(np.linspace(low, high, width))
    span = float(np.ptp(values))
    if span <= 1e-6 * float(np.max(np.abs(values))):
        return ""
    steps = np.rint((values - values.min()) / span * (len(BLOCKS) - 1)).astype(int)
    return "".join(BLOCKS[step] for step in steps)


def braille(
    curves: Mapping[str, tuple[FloatArray, FloatArray]], width: int = 64, height: int = 14
) -> list[str]:
    """Draw curves as lines of braille characters, each with 2 by 4 dots, scaled to fill the frame.

    Parameters
    ----------
    curves
        By name, x and y (n,); the name stands at the right end of its curve.
    width, height
        Of the frame, in characters.

    """
    drawn = list(curves.values())
    x_all, y_all = np.concatenate([x for x, _ in drawn]), np.concatenate([y for _, y in drawn])
    dots = np.zeros((height * 4, width * 2), dtype=bool)
    for x, y in drawn:
        fine = np.linspace(x[0], x[-1], 8 * width)
        column = np.rint((fine - x_all.min()) / max(float(np.ptp(x_all)), 1e-30) * (width * 2 - 1)).astype(
            int
        )
        level = (np.interp(fine, x, y) - y_all.min()) / max(float(np.ptp(y_all)), 1e-30)
        dots[np.rint((1.0 - level) * (height * 4 - 1)).astype(int), column] = True
    bits = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
    lines = []
    for row in range(height):
        cells = []
        for col in range(width):
            code = sum(bits[i][j] for i in range(4) for j in range(2) if dots[4 * row + i, 2 * col + j])
            cells.append(chr(0x2800 + code))
        lines.append("".join(cells))
    for name, (_, y) in curves.items():
        level = (float(y[-1]) - y_all.min()) / max(float(np.ptp(y_all)), 1e-30)
        lines[round((1.0 - level) * (height - 1))] += f" {name}"
    return lines


@dataclass(frozen=True)
class Condition:
    """A bound on a property, such as ``specific_heat > 900 J/(kg K)``.

    Parameters
    ----------
    key
        Property, with direction or surface if wanted.
    sign
        One of ``<``, ``<=``, ``>``, ``>=``.
    limit
        In SI.

    """

    key: str
    sign: str
    limit: float

    def holds(self, material: Material, temperature: float) -> bool:
        """Whether the material has the datum at that temperature, and within the bound."""
        prop = material.find(self.key)
        if prop is None or not prop.range_k[0] <= temperature <= prop.range_k[1]:
            return False
        return COMPARE[self.sign](float(prop(temperature)), self.limit)


def parse_condition(text: str) -> Condition:
    """Read a condition; a number without unit is a number, or per cent of what is shown in per cent.

    Raises
    ------
    MaterialError
        When it is no condition, or its unit is missing or does not fit.

    """
    found = CONDITION.fullmatch(text)
    if found is None:
        advice = 'write a property, < or >, and a quantity: "specific_heat > 900 J/(kg K)"'
        raise MaterialError(Problem("material-invalid-value", "--where", f"{text!r} is no condition", advice))
    key, sign, number, unit = found.groups()
    quantity = QUANTITIES[known_quantity(key)]
    if not unit and quantity.unit != "1":
        advice = f'write "{key} {sign} {number} {quantity.display}"'
        raise MaterialError(Problem("missing-unit", "--where", f"{text!r} has no unit", advice))
    try:
        limit = scale_of(unit or quantity.display, quantity.unit).si(float(number))
    except QuantityError as error:
        problem = Problem("material-wrong-unit", "--where", error.message, error.remedy)
        raise MaterialError(problem) from error
    return Condition(key, sign, limit)


def known_quantity(key: str) -> str:
    """Name of the property in a key.

    Raises
    ------
    MaterialError
        When there is no such property.

    """
    name = key.partition(".")[0]
    if name in QUANTITIES:
        return name
    raise MaterialError(Problem("unknown-property", key, f"there is no property {name!r}", name_advice(name)))
