"""Temperatures where a material has no data: a run ends there, or holds the last value and says for how long.

The cloth is one whose specific heat is known up to 350 K; it starts at 360 K in the dark and cools.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "apollo-12.toml"
HOT = (
    *("--set", "flag.material=uhmwpe", "--set", "run.initial=360 K", "--set", "run.duration=3 h"),
    *("--set", "mesh.size=300 mm", "--set", "mesh.edge_size=100 mm"),
)
CLAMP = ("--set", "solver.outside_data=clamp")


def lunarflag(*words, cwd, ranks=1):
    quiet = {
        "OMPI_ALLOW_RUN_AS_ROOT": "1",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        "OMPI_MCA_mpi_yield_when_idle": "1",
    }
    before = ["mpirun", "--oversubscribe", "-n", str(ranks)] if ranks > 1 else []
    command = [*before, sys.executable, "-m", "thermal.cli.main", *map(str, words)]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | quiet, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("ranks", [1, 2])
def test_a_run_ends_where_the_data_end(tmp_path, ranks):
    done = lunarflag("run", CASE, "-o", "hot.h5", *HOT, cwd=tmp_path, ranks=ranks)
    assert done.returncode == 3
    assert done.stderr.count("[outside-data]") == 1
    assert "specific heat of uhmwpe is known from 50 to 350 K" in done.stderr
    assert "part 'flag' after 0." in done.stderr
    assert 'solver.outside_data = "clamp"' in done.stderr
    assert not (tmp_path / "hot.h5").exists()


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("held")
    done = lunarflag("run", CASE, "-o", "hot.h5", *HOT, *CLAMP, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_a_run_that_may_hold_values_says_for_how_long(held):
    folder, said = held
    laws = json.loads(lunarflag("show", "hot.h5", "--json", cwd=folder).stdout)["outside_data"]
    assert {law["part"] for law in laws} == {"flag"}
    heat = next(law for law in laws if law["law"] == "specific heat of uhmwpe")
    assert heat["range_k"] == [50.0, 350.0]
    assert 350.0 < heat["highest_k"] <= 360.0
    assert 0.0 < heat["time_s"] < 3 * 3600.0
    assert "specific heat of uhmwpe (50 to 350 K) held at the end of its data" in " ".join(said.split())


def test_the_page_says_it_too(held):
    folder, _ = held
    assert lunarflag("report", "hot.h5", "-o", "hot.html", cwd=folder).returncode == 0
    assert "specific heat of uhmwpe (50 to 350 K) held" in (folder / "hot.html").read_text("utf-8")


def test_a_run_inside_its_data_says_nothing(tmp_path):
    words = ("--set", "flag.material=nylon66", "--set", "run.initial=300 K")
    done = lunarflag("run", CASE, "-o", "warm.h5", *HOT, *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(lunarflag("show", "warm.h5", "--json", cwd=tmp_path).stdout)["outside_data"] == []
