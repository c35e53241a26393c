"""Rows of ``lunarflag materials list``, and the properties that the other verbs ask for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from materials.views import view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials import Material
    from materials.prop import Property


def row(material: Material, keys: Sequence[str], temperature: float) -> dict[str, Any]:
    """Describe a material with some of its properties at a temperature in K.

    Returns
    -------
    dict
        Plain data, but for ``texts``: the values as people write them, by property.

    """
    found = {key: material.find(key) for key in keys}
    return {
        **material.describe(),
        "properties": {
            key: None if prop is None else view.property_record(prop, temperature)
            for key, prop in found.items()
        },
        "texts": {
            key: "no data" if prop is None else view.value_text(prop, temperature)
            for key, prop in found.items()
        },
    }


def sorted_rows(rows: Sequence[dict[str, Any]], key: str, *, largest_first: bool) -> list[dict[str, Any]]:
    """Sort rows by a property; those without a value come last."""

    def value(one: dict[str, Any]) -> float:
        record = one["properties"][key]
        return math.nan if record is None or record["value"] is None else float(record["value"])

    known = [one for one in rows if not math.isnan(value(one))]
    unknown = [one for one in rows if math.isnan(value(one))]
    return [*sorted(known, key=value, reverse=largest_first), *unknown]


def needed(material: Material, key: str) -> Property:
    """Return a property that a verb cannot do without.

    Raises
    ------
    NoDataError
        The material has no such datum.
    MaterialError
        There is no property of that name.

    """
    found = material.find(key)
    if found is None:
        name, _, direction = key.partition(".")
        return material.property(name, direction)
    return found


def chosen_properties(material: Material, keys: Sequence[str]) -> list[Property]:
    """Return the properties of these names or keys; all without any."""
    return [prop for prop in material.every_property() if not keys or prop.name in keys or prop.key in keys]
