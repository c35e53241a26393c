"""Every number of the collected data sheets (published.csv) against the database, within its uncertainty."""

import csv
import math
import re
from pathlib import Path

import numpy as np
import pytest

import materials
from materials.schema.quantities import QUANTITIES, SURFACE_QUANTITIES, normal_direction
from materials.units import plain_scale

DB = materials.load_database()
ROWS = list(csv.DictReader((Path(__file__).parent / "published.csv").open(encoding="utf-8")))
NAMES = list(dict.fromkeys(row["material"] for row in ROWS))
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?")
SPAN = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
FIBRE_WIDE = ("hemispherical_total", "normal_8_12_um")


def half_width(row, value, quantity):
    """The stated uncertainty of a row in its own unit."""
    text = row["uncertainty"]
    if "/±" in text:
        first, second = text.split("/")
        text = first if quantity == "solar_absorptance" else second
    if text.endswith("%"):
        return abs(value) * float(text[:-1]) / 100.0
    if text.startswith("factor"):
        return abs(value) * (float(text.split()[1]) - 1.0)
    found = NUMBER.search(text)
    return float(found.group(0)) if found else 0.0


def candidates(material, row):
    """The property of a row, with the alternatives that are kept beside it."""
    name, direction = row["property"], normal_direction(row["direction"])
    if name in SURFACE_QUANTITIES:
        if name == "solar_transmittance" or direction in FIBRE_WIDE:
            direction = "natural"
        direction = direction.replace("(", "").replace(")", "")
        found = material.surface(direction).properties[name]
    else:
        found = material.get(
            name, {"": "undyed"}.get(direction, direction) if name.startswith("delta_alpha") else direction
        )
        if found is None:
            found = material.property(name, direction)
    return [found, *(one.property for one in material.alternatives if one.property.name == name)]


@pytest.mark.parametrize("name", NAMES)
def test_data_sheet_values_lie_within_their_uncertainty(name):
    material = DB[name]
    compared = 0
    for row in ROWS:
        quantity = row["property"]
        if row["material"] != name or quantity == "design_curve":
            continue
        span = SPAN.fullmatch(row["value"].strip("~"))
        if not NUMBER.fullmatch(row["value"]) and span is None:
            continue
        value = float(row["value"]) if span is None else (float(span[1]) + float(span[2])) / 2.0
        width = half_width(row, value, quantity) + (
            0.0 if span is None else (float(span[2]) - float(span[1])) / 2.0
        )
        factor = plain_scale(row["unit"]).factor
        temperature = float(row["T_K"] or 293.0)
        close = []
        for prop in candidates(material, row):
            low, high = prop.range_k
            if low <= temperature <= high:
                close.append(abs(float(prop(temperature)) / factor - value) <= max(width, 2e-3 * abs(value)))
        assert any(close[:1]) or any(close), (quantity, row["direction"], temperature, row["value"])
        compared += 1
    assert compared >= 3


def test_text_values_are_kept_as_bounds_or_as_not_applicable():
    seen = 0
    for row in ROWS:
        if NUMBER.fullmatch(row["value"]) or SPAN.fullmatch(row["value"].strip("~")):
            continue
        material = DB[row["material"]]
        if row["property"] == "uv_half_strength_dose":
            assert material.property("uv_half_strength_dose").level == math.inf
        elif row["value"] in ("none", "n/a"):
            assert row["property"] in material.not_applicable
        elif row["property"] != "design_curve":
            prop = material.property(row["property"])
            assert prop.bound == "at most" or not row["value"].startswith("<=")
            assert prop.bound != "exact" or not row["value"].startswith(("~", ">"))
        seen += 1
    assert seen > 40


def test_units_of_the_data_sheets_are_those_shown():
    for row in ROWS:
        if row["property"] != "design_curve":
            assert QUANTITIES[row["property"]].display == row["unit"], row["property"]


CONFLICTS = [  # conflicts and how they are settled: preferred value at a temperature, and the one set aside
    ("kapton_hn", "specific_heat", 300.0, 1090.0, 755.0),
    ("kapton_hn", "thermal_conductivity.in_plane", 296.0, 0.19, 0.376),
    ("invar36", "thermal_conductivity", 300.0, 13.8, 10.0),
    ("nylon66", "specific_heat", 300.0, 1619.0, 1460.0),
    ("al6061_t6", "specific_heat", 300.0, 905.0, 954.0),
    ("al6061_t6", "thermal_conductivity", 300.0, 155.0, 167.0),
    ("niti", "specific_heat", 300.0, 480.0, 837.0),
    ("kevlar49", "thermal_conductivity.axial", 300.0, 3.66, 3.1),
    ("pet", "thermal_conductivity.film", 77.0, 0.156, 0.61),
]


@pytest.mark.parametrize(("name", "key", "temperature", "preferred", "aside"), CONFLICTS)
def test_conflicts_are_settled_and_the_other_value_is_kept(name, key, temperature, preferred, aside):
    material = DB[name]
    assert float(material.find(key)(temperature)) == pytest.approx(preferred, rel=0.01)
    others = [one for one in material.alternatives if one.property.key == key]
    values = [float(one.property(one.property.typical_k)) for one in others]
    assert any(value == pytest.approx(aside, rel=0.02) for value in values)
    assert all(one.reason for one in others)


def test_7075_conductivity_is_the_residual_rule():
    t = [100.0, 200.0, 300.0]
    base = DB["al6061_t6"].property("thermal_conductivity")(t)
    wanted = 1.0 / (1.0 / base + np.array([0.376 / one for one in t]))
    assert DB["al7075_t6"].property("thermal_conductivity")(t) == pytest.approx(wanted, rel=0.05)
