"""One mechanism of units: the same temperature means the same wherever a user writes it."""

from pathlib import Path

import numpy as np
import pytest

import materials
from materials.checks.files import check_file
from materials.database import SHIPPED, files_in
from materials.schema.references import read_bibliography
from materials.units import DIFFERENCE, QuantityError, convert, parse, scale_of
from materials.views.view import parse_condition
from thermal.case import load_case
from thermal.cli.material_options import read_kelvin
from thermal.core.errors import CaseError, MaterialError
from thermal.core.tables import TEMPERATURE, TIME, read_table
from thermal.study.design.distributions import Lognormal, Normal, Uniform
from thermal.study.design.material_patch import patched

REFERENCE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"
FIFTEEN = [
    ("15", "degC"),
    ("15", "°C"),
    ("59", "degF"),
    ("288.15", "K"),
    ("518.67", "degR"),
    ("288150", "mK"),
]
"""The same temperature, 288.15 K."""
FIVE = [("5", "delta_degC"), ("9", "delta_degF"), ("5", "K"), ("5000", "mK")]
"""The same difference, 5 K."""

METAL = """schema = 1
id = "own"
title = "An alloy of one's own"
kind = "metal"

[properties]
density = {{ value = 2.7, unit = "g/cm3", u_rel = 0.01, {graded} }}
specific_heat = {{ value = 0.2151, unit = "cal/(g degC)", T_range = [50, 450], u_rel = 0.05, {graded} }}
thermal_conductivity = {{ value = 97, unit = "BTU/ft/hr/degF", T_range = [50, 450], u_rel = 0.05, {graded} }}
{more}
"""
GRADED = 'confidence = "P", method = "handbook", source = ["asm-al"]'


def own(folder, more="", name="own"):
    """A database with a metal that has some more properties."""
    (folder / f"{name}.toml").write_text(METAL.format(graded=GRADED, more=more), "utf-8")
    return materials.load_database([folder])


def problems(folder, more):
    own(folder, more)
    sources = read_bibliography([SHIPPED / "references.bib"])
    return check_file(folder / "own.toml", sources, files_in(SHIPPED))


@pytest.mark.parametrize(("number", "unit"), FIFTEEN)
def test_a_temperature_of_a_material_has_the_offset_of_its_unit(tmp_path, number, unit):
    datum = f'value = {number}, unit = "{unit}", u_abs = 5, {GRADED}'
    metal = own(tmp_path, f"glass_transition = {{ {datum} }}\nbrittle_below = {{ {datum} }}")["own"]
    half_width = 5.0 * scale_of(unit, "K").factor
    for name in ("glass_transition", "brittle_below"):
        prop = metal.property(name)
        assert prop.level == pytest.approx(288.15, abs=1e-9)
        assert float(prop.uncertainty(293.0)) == pytest.approx(half_width, rel=1e-12)


def test_the_issues_own_example(tmp_path):
    """15 +- 5 degC was 4112 +- 1371 K."""
    tg = f'glass_transition = {{ value = 15, unit = "degC", u_abs = 5, {GRADED} }}'
    prop = own(tmp_path, tg)["own"].property("glass_transition")
    assert prop.level == pytest.approx(288.15)
    assert float(prop.uncertainty(293.0)) == 5.0
    assert problems(tmp_path, tg) == []


@pytest.mark.parametrize(("number", "unit"), FIVE)
def test_a_difference_of_a_material_has_no_offset(tmp_path, number, unit):
    datum = f'hysteresis = {{ value = {number}, unit = "{unit}", u_rel = 0.1, {GRADED} }}'
    assert own(tmp_path, datum)["own"].property("hysteresis").level == pytest.approx(5.0, rel=1e-12)


@pytest.mark.parametrize(
    ("datum", "code", "words"),
    [
        ('hysteresis|value = 30, unit = "degC", u_rel = 0.1', "material-wrong-unit", "delta_degC"),
        ('min_service|value = 5, unit = "delta_degC", u_abs = 1', "material-wrong-unit", "degC"),
        ('min_service|value = 5, unit = "C", u_abs = 1', "material-wrong-unit", "write degC"),
        ('min_service|value = -40, unit = "degC", u_rel = 0.1', "material-uncertainty", "u_abs"),
        ('min_service|value = -40, unit = "degF", u_factor = 2', "material-uncertainty", "u_abs"),
        ('min_service|value = -400, unit = "degC", u_abs = 1', "material-impossible-value", "-126"),
        ('cte|value = 0, unit = "1/K", u_abs = 1, T_range = [-50, 9]', "material-invalid-value", "T_unit"),
        ('cte|value = 0, unit = "1/K", u_abs = 1, T_unit = "m"', "material-wrong-unit", "a length"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_advice(tmp_path, datum, code, words):
    name, _, body = datum.partition("|")
    found = problems(tmp_path, f"{name} = {{ {body}, {GRADED} }}")
    assert code in [problem.code for problem in found]
    assert any(words in f"{problem.message} {problem.remedy}" for problem in found)


def test_degrees_in_a_compound_unit_are_differences(tmp_path):
    metal = own(
        tmp_path,
        f"""cte = {{ value = 13.1, unit = "1e-6/degF", T_range = [50, 450], u_rel = 0.05, {GRADED} }}
"cte.axial" = {{ value = 23.6, unit = "ppm/degC", T_range = [50, 450], u_rel = 0.05, {GRADED} }}
"cte.bulk" = {{ value = 23.6, unit = "µm/(m K)", T_range = [50, 450], u_rel = 0.05, {GRADED} }}""",
    )["own"]
    assert metal.property("cte").level == pytest.approx(13.1e-6 * 1.8, rel=1e-12)
    assert metal.property("cte", "axial").level == pytest.approx(23.6e-6, rel=1e-12)
    assert metal.property("cte", "bulk").level == pytest.approx(23.6e-6, rel=1e-12)
    assert metal.density == pytest.approx(2700.0, rel=1e-12)
    assert metal.specific_heat.level == pytest.approx(0.2151 * 4184.0, rel=1e-12)
    # A BTU/(ft hr degF) is 1.7307 W/(m K): NIST SP 811, table of conversion factors.
    assert metal.property("thermal_conductivity").level == pytest.approx(97 * 1.730735, rel=1e-6)


def test_a_table_in_degrees_celsius_is_the_same_as_in_kelvin(tmp_path):
    """Points, range, extension and regression are in T_unit; values and their shares are not touched."""
    kelvin = f"""
[properties.youngs_modulus]
kind = "table"
unit = "GPa"
T = [73.15, 173.15, 293.15]
y = [78.0, 74.0, 69.0]
u_rel = [0.02, 0.03, 0.04]
T_range = [73.15, 293.15]
extension = {{ T = [393.15], y = [62.0], u_rel = [0.1], source = ["asm-al"] }}
regression = [[173.15, 74.0]]
{GRADED.replace(", ", chr(10), 2)}
"""
    celsius = (
        kelvin.replace("T = [73.15, 173.15, 293.15]", 'T_unit = "degC"\nT = [-200, -100, 20]')
        .replace("T_range = [73.15, 293.15]", "T_range = [-200, 20]")
        .replace("T = [393.15]", "T = [120]")
        .replace("[[173.15,", "[[-100,")
    )
    one, two = (own(tmp_path, text)["own"].property("youngs_modulus") for text in (kelvin, celsius))
    at = np.linspace(73.15, 393.15, 65)
    assert two.range_k == pytest.approx(one.range_k, abs=1e-9)
    assert two(at) == pytest.approx(one(at), rel=1e-12)
    assert two.uncertainty(at) == pytest.approx(one.uncertainty(at), rel=1e-9)
    assert problems(tmp_path, celsius) == []


def test_a_constant_the_source_gives_below_its_range_in_degrees_celsius(tmp_path):
    text = f"""
[properties.delta_L_over_L293]
kind = "table"
unit = "1e-5"
T_unit = "degC"
T = [-250, 0, 20]
y = [-410, -45, 0]
T_range = [-250, 20]
below = {{ T = -269, value = -415 }}
u_rel = 0.05
{GRADED.replace(", ", chr(10), 2)}
"""
    curve = own(tmp_path, text)["own"].property("delta_L_over_L293")
    assert curve.range_k == pytest.approx((4.15, 293.15))
    assert float(curve(10.0)) == pytest.approx(-4.15e-3)


def test_a_formula_keeps_to_kelvin(tmp_path):
    text = 'kind = "poly", coeffs = [70, -0.02], unit = "GPa", T_range = [0, 20], T_unit = "degC", u_rel = 1'
    found = problems(tmp_path, f"youngs_modulus = {{ {text}, {GRADED} }}")
    assert [problem.code for problem in found] == ["material-invalid-value"]
    assert "a formula takes T in kelvin" in found[0].message


@pytest.mark.parametrize(("number", "unit"), FIFTEEN)
def test_a_temperature_anywhere_else_is_the_same(tmp_path, number, unit):
    text = f"{number} {unit}"
    sink = REFERENCE.read_text().replace('temperature = "290 K"', f'temperature = "{text}"')
    (tmp_path / "case.toml").write_text(sink, "utf-8")
    table = tmp_path / "table.csv"
    table.write_text(f"time [h],temperature [{unit}]\n0,{number}\n1,{number}\n", "utf-8")
    database = own(tmp_path, f'min_service = {{ value = 200, unit = "K", u_abs = 5, {GRADED} }}')
    found = {
        "case": load_case(tmp_path / "case.toml").sink["lander"].temperature,
        "--set": load_case(REFERENCE, {"sink.lander.temperature": text}).sink["lander"].temperature,
        "--set run.initial": load_case(REFERENCE, {"run.initial": text}).run.initial,
        "table": read_table(table, (TIME, TEMPERATURE))[0, 1],
        "--at": read_kelvin(text),
        "--where": parse_condition(f"min_service < {text}").limit,
        "material of a study": patched(database, {"material.own.min_service": text})["own"]
        .property("min_service")
        .level,
    }
    assert found == pytest.approx(dict.fromkeys(found, 288.15), abs=1e-9)


@pytest.mark.parametrize(("number", "unit"), FIVE)
def test_a_difference_anywhere_else_is_the_same(number, unit):
    text = f"{number} {unit}"
    case = load_case(REFERENCE, {"solver.tolerance": text, "requirements.service_margin": text})
    assert case.solver.tolerance == pytest.approx(5.0, rel=1e-12)
    assert case.requirements.service_margin == pytest.approx(5.0, rel=1e-12)


@pytest.mark.parametrize("key", ["solver.tolerance", "requirements.service_margin"])
def test_a_difference_does_not_count_from_a_zero_of_its_own(key):
    with pytest.raises(CaseError, match="counts from a zero of its own"):
        load_case(REFERENCE, {key: "5 degC"})


def test_a_temperature_is_no_difference():
    with pytest.raises(CaseError, match="is a difference, a temperature is needed"):
        load_case(REFERENCE, {"sink.lander.temperature": "5 delta_degC"})


@pytest.mark.parametrize("unit", ["W/degC", "W/K", "W/°C", "W·K⁻¹"])
def test_a_conductance_per_degree(unit):
    case = load_case(REFERENCE, {"joint.0.conductance": f"0.5 {unit}"})
    assert case.joint[0].conductance == pytest.approx(0.5, rel=1e-12)
    fahrenheit = load_case(REFERENCE, {"joint.0.conductance": "0.5 W/degF"})
    assert fahrenheit.joint[0].conductance == pytest.approx(0.9, rel=1e-12)


@pytest.mark.parametrize("deviation", ["5 degC", "5 K", "9 degF", "9 delta_degF"])
def test_the_deviation_of_a_study_is_a_difference(deviation):
    given = {"key": "sink.lander.temperature", "distribution": "normal", "mean": "20 degC"}
    normal = Normal.model_validate({**given, "deviation": deviation})
    one_sigma = 0.5 + 0.341344746 / (1.0 - 2 * 0.001349898)
    low, high = (parse(text, "K") for text in normal.texts(np.array([0.5, one_sigma])))
    assert low == pytest.approx(293.15, abs=1e-9)
    assert high == pytest.approx(298.15, abs=1e-5)


def test_a_factor_of_a_study_multiplies_the_absolute_temperature():
    given = {"key": "sink.lander.temperature", "distribution": "lognormal", "median": "-20 degC"}
    drawn = Lognormal.model_validate({**given, "factor": 1.1}).texts(np.array([0.5]))
    assert parse(drawn[0], "K") == pytest.approx(253.15)
    spread = Lognormal.model_validate({**given, "factor": 1.1}).texts(np.array([1.0]))
    assert parse(spread[0], "K") == pytest.approx(253.15 * 1.1**3)


def test_the_ends_of_a_study_may_be_in_two_units():
    given = {"key": "sink.lander.temperature", "distribution": "uniform", "low": "-20 degC"}
    uniform = Uniform.model_validate({**given, "high": "68 degF"})
    ends = [parse(text, "K") for text in uniform.texts(np.array([0.0, 1.0]))]
    assert ends == pytest.approx([253.15, 293.15])


def test_a_study_needs_the_unit_of_a_property(tmp_path):
    database = own(tmp_path, f'min_service = {{ value = 200, unit = "K", u_abs = 5, {GRADED} }}')
    with pytest.raises(MaterialError, match="has no unit"):
        patched(database, {"material.own.min_service": "15"})


@pytest.mark.parametrize(
    ("number", "unit", "wanted", "difference", "result"),
    [
        (68.0, "degF", "degC", False, 20.0),
        (9.0, "degF", "degC", True, 5.0),
        (9.0, "delta_degF", "delta_degC", False, 5.0),
        (293.15, "K", "degC", False, 20.0),
        (2.0, "mm", "um", False, 2000.0),
        (5.0, "%", "", False, 0.05),
        (1.0, "W/m/degF", "W/m/K", False, 1.8),
        (180.0, "deg", "rad", False, np.pi),
    ],
)
def test_one_unit_becomes_another(number, unit, wanted, difference, result):
    assert convert(number, unit, wanted, difference=difference) == pytest.approx(result, rel=1e-12)


@pytest.mark.parametrize(
    "unit", ["5 degC", "1e3 degC", "m;", "m" * 100, "", "K**", "(K", "9**9**9", "1e400 m"]
)
def test_what_is_no_unit_of_temperature(unit):
    with pytest.raises(QuantityError):
        scale_of(unit, "K")
    with pytest.raises(QuantityError):
        scale_of(unit, DIFFERENCE)
