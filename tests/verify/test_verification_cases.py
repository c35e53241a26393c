"""The verification cases of `lunarflag verify`, each as a test."""

import json
import subprocess

import pytest

from thermal import verify


@pytest.mark.parametrize("name", verify.cases())
def test_case_meets_its_targets(name):
    checks = list(verify.load(name).run())
    assert checks
    missed = [check for check in checks if not check.passed]
    assert not missed, "\n".join(f"{c.quantity}: {c.value} for {c.target} +- {c.tolerance}" for c in missed)


def test_verb_prints_json_and_fails_on_a_missed_target():
    answer = subprocess.run(
        ["lunarflag", "verify", "v17", "--json"], capture_output=True, text=True, check=True
    )
    rows = json.loads(answer.stdout)
    assert rows["passed"] is True
    assert rows["cases"][0]["quantity"] == "edge temperature"
    unknown = subprocess.run(["lunarflag", "verify", "nothing"], capture_output=True, text=True, check=False)
    assert unknown.returncode == 3
    assert "no case begins with nothing" in unknown.stderr


def test_the_list_is_json_where_json_is_asked_for():
    answer = subprocess.run(
        ["lunarflag", "verify", "--list", "--json"], capture_output=True, text=True, check=True
    )
    listed = json.loads(answer.stdout)
    assert listed["schema"] == "lunarflag.verify-list/1"
    assert [row["name"] for row in listed["cases"]] == list(verify.cases())
    assert all(row["title"] for row in listed["cases"])
