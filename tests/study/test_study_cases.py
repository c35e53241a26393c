"""Sweeps of the real simulation: members that run, that lack data, that vary the database."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from sweep_command import SHEET, SLURM, Sweep

import materials
from thermal.core.errors import MaterialError
from thermal.study.design.material_patch import patched
from thermal.study.evaluation.case import CaseEvaluator

if TYPE_CHECKING:
    from pathlib import Path

    from slurm_cluster import SlurmCluster

STUDY = """\
schema_version = 1
base = "sheet.toml"
[[axis]]
kind = "list"
key = "flag.tilt"
values = ["90 deg", "30 deg"]
[[axis]]
kind = "zip"
keys = ["flag.material", "material.meta_aramid.solar_absorptance.red_print"]
rows = [["meta_aramid", "1 times"], ["meta_aramid", "1.1 times"], ["carbon_t300", "1 times"]]
"""


def planned(sweep: Sweep) -> Sweep:
    (sweep.folder / "sheet.toml").write_text(SHEET)
    (sweep.folder / "study.toml").write_text(STUDY)
    sweep.call("plan", str(sweep.folder / "study.toml"), "-o", str(sweep.directory))
    return sweep


def test_cases_run_under_processes_and_slurm_alike(sweep: Sweep, slurm: SlurmCluster) -> None:
    (sweep.folder / "slurm").mkdir()
    other = Sweep(sweep.folder / "slurm", slurm.environment)
    planned(sweep).run("--jobs", "2", expect=8)
    planned(other).run(*SLURM, "--chunk", "6", expect=8)
    table = sweep.collect(expect=8)
    assert other.collect(expect=8) == table
    rows = sweep.rows()
    assert [row["status"] for row in rows] == ["ok", "ok", "failed"] * 2
    assert "no such surface" in rows[2]["error"]
    upright, darker, _, tilted, *_ = rows
    assert float(darker["flag_max_k"]) > float(upright["flag_max_k"]) + 0.5
    assert float(upright["flag_max_k"]) != float(tilted["flag_max_k"])
    for row in (upright, darker, tilted):
        assert 250.0 < float(row["flag_min_k"]) <= float(row["flag_max_k"]) < 400.0
        assert float(row["ledger_residual"]) < 1e-6
        assert float(row["life_low_years"]) <= float(row["life_years"]) <= float(row["life_high_years"])
        assert row["limited_by"] == "UV strength of the field"


def test_a_key_that_no_case_has_is_refused_when_planning(sweep: Sweep) -> None:
    (sweep.folder / "sheet.toml").write_text(SHEET)
    study = sweep.folder / "study.toml"
    study.write_text(STUDY.replace("flag.tilt", "flag.tillt"))
    said = sweep.call("plan", str(study), expect=3).stderr
    assert "tillt" in said
    assert not sweep.directory.exists()
    study.write_text(STUDY.replace("solar_absorptance.red", "solar_absorptence.red"))
    assert "solar_absorptence" in sweep.call("plan", str(study), expect=3).stderr


def test_properties_are_set_scaled_and_drawn() -> None:
    database = materials.load_database()
    key = "material.al6061_t6.thermal_conductivity"
    plain = database["al6061_t6"].property("thermal_conductivity")
    for text, expected in (
        ("2 times", 2.0 * plain(100.0)),
        ("0 sigma", plain(100.0)),
        ("1 sigma", plain.perturbed(1.0)(100.0)),
        (f"{plain.level} W/m/K", plain(100.0)),
        ("100 W/m/K", plain(100.0) * 100.0 / plain.level),
    ):
        found = patched(database, {key: text})["al6061_t6"].property("thermal_conductivity")(100.0)
        assert math.isclose(float(found), float(expected), rel_tol=1e-12), text
    state = "material.nylon66.solar_absorptance.natural"
    drawn = patched(database, {state: "0.5", "flag.width": "1 m"})
    assert float(drawn["nylon66"].surface("natural").solar_absorptance(300.0)) == pytest.approx(0.5)
    assert drawn["pet"] is database["pet"]
    assert patched(database, {"flag.width": "1 m"}) is database


def test_all_wrong_properties_are_reported_at_once() -> None:
    database = materials.load_database()
    patch = {
        "material.nylon6.specific_heat": "1 sigma",
        "material.nylon66.specific_heet": "1 sigma",
        "material.pet.specific_heat": "5 m",
        "material.silk.specific_heat": "much",
    }
    with pytest.raises(MaterialError) as caught:
        patched(database, patch)
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize("text", ["2", "-0.2", "100 times", "-1 times", "nan times"])
def test_a_value_that_no_material_has_is_refused_with_the_range(text: str) -> None:
    key = "material.ce5_flag.solar_absorptance.red_print"
    with pytest.raises(MaterialError) as caught:
        patched(materials.load_database(), {key: text})
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("study-invalid", key)
    assert f'"{text}"' in problem.message
    if text[0] != "n":
        assert "at least 0 and at most 1" in problem.remedy


def test_the_bounds_themselves_are_accepted_and_draws_are_cut_there() -> None:
    database = materials.load_database()
    key = "material.ce5_flag.solar_absorptance.red_print"
    for text, expected in (("1", 1.0), ("0", 0.0), ("90 sigma", 1.0), ("0.9", 0.9)):
        absorptance = patched(database, {key: text})["ce5_flag"].surface("red_print").solar_absorptance
        assert float(absorptance(293.0)) == pytest.approx(expected), text


def test_a_plan_warns_of_values_that_no_material_has(sweep: Sweep) -> None:
    (sweep.folder / "sheet.toml").write_text(SHEET)
    study = sweep.folder / "study.toml"
    study.write_text(STUDY.replace("1.1 times", "100 times"))
    said = sweep.call("plan", str(study), "-o", str(sweep.directory)).stderr
    assert "cannot be" in said
    assert "at least 0 and at most 1" in said


TUBE = """\
[[tube]]
name = "arm"
start = ["0 m", "0 m", "1.4 m"]
end = ["0 m", "0.3 m", "1.4 m"]
diameter = "20 mm"
wall = "1 mm"
material = "al6061_t6"
surface = "anodised"
"""


def test_members_share_shadows_and_still_answer_as_if_alone(tmp_path: Path) -> None:
    base = tmp_path / "sheet.toml"
    base.write_text(SHEET + TUBE)
    worker = CaseEvaluator(base)
    darker = {"material.meta_aramid.solar_absorptance.red_print": "1.1 times"}
    higher = {"flag.position": '["0 m", "0 m", "1.19 m"]'}
    clearer = {"material.meta_aramid.solar_transmittance.red_print": "0.2"}
    first, second, third, fourth = (worker(patch) for patch in ({}, darker, higher, clearer))
    assert len({str(answers) for answers in (first, second, third, fourth)}) == 4
    assert second == CaseEvaluator(base)(darker)
    assert third == CaseEvaluator(base)(higher)
    assert fourth == CaseEvaluator(base)(clearer)
    assert worker({}) == first


def test_no_step_of_a_member_is_cut_short_for_outputs(tmp_path: Path) -> None:
    base = tmp_path / "sheet.toml"
    base.write_text(SHEET)
    worker = CaseEvaluator(base)
    assert worker({"output.every": "1 min"}) == worker({"output.every": "1 h"})
