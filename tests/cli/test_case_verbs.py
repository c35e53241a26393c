"""new, check, schema, explain, doctor."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from thermal.cli import check, doctor, explain, new, schema
from thermal.core.catalogue import load_catalogue
from thermal.core.errors import CaseError

ROOT = Path(__file__).parents[2]
REFERENCE = str(ROOT / "cases" / "change5-reference.toml")


def run(module, *words):
    return CliRunner().invoke(module.command, [str(word) for word in words])


def test_new_writes_a_case_that_check_accepts_and_does_not_replace_it(tmp_path):
    file = tmp_path / "flag.toml"
    assert run(new, file).exit_code == 0
    assert run(check, file).exit_code == 0
    file.write_text("mine")
    refused = run(new, file)
    assert isinstance(refused.exception, CaseError)
    assert refused.exception.problems[0].code == "exists"
    assert file.read_text() == "mine"
    assert run(new, file, "--force").exit_code == 0
    assert file.read_text() != "mine"


def test_new_says_where_it_cannot_write(tmp_path):
    refused = run(new, tmp_path / "no" / "flag.toml")
    assert refused.exception.problems[0].code == "cannot-write"


def test_check_shows_parts_dates_and_size():
    out = run(check, REFERENCE).stdout
    assert "43.06 N, 51.92 W" in out
    assert "2020-12-03 15:10 to 2021-01-02 03:54 UTC" in out
    assert all(word in out for word in ("arm1", "ce5_flag", "al6061_t6", "unknowns"))


@pytest.mark.parametrize("name", ["change5-lander", "apollo-11"])
def test_check_draws_the_scene(tmp_path, name):
    file = tmp_path / "scene.png"
    assert run(check, ROOT / "cases" / f"{name}.toml", "--picture", file).exit_code == 0
    with Image.open(file) as picture:
        assert picture.size == (1650, 825)
        red, gold = ((200, 16, 46), (255, 215, 0))
        colours = {colour for _, colour in picture.convert("RGB").getcolors(10**6)}
    assert red in colours
    assert (gold in colours) == (name == "change5-lander")


def test_a_picture_that_cannot_be_written_is_refused(tmp_path):
    for file in (tmp_path / "scene.gif", tmp_path / "no" / "scene.png"):
        refused = run(check, REFERENCE, "--picture", file)
        assert refused.exception.exit_code == 3


def test_an_older_picture_is_replaced_by_force_alone(tmp_path):
    file = tmp_path / "scene.png"
    file.write_text("kept")
    assert run(check, REFERENCE, "--picture", file).exception.problems[0].code == "exists"
    assert file.read_text() == "kept"
    assert run(check, REFERENCE, "--picture", file, "--force").exit_code == 0
    assert file.read_bytes().startswith(b"\x89PNG")


def test_check_as_json():
    found = json.loads(run(check, REFERENCE, "--json").stdout)
    assert found["schema"] == "lunarflag.check/1"
    assert found["valid"] is True
    assert found["mesh"]["unknowns"] == sum(part["unknowns"] for part in found["parts"])
    refused = run(check, REFERENCE, "--json", "--set", "flag.width=3", "--set", "flag.tilt=3")
    assert isinstance(refused.exception, CaseError)
    found = json.loads(refused.stdout)
    assert found["valid"] is False
    assert [problem["code"] for problem in found["problems"]] == ["missing-unit", "missing-unit"]


@pytest.mark.parametrize("size", ["20 um", "1 nm"])
def test_a_mesh_of_a_billion_cells_is_refused_with_the_estimate(size):
    refused = run(check, REFERENCE, "--set", f"mesh.size={size}", "--set", f"mesh.edge_size={size}")
    (problem,) = refused.exception.problems
    assert problem.code == "mesh-too-large"
    assert refused.exception.exit_code == 3
    assert re.search(r"\de\+\d+ unknowns", problem.message)
    assert "mesh.size=" in problem.remedy


def test_set_without_a_value_is_wrong_usage():
    assert run(check, REFERENCE, "--set", "mesh.size").exit_code == 2


def test_schema_is_json():
    assert json.loads(run(schema).stdout)["$schema"].startswith("http://json-schema.org/draft-07")


def test_explain_lists_explains_and_suggests():
    assert "missing-unit" in run(explain).stdout
    assert "Why:" in run(explain, "missing-unit").stdout
    assert run(explain, "[missing-unit]").stdout == run(explain, "missing-unit").stdout
    wrong = run(explain, "missing-unt")
    assert wrong.exit_code == 2
    assert 'did you mean "missing-unit"' in wrong.output
    rows = json.loads(run(explain, "--json").stdout)["codes"]
    assert len(rows) == len(load_catalogue())


def test_doctor_says_what_works():
    result = run(doctor, "--json")
    found = json.loads(result.stdout)
    names = {row["name"]: row for row in found["findings"]}
    assert {"python", "dolfinx", "numpy", "pint", "threads"} <= set(names)
    assert result.exit_code == (0 if found["can_run"] else 6)
    assert found["can_run"] == all(row["works"] for row in found["findings"] if row["needed_by"] == "run")
    if not names["dolfinx"]["works"]:
        assert "what works without" in run(doctor).stdout
