"""Members that change a property of the material database: keys ``material.NAME.PROPERTY[.DIRECTION]``.

A value is ``"0.5 sigma"`` (so many of the datum's own standard deviations), ``"1.1 times"``, or a quantity:
then the property has that value at 293 K and keeps the shape of its curve. A draw is cut at what is possible,
as a wide uncertainty may reach beyond it; a value that was written out is refused there.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from materials import Database, Material
from materials.schema.quantities import QUANTITIES
from materials.units import QuantityError, parse
from thermal.core.errors import MaterialError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from materials import Property

PREFIX = "material."


class PatchedDatabase(Database):
    """A database some of whose materials are replaced.

    Parameters
    ----------
    inner
        Where all others come from.
    changed
        Materials by name.

    """

    def __init__(self, inner: Database, changed: Mapping[str, Material]) -> None:
        super().__init__(inner.files)
        self._inner = inner
        self._changed = dict(changed)

    def __getitem__(self, name: str) -> Material:
        return self._changed[name] if name in self._changed else self._inner[name]


def patched(database: Database, patch: Mapping[str, str]) -> Database:
    """Apply the entries of a patch that concern materials.

    Raises
    ------
    MaterialError
        All keys and values that cannot be applied.

    """
    changed: dict[str, Material] = {}
    problems: list[Problem] = []
    for key, text in patch.items():
        if key.startswith(PREFIX):
            name, _, property_key = key.removeprefix(PREFIX).partition(".")
            try:
                material = changed.get(name) or database[name]
                found = material.find(property_key)
            except MaterialError as error:
                problems += [replace(one, code="study-unknown-key", where=key) for one in error.problems]
                continue
            try:
                changed[name] = _with_value(material, found, key, text)
            except MaterialError as error:
                problems += error.problems
    if problems:
        raise MaterialError(problems)
    return PatchedDatabase(database, changed) if changed else database


def _with_value(material: Material, found: Property | None, key: str, text: str) -> Material:
    if found is None:
        message = "the database has no such datum, so that there is nothing to vary"
        raise MaterialError(Problem("no-data", key, message, "add it to a material file of your own"))
    return material.with_property(found.name, found.direction, _varied(found, key, text))


def _varied(datum: Property, key: str, text: str) -> Property:
    number, _, word = text.strip().partition(" ")
    try:
        match word.strip():
            case "sigma":
                return datum.perturbed(_finite(number))
            case "times":
                factor = _finite(number)
            case _:
                factor = parse(text, "" if datum.unit == "1" else datum.unit) / datum.level
    except (ValueError, QuantityError, ArithmeticError) as error:
        usual = f"{datum.level / datum.display_factor:g} {datum.display_unit}".removesuffix(" 1")
        remedy = f'write e.g. "0.5 sigma", "1.1 times" or "{usual}"'
        raise MaterialError(Problem("study-invalid", key, f'"{text}": {error}', remedy)) from error
    _refuse_impossible(datum, factor * datum.level, key, text)
    return datum.scaled(factor)


def _finite(number: str) -> float:
    """Read a number that is neither infinite nor NaN.

    Raises
    ------
    ValueError
        It is, or it is no number.

    """
    value = float(number)
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    return value


def _refuse_impossible(datum: Property, level: float, key: str, text: str) -> None:
    """Refuse a level (SI) that no material has: cut to the bound, the table would name what was not run.

    Raises
    ------
    MaterialError
        The level lies outside the bounds of its quantity.

    """
    quantity = QUANTITIES[datum.name]
    # A factor of exactly the bound over the level may miss the bound by rounding.
    slack = 1e-12 * abs(level)
    if math.isfinite(level) and quantity.low - slack <= level <= quantity.high + slack:
        return
    unit = "" if datum.unit == "1" else f" {datum.unit.removeprefix('delta_')}"
    bounds = [
        f"{word} {bound:g}{unit}"
        for word, bound in (("at least", quantity.low), ("at most", quantity.high))
        if math.isfinite(bound)
    ]
    message = f'"{text}": {datum.name} cannot be {level:g}{unit}'
    remedy = f"it must be {' and '.join(bounds)}"
    raise MaterialError(Problem("study-invalid", key, message, remedy))


def case_keys(patch: Mapping[str, str]) -> dict[str, str]:
    """Entries of a patch that concern the case file."""
    return {key: text for key, text in patch.items() if not key.startswith(PREFIX)}
