"""The common performance problem keeps its accuracy."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

import thermal
from benchmarks import problem
from benchmarks.harness import Run
from benchmarks.peers import lunarflag
from benchmarks.reference import implicit_step

ROOT = Path(__file__).parents[2]


def test_the_cores_error_in_time_is_below_a_tenth_of_a_kelvin():
    run = Run(20.0)
    lunarflag.solve(run)
    figures = run.report()
    assert figures["far_k"] < 0.1
    assert figures["event_k"] < 0.1
    assert figures["mean_k"] < 0.4
    assert figures["ledger"] < 1e-6
    assert figures["steps"] < 300


def test_a_graded_mesh_meets_arm_and_shadow_within_half_a_kelvin():
    run = Run(20.0, grade=True)
    lunarflag.solve(run)
    assert run.report()["near_k"] < 0.5


def test_events_are_met_without_outputs_at_night():
    heat = lunarflag.model(lunarflag.sheet(Run(100.0)))
    heat.absorbed = lunarflag.Sunlight()
    reference = np.loadtxt(problem.DATA / "reference.csv", delimiter=",", skiprows=1)
    crossings = [reference[k - 1, 0] for k in (25, 75, 125, 175)]
    states = list(
        thermal.integrate(heat, 0.0, problem.STOP, lunarflag.TOLERANCE_K, crossings, problem.sun_events())
    )
    middle = int(np.argmin(np.abs(heat.parts[0].surface.uv[:, 0] - 1.0)))
    for state, k in zip(states[1:], (25, 75, 125, 175), strict=False):
        assert abs(state.temperature["cloth"][middle] - reference[k - 1, 4]) < 0.1


def test_the_given_steps_are_as_good_as_they_are_said_to_be():
    T, worst = problem.START_K, 0.0
    reference = iter(np.loadtxt(problem.DATA / "reference.csv", delimiter=",", skiprows=1)[:, 4])
    times = problem.given_steps()
    for before, t in pairwise(times):
        T = implicit_step(T, t, t - before)
        if problem.is_output(t):
            worst = max(worst, abs(T - next(reference)))
    assert worst < 0.1


def test_peers_run_from_one_command(tmp_path):
    words = [sys.executable, "-m", "benchmarks", "--size", "20", "--peer", "volumes_cg", "--repeat", "1"]
    words += ["--no-graded", "--json", str(tmp_path / "figures.json")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=240, check=True)
    assert "finite volumes" in done.stdout
    rows = {row["peer"]: row["figures"] for row in json.loads((tmp_path / "figures.json").read_text())}
    assert rows["volumes_cg"]["far_k"] < 0.1
    assert rows["lunarflag"]["far_k"] < 0.1
