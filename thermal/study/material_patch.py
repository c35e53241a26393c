"""Members that change a property of the material database: keys ``material.NAME.PROPERTY[.DIRECTION]``.

A value is ``"0.5 sigma"`` (so many of the datum's own standard deviations), ``"1.1 times"``, or a quantity:
then the property has that value at 293 K and keeps the shape of its curve.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from materials import Database, Material
from thermal.errors import MaterialError, Problem
from thermal.study.amount import read_amount
from thermal.units import QuantityError, parse

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
                return datum.perturbed(float(number))
            case "times":
                return datum.scaled(float(number))
            case _:
                amount = read_amount(text)
                wanted = parse(text, datum.unit) if amount.unit else amount.magnitude
                return datum.scaled(wanted / datum.level)
    except (ValueError, QuantityError, ZeroDivisionError) as error:
        remedy = f'write e.g. "0.5 sigma", "1.1 times" or "{datum.level:g} {datum.unit}"'
        raise MaterialError(Problem("study-invalid", key, f'"{text}": {error}', remedy)) from error


def case_keys(patch: Mapping[str, str]) -> dict[str, str]:
    """Entries of a patch that concern the case file."""
    return {key: text for key, text in patch.items() if not key.startswith(PREFIX)}
