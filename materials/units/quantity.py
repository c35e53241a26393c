"""Quantities: a number and its unit in one text."""

from __future__ import annotations

import math

from materials.units.errors import QuantityError, shortened
from materials.units.grammar import LONGEST, QUANTITY, plain
from materials.units.scale import DIFFERENCE, scale_of


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
    usual = f"1 {'K' if unit == DIFFERENCE else unit}".strip()
    advice = f'write e.g. "{example or usual}"'
    match = QUANTITY.fullmatch(plain(text)) if len(text) <= LONGEST else None
    if match is None:
        raise QuantityError("not-a-quantity", f'"{shortened(text)}" is not a number with a unit', advice)
    if not match["unit"] and unit:
        raise QuantityError("missing-unit", f'"{text}" has no unit', advice)
    number = float(match["number"])
    try:
        scale = scale_of(match["unit"], unit or "1", f"{number:g} {match['unit']}".strip())
    except QuantityError as error:
        raise QuantityError(
            error.code, error.message, "; ".join(filter(None, (error.remedy, advice)))
        ) from error
    value = scale.si(number)
    if not math.isfinite(value):
        raise QuantityError("not-finite", f'"{text}" is too large to be a finite number', advice)
    return value
