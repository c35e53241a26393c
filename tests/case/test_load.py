"""Case files: what the reference case says, and every kind of bad file."""

import math
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

import thermal.case
from thermal.case import load_case
from thermal.core.errors import CaseError

CASES = Path(__file__).parents[2] / "cases"
REFERENCE = CASES / "change5-reference.toml"
TEMPLATE = Path(thermal.case.__file__).parent / "template.toml"


def test_the_reference_case_holds_si_values():
    case = load_case(REFERENCE)
    assert case.site.latitude == pytest.approx(math.radians(43.06))
    assert case.site.longitude == pytest.approx(math.radians(-51.92))
    assert case.sky.start == datetime(2020, 12, 3, 15, 10, tzinfo=UTC)
    assert case.run.duration == pytest.approx(2_551_442.9, abs=0.1)
    assert (case.flag.width, case.flag.height_of_cloth) == (2.0, 0.9)
    assert case.flag.position == (0.0, 0.0, 1.2)
    assert case.flag.front_surface == case.flag.back_surface == "red_print"
    assert [tube.name for tube in case.tube] == ["arm1", "arm2", "arm3"]
    assert case.tube[0].diameter == pytest.approx(0.03)
    assert case.tube[0].length == pytest.approx(0.8)
    assert len(case.joint) == 6
    assert case.sink["lander"].temperature == 290.0
    assert (case.mesh.size, case.mesh.edge_size, case.mesh.growth) == (0.01, 0.00025, 1.25)
    assert case.solver.tolerance == 0.05
    assert case.output.every == 21600.0
    assert case.output.probe[0].at == (1.0, 0.45)
    assert case.requirements.colour_difference == 10.0
    assert case.path == REFERENCE
    assert case.source_text == REFERENCE.read_text()


def test_the_arm_reaches_two_metres_out_along_the_upper_hem_from_the_landers_side():
    case = load_case(REFERENCE)
    assert case.tube[0].start == pytest.approx((0.0, -0.3, 2.1))
    assert case.tube[-1].end == pytest.approx((0.0, 2.0, 2.1))
    assert case.flag.edge("top")[1] == pytest.approx((0.0, 2.0, 2.1))


def test_the_resolved_case_means_the_same(tmp_path):
    case = load_case(REFERENCE)
    again = tmp_path / "resolved.toml"
    again.write_text(case.resolved_toml())
    assert load_case(again).sha256 == case.sha256
    assert load_case(again).model_dump() == case.model_dump()
    assert load_case(REFERENCE, {"mesh.size": "20 mm"}).sha256 != case.sha256


def test_the_template_is_valid():
    assert load_case(TEMPLATE).title.startswith("My flag")


@pytest.mark.parametrize(
    ("azimuth", "tilt", "roll", "width", "normal"),
    [
        ("90 deg", "90 deg", "0 deg", (0, 1, 0), (1, 0, 0)),
        ("0 deg", "90 deg", "0 deg", (-1, 0, 0), (0, 1, 0)),
        ("90 deg", "0 deg", "0 deg", (0, 1, 0), (0, 0, 1)),
        ("90 deg", "90 deg", "90 deg", (0, 0, 1), (1, 0, 0)),
    ],
)
def test_the_pose_follows_the_conventions(azimuth, tilt, roll, width, normal):
    flag = load_case(REFERENCE).flag
    angles = {"azimuth": azimuth, "tilt": tilt, "roll": roll}
    shown = {**flag.model_dump(exclude_none=True), **angles, "position": ["0 m", "0 m", "5 m"]}
    along, _, out = type(flag).model_validate(shown).axes
    assert along == pytest.approx(width, abs=1e-12)
    assert out == pytest.approx(normal, abs=1e-12)


@pytest.mark.parametrize(
    ("key", "value", "code", "words"),
    [
        ("flag.width", "2000", "missing-unit", 'write e.g. "2000 mm"'),
        ("flag.width", "2 kg", "wrong-dimension", "a mass, not a length"),
        ("flag.width", "0 mm", "out-of-range", "above 0 m"),
        ("tube.0.wall", "-1 mm", "out-of-range", "above 0 m"),
        ("flag.width", "true", "not-a-quantity", "2000 mm"),
        ("mesh.growth", "nan", "not-finite", "finite"),
        ("mesh.growth", "1.0", "out-of-range", "above 1"),
        ("mesh.edge_size", "20 mm", "contradiction", "exceeds"),
        ("run.duration", "0 s", "out-of-range", "above 0 s"),
        ("run.duration", "90 year", "outside-ephemeris", "at most"),
        ("run.initial", "equlibrium", "not-a-quantity", '"equilibrium"'),
        ("sky.start", "2020-12-03T15:10:00", "missing-zone", "2020-12-03T15:10:00Z"),
        ("sky.start", "1959-12-31T23:00:00Z", "outside-ephemeris", "1960"),
        ("sky.start", "2101-01-01T00:00:00Z", "outside-ephemeris", "2100"),
        ("sky.start", "yesterday", "not-a-date", "2020-12-03T15:10:00Z"),
        ("sky.model", "ideal", "not-a-choice", "idealised"),
        ("flag.widht", "2 m", "unknown-key", 'did you mean "width"'),
        ("flagg.width", "2 m", "unknown-key", 'did you mean "flag"'),
        ("tube.0.end", '["0 m", "-0.3 m", "2.1 m"]', "zero-length", "arm1"),
        ("tube.0.wall", "15 mm", "wall-too-thick", "arm1"),
        ("tube.0.start", '["0 m", "1 m"]', "wrong-length", "3 elements"),
        ("tube.0.name", "arm 1", "bad-name", "letter"),
        ("tube.1.name", "arm1", "name-taken", "arm1"),
        ("tube.1.diameter", "29 mm", "does-not-fit", "arm2"),
        ("tube.1.end", '["0 m", "0.45 m", "2.1 m"]', "wrong-order", "arm1"),
        ("tube.0.end", '["0 m", "0.5 m", "-2.1 m"]', "below-ground", "arm1"),
        ("flag.position", '["0 m", "0 m", "-1 m"]', "below-ground", "1000 mm"),
        ("joint.0.between", '["arm1", "arm7"]', "unknown-part", 'did you mean "arm'),
        ("joint.2.between", '["arm1", "sink:landr"]', "unknown-part", 'did you mean "sink:lander"'),
        ("joint.0.between", '["arm1", "arm1"]', "bad-joint", "itself"),
        ("joint.0.between", '["arm1", "arm3"]', "do-not-touch", "700 mm apart"),
        ("joint.0.conductance_per_length", "1 W/m/K", "contradiction", "exactly one"),
        ("output.probe.0.at", '["2.1 m", "0 m"]', "off-the-part", "centre"),
        ("output.probe.0.part", "flga", "unknown-part", 'did you mean "flag"'),
        ("flag.material", "ce5_flg", "unknown-material", "ce5_flag"),
        ("flag.material", "al6061_t6", "wrong-kind", "a cloth or a film"),
        ("flag.surface", "read_print", "unknown-surface", "red_print"),
        ("flag.front", "red_print", "contradiction", "not both"),
        ("schema_version", "2", "not-a-choice", "write 1"),
        ("sink.lander", "4", "wrong-type", "[sink.lander]"),
        ("tube", "4", "wrong-type", "[[tube]]"),
        ("sky.albedo", "30 deg", "wrong-dimension", "an angle"),
        ("tube.9.wall", "1 mm", "bad-override", "count from 0"),
        ("a..b", "1", "bad-override", "mesh.size"),
    ],
)
def test_a_wrong_value_is_refused_with_place_and_advice(problems, key, value, code, words):
    found = problems({key: value})
    assert code in found
    assert words in str(found[code])


def test_all_problems_come_in_one_pass_in_the_order_of_the_file(changed):
    file = changed('width = "2000 mm"', 'widht = "1 m"\nwidth = "2 kg"')
    text = file.read_text().replace('wall = "1.0 mm"', 'wall = "-1 mm"', 1)
    file.write_text(
        text.replace('"al6061_t6"', '"al6061_t7"')
        .replace("ce5_flag", "ce5_flg")
        .replace('part = "flag"', 'part = "flog"')
    )
    with pytest.raises(CaseError) as caught:
        load_case(file)
    codes = [problem.code for problem in caught.value.problems]
    assert codes[:4] == ["unknown-key", "wrong-dimension", "unknown-material", "out-of-range"]
    assert codes.count("unknown-material") == 4
    assert codes[-1] == "unknown-part"
    lines = file.read_text().splitlines()
    for problem in caught.value.problems:
        place, key = problem.where.split(": ")
        line = int(place.rsplit(":", 1)[1])
        assert lines[line - 1].startswith(key.rsplit(".", 1)[-1])


def test_a_missing_key_comes_with_an_example(changed):
    with pytest.raises(CaseError, match=r'missing; write e.g. width = "2000 mm"'):
        load_case(changed('width = "2000 mm"', ""))
    with pytest.raises(CaseError, match="schema_version is missing"):
        load_case(changed("schema_version = 1", ""))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xff\xfe\x00\x01", "not-text"),
        (b"a = 1\0", "not-text"),
        (b"a = [1", "not-toml"),
        (b"a = 1\na = 2", "not-toml"),
        (b"d = 2020-13-45", "not-toml"),
        (b"a = " + b"[" * 5000, "not-toml"),
        (b"{}", "not-toml"),
        (b"a = " + b"9" * 5000, "not-toml"),
        (b"#" * 100_000_000, "too-large"),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_a_bad_file_is_one_clear_problem(tmp_path, content, code):
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    with pytest.raises(CaseError) as caught:
        load_case(file)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert "bad.toml" in problem.where


@pytest.mark.parametrize("name", ["missing.toml", ".", "missing/folder.toml", "/dev/zero"])
def test_what_is_no_file_is_one_clear_problem(tmp_path, name):
    with pytest.raises(CaseError) as caught:
        load_case(tmp_path / name)
    assert caught.value.problems[0].code in {"cannot-read", "too-large"}


def test_overrides_are_toml_or_text():
    case = load_case(
        REFERENCE,
        {
            "mesh.size": "50 mm",
            "mesh.edge_size": '"1 mm"',
            "output.probe.0.at": '["1 m", "0.1 m"]',
            "requirements.fatigue_damage": "false",
            "sky.start": "2022-05-15T00:00:00+02:00",
            "sink.lander.temperature": "20 degC",
        },
    )
    assert (case.mesh.size, case.mesh.edge_size) == (0.05, 0.001)
    assert case.output.probe[0].at == (1.0, 0.1)
    assert case.requirements.fatigue_damage is False
    assert case.sky.start == datetime(2022, 5, 15, tzinfo=timezone(timedelta(hours=2)))
    assert case.sky.start.utcoffset() == timedelta(0)
    assert case.sink["lander"].temperature == pytest.approx(293.15)


def test_a_case_cannot_be_changed():
    case = load_case(REFERENCE)
    with pytest.raises(ValueError, match="frozen"):
        case.title = "x"


def test_what_is_wrong_in_a_material_file_is_told_once(tmp_path, monkeypatch):
    text = (CASES.parent / "materials" / "data" / "ce5_flag.toml").read_text("utf-8")
    (tmp_path / "ce5_flag.toml").write_text(text.replace('unit = "g/m2"', 'unit = "g"'), "utf-8")
    monkeypatch.setenv("LUNARFLAG_MATERIALS", str(tmp_path))
    with pytest.raises(CaseError) as caught:
        load_case(REFERENCE)
    told = [problem.message for problem in caught.value.problems]
    assert len(told) == len(set(told))
    assert "ce5_flag.toml" in told[0]


def test_more_outputs_than_a_disk_holds_are_refused_and_the_remedy_is_accepted():
    with pytest.raises(CaseError) as caught:
        load_case(REFERENCE, {"output.every": "1 ms", "flag.width": "3"})
    problems = {problem.code: problem for problem in caught.value.problems}
    assert set(problems) == {"too-many-outputs", "missing-unit"}
    problem = problems["too-many-outputs"]
    assert problem.where == "--set output.every"
    assert "2.6e+09 outputs" in problem.message
    assert '"3 s"' in problem.remedy
    assert load_case(REFERENCE, {"output.every": "3 s"}).output.every == 3.0
    for wrong in ("1", "-1 s", "1 m"):
        with pytest.raises(CaseError) as caught:
            load_case(REFERENCE, {"output.every": wrong})
        assert len(caught.value.problems) == 1
