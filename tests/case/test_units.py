"""Quantities: closed values, every kind of wrong text, and random garbage."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materials.units import QuantityError, parse
from thermal.core.constants import LUNATION, YEAR


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("2000 mm", "m", 2.0),
        ("1e3mm", "m", 1.0),
        (".5µm", "m", 5e-7),
        ("1 in", "m", 0.0254),
        ("-51.92 deg", "rad", math.radians(-51.92)),
        ("30°", "rad", math.pi / 6),
        ("290 K", "K", 290.0),
        ("20 degC", "K", 293.15),
        ("20 °C", "K", 293.15),
        ("5 delta_degC", "delta_K", 5.0),
        ("5 K", "delta_K", 5.0),
        ("1 W/m/K", "W/m/K", 1.0),
        ("3 W/(m K)", "W/m/K", 3.0),
        ("5 W/m2/K", "W/m**2/K", 5.0),
        ("5 kW/m^2", "W/m**2", 5000.0),
        ("188 g m-2", "kg/m**2", 0.188),
        ("3 1/m", "1/m", 3.0),
        ("7 %", "", 0.07),
        ("0.25", "", 0.25),
        ("1 lunation", "s", LUNATION),
        ("2 year", "s", 2 * YEAR),
    ],
)
def test_a_quantity_is_converted_to_si(text, unit, value):
    assert parse(text, unit) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("2 kg", "m", "wrong-dimension"),
        ("2", "m", "missing-unit"),
        ("", "m", "not-a-quantity"),
        ("mm", "m", "not-a-quantity"),
        ("nan m", "m", "not-a-quantity"),
        ("inf m", "m", "not-a-quantity"),
        ("1e999 m", "m", "not-finite"),
        ("1e308 km", "m", "not-finite"),
        ("2 flurb", "m", "unknown-unit"),
        ("2 m**9999999", "m", "not-a-quantity"),
        ("2 m/", "m", "not-a-quantity"),
        ("2 (m", "m", "not-a-quantity"),
        ("2 mm mm", "m", "wrong-dimension"),
        ("0 A0", "m", "not-a-quantity"),
        ("20 degC", "delta_K", "wrong-dimension"),
        ("30 deg", "", "wrong-dimension"),
        ("7 %", "rad", "wrong-dimension"),
        ("9**9**9 m", "m", "not-a-quantity"),
        ("1 m" + " " * 1000, "m", "not-a-quantity"),
    ],
)
def test_a_wrong_text_is_refused_with_its_code(text, unit, code):
    with pytest.raises(QuantityError) as caught:
        parse(text, unit, "2000 mm")
    assert caught.value.code == code
    assert "2000 mm" in caught.value.remedy


def test_the_message_names_both_kinds():
    with pytest.raises(QuantityError, match=r'"2 kg" is a mass, not a length'):
        parse("2 kg", "m")


@settings(deadline=None)
@given(st.text(max_size=70), st.sampled_from(["m", "rad", "K", "delta_K", "W/m/K", ""]))
def test_random_text_is_a_finite_number_or_refused(text, unit):
    try:
        value = parse(text, unit)
    except QuantityError:
        return
    assert math.isfinite(value)


@settings(deadline=None)
@given(
    st.from_regex(r"[+-]?[0-9]{1,3}(\.[0-9]{0,3})? ?[A-Za-z%*/^() 0-9-]{0,12}", fullmatch=True),
    st.sampled_from(["m", "s", "K", ""]),
)
def test_what_looks_like_a_quantity_is_a_finite_number_or_refused(text, unit):
    try:
        value = parse(text, unit)
    except QuantityError:
        return
    assert math.isfinite(value)


@settings(deadline=None)
@given(st.floats(min_value=1e-6, max_value=1e6), st.sampled_from([("mm", 1e-3), ("km", 1e3), ("m", 1.0)]))
def test_a_number_survives_its_unit(number, unit):
    name, factor = unit
    assert parse(f"{number!r} {name}", "m") == pytest.approx(number * factor, rel=1e-14)
