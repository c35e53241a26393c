"""Stacks and strictness at the command line, on a small flag."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from small_flag import small_case

from thermal.cli.run import command as run
from thermal.cli.show import command as show
from thermal.core.errors import MaterialError
from thermal.endurance.verdict.finding import Verdict
from thermal.results import open_result


@pytest.fixture(scope="module")
def stacks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stacks")
    case = small_case(folder, "nylon66")
    words = [str(case.path), "-o", str(folder / "flag.h5"), "--stack", "all", "--json"]
    return folder, CliRunner().invoke(run, words)


def test_all_stacks_give_three_results_and_one_table(stacks):
    folder, done = stacks
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["schema"] == "lunarflag.stacks/1"
    assert list(found["files"]) == ["nominal", "hot", "cold"]
    hottest = {stack: parts["flag"]["max_k"] for stack, parts in found["summary"].items()}
    assert hottest["cold"] + 5.0 < hottest["nominal"] < hottest["hot"] - 5.0
    margin = next(row for row in found["rows"] if row["cause"].startswith("hot service limit"))
    assert margin["hot"]["now"] < margin["nominal"]["now"] < margin["cold"]["now"]
    assert found["rows"][0]["status"] == "fails"
    assert {path.name for path in folder.glob("*.h5")} == {"flag.h5", "flag-hot.h5", "flag-cold.h5"}


def test_the_result_says_which_stack_it_is(stacks):
    folder, _ = stacks
    shown = CliRunner().invoke(show, [str(folder / "flag-hot.h5")])
    assert "hot stack: every uncertain input at its hot end" in shown.output
    nominal = json.loads(CliRunner().invoke(show, [str(folder / "flag.h5"), "--json"]).stdout)
    assert nominal["case"]["stack"] == "nominal"


def test_strict_writes_the_file_and_then_refuses_it(tmp_path):
    case = small_case(tmp_path, "nylon66")
    short = ["--set", "run.duration=6 h", "--strict", "-q"]
    done = CliRunner().invoke(run, [str(case.path), "-o", str(tmp_path / "strict.h5"), *short])
    assert isinstance(done.exception, MaterialError)
    assert done.exception.exit_code == 3
    assert "no data for: thermal fatigue of nylon66" in str(done.exception)
    with open_result(tmp_path / "strict.h5") as result:
        verdict = Verdict.from_json(result.verdict)
        assert verdict.to_json() == result.verdict
    assert verdict.missing == ("thermal fatigue of nylon66",)


def test_a_figure_belongs_to_one_run(stacks):
    folder, _ = stacks
    words = [str(folder / "case.toml"), "--stack", "all", "--figure", "a.png"]
    done = CliRunner().invoke(run, words)
    assert done.exit_code == 2
    assert "--figure draws one run" in done.output
