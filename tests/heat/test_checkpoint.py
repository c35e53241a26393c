"""A run that was stopped or killed goes on and ends bit for bit as if it had not been."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import h5py
import numpy as np
import pytest
from click.testing import CliRunner

from thermal.cli.run import command as run
from thermal.core.errors import CaseError
from thermal.heat.loads.heat_pulse import HeatPulse
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.time.integrator import Integrator
from thermal.heat.time.snapshot import put_back, take
from thermal.results import open_result
from thermal.verify.models import both_faces, sheet

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "change5-reference.toml"
COARSE = ("--set", "mesh.size=300 mm", "--set", "mesh.edge_size=50 mm", "--set", "mesh.around=8")
SETTINGS = (*COARSE, "--set", "run.duration=16 day", "--set", "output.every=1 h")


def pulsed():
    """Make a cloth in a half-sine Sun with a plume on it, resolved through its thickness while that lasts."""
    lines = np.linspace(0.0, 0.1, 6)
    cloth = sheet(lines, lines, thickness=2e-4, through_conductivity=0.02)
    model = HeatModel([cloth], loads=[HeatPulse("plume", 1200.0, 1203.0, 1.0, 5000.0)])
    background = both_faces(100.0)
    model.absorbed = lambda time_s, x, face: (
        background + 400.0 * np.sin(time_s / 3600.0) * (1.0 + x[:, 1]) if face == "front" else None
    )
    return model


OUTPUTS = (600.0, 1200.0, 1201.0, 1210.0, 2400.0)


@pytest.fixture(scope="module")
def plain():
    integrator = Integrator(pulsed(), 0.0, 0.05)
    return [(state, take(integrator)) for state in integrator.run(3600.0, OUTPUTS, [1800.0], ())]


def same(one, other):
    return (
        one.time_s == other.time_s
        and one.step_s == other.step_s
        and (one.steps, one.rejected) == (other.steps, other.rejected)
        and one.powers_w == other.powers_w
        and one.ledger == other.ledger
        and all(
            np.array_equal(getattr(one, face)[part], getattr(other, face)[part])
            for face in ("temperature", "front", "back")
            for part in one.temperature
        )
    )


@pytest.mark.parametrize("number", range(len(OUTPUTS) + 1))
def test_integrator_goes_on_bit_for_bit(plain, number):
    """From the start, in daylight, where the pulse begins, in it, behind it, and at night."""
    snapshot = plain[number][1]
    assert bool(len(snapshot.profile)) == (1200.0 < plain[number][0].time_s < 1223.0)
    integrator = Integrator(pulsed(), 0.0, 0.05)
    put_back(integrator, snapshot)
    states = list(integrator.run(3600.0, OUTPUTS, [1800.0], ()))
    assert len(states) == len(plain) - 1 - number
    assert all(same(state, target) for state, (target, _) in zip(states, plain[number + 1 :], strict=True))


def test_between_outputs_no_state_is_yielded_twice_or_lost():
    class Stop:
        """Stops a run behind a step, which may be the one that reaches an output."""

        def __init__(self, steps):
            self.left = steps

        def observe(self, step):
            self.left -= 1
            if self.left == 0:
                raise InterruptedError(step.time_s)

    whole = list(Integrator(pulsed(), 0.0, 0.05).run(3600.0, OUTPUTS, (), ()))
    for steps in range(1, whole[-1].steps, 7):
        first, second = Integrator(pulsed(), 0.0, 0.05), Integrator(pulsed(), 0.0, 0.05)
        seen = []
        with pytest.raises(InterruptedError):
            seen.extend(first.run(3600.0, OUTPUTS, (), [Stop(steps)]))
        before = [state for state in whole if state.time_s <= first.yielded_s]
        put_back(second, take(first))
        after = list(second.run(3600.0, OUTPUTS, (), ()))
        assert len(before) + len(after) == len(whole)
        assert all(same(state, target) for state, target in zip(after, whole[len(before) :], strict=True))


def start(folder, *words):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "thermal.cli.main", "run", str(CASE), "-o", "run.h5", "-q", *words]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(process):
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return process.returncode, out, err


def stop_behind_a_checkpoint(process, folder, number):
    """Send a signal a little after the run has replaced its first checkpoint."""
    checkpoint, seen, end = folder / "run.h5.checkpoint", set(), time.monotonic() + 90
    while len(seen) < 2 and process.poll() is None and time.monotonic() < end:
        if checkpoint.exists():
            seen.add(checkpoint.stat().st_mtime_ns)
        time.sleep(0.005)
    time.sleep(0.05)
    process.send_signal(number)


def everything(path):
    """Give the numbers and texts of all datasets of a file."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(
            lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None
        )
    return found


def different(one, other):
    """Name the datasets that are not alike bit for bit."""
    return [
        name
        for name, values in other.items()
        if not np.array_equal(one[name], values, equal_nan=np.asarray(values).dtype.kind == "f")
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    code, _, err = finish(start(folder, *SETTINGS))
    assert code == 0, err
    return everything(folder / "run.h5")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_killed_run_goes_on_bit_for_bit(tmp_path, whole, number):
    process = start(tmp_path, *SETTINGS)
    stop_behind_a_checkpoint(process, tmp_path, number)
    code, _, err = finish(process)
    if number == signal.SIGKILL:
        assert code == -signal.SIGKILL
    else:
        assert code == 7
        assert "--resume" in err
    with open_result(tmp_path / "run.h5.partial") as partial:
        assert 1 <= len(partial.time) < len(whole["series/time"])
        assert partial.attributes["complete"] is False
    with h5py.File(tmp_path / "run.h5.partial") as file:
        assert file["checkpoint/integrator"].attrs["time_s"] > 0.0
    code, _, err = finish(start(tmp_path, *SETTINGS, "--resume"))
    assert code == 0, err
    assert [path.name for path in tmp_path.iterdir()] == ["run.h5"]
    resumed = everything(tmp_path / "run.h5")
    assert set(resumed) == set(whole)
    assert different(resumed, whole) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_search_that_is_killed_goes_on_bit_for_bit(tmp_path, number):
    settings = (*COARSE, "--set", "run.duration=1 day", "--set", "run.mode=periodic")
    (tmp_path / "whole").mkdir()
    code, _, err = finish(start(tmp_path / "whole", *settings))
    assert code == 0, err
    whole = everything(tmp_path / "whole" / "run.h5")
    folder = tmp_path / "killed"
    folder.mkdir()
    process = start(folder, *settings)
    checkpoint, end = folder / "run.h5.checkpoint", time.monotonic() + 90
    while not checkpoint.exists() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
    process.send_signal(number)
    code, _, err = finish(process)
    assert code == (7 if number == signal.SIGTERM else -signal.SIGKILL)
    assert number == signal.SIGKILL or "holds what the search for the periodic state has found" in err
    with h5py.File(checkpoint) as file:
        assert len(file["integrator/search/distance"]) in {1, 2}
    code, _, err = finish(start(folder, *settings, "--resume"))
    assert code == 0, err
    assert [path.name for path in folder.iterdir()] == ["run.h5"]
    resumed = everything(folder / "run.h5")
    assert set(resumed) == set(whole)
    assert len(whole["cycle/distance"]) >= 3
    assert different(resumed, whole) == []


@pytest.fixture
def stopped(tmp_path):
    process = start(tmp_path, *SETTINGS)
    stop_behind_a_checkpoint(process, tmp_path, signal.SIGTERM)
    assert finish(process)[0] == 7
    return tmp_path


def refused(folder, *words):
    answer = CliRunner().invoke(run, [str(CASE), "-o", str(folder / "run.h5"), *words])
    assert isinstance(answer.exception, CaseError), answer.output
    return str(answer.exception)


OPTIONS = {
    ("--stack", "hot"): "began with the stack 'nominal', not 'hot'",
    ("--reproducible",): "began without --reproducible",
    ("--years", "2"): "began without --years, not with --years 2",
}
"""What was not given at first, and what is said of it."""


def test_what_cannot_go_on_is_refused_in_a_sentence(stopped):
    before = (stopped / "run.h5.partial").read_bytes()
    assert "the case has changed" in refused(stopped, *SETTINGS, "--set", "sky.albedo=0.08", "--resume")
    assert "--resume" in refused(stopped, *SETTINGS)
    checkpoint = stopped / "run.h5.checkpoint"
    kept = checkpoint.read_bytes()
    checkpoint.write_bytes(kept[: len(kept) // 2])
    assert "cannot be read" in refused(stopped, *SETTINGS, "--resume")
    checkpoint.unlink()
    assert "is missing" in refused(stopped, *SETTINGS, "--resume")
    checkpoint.write_bytes(kept)
    with h5py.File(stopped / "run.h5.partial", "r+") as file:
        del file["inputs/materials/al6061_t6"]
        file["inputs/materials/al6061_t6"] = "density = 1"
    assert "data of al6061_t6 have changed" in refused(stopped, *SETTINGS, "--resume")
    for option, said in OPTIONS.items():
        assert said in refused(stopped, *SETTINGS, *option, "--resume")
    (stopped / "run.h5.partial").write_bytes(before)
    both = CliRunner().invoke(run, [str(CASE), "-o", str(stopped / "run.h5"), "--resume", "--force"])
    assert both.exit_code == 2
    assert (stopped / "run.h5.partial").read_bytes() == before


def test_resume_begins_what_has_not_begun_and_leaves_what_is_complete(tmp_path):
    short = (*COARSE, "--set", "run.duration=2 h", "--set", "output.every=1 h", "-q", "--resume")
    words = [str(CASE), "-o", str(tmp_path / "run.h5"), *short]
    assert CliRunner().invoke(run, words).exit_code == 0
    made = (tmp_path / "run.h5").stat().st_mtime_ns
    assert CliRunner().invoke(run, words).exit_code == 0
    assert (tmp_path / "run.h5").stat().st_mtime_ns == made
    assert "another case" in refused(tmp_path, *short, "--set", "sky.albedo=0.08")
    for option, said in OPTIONS.items():
        assert said in refused(tmp_path, *short, *option)
    with h5py.File(tmp_path / "run.h5", "r+") as file:
        del file.attrs["years_ahead"]  # older versions did not record it
    assert "without --years, not with --years 2" in refused(tmp_path, *short, "--years", "2")
    assert CliRunner().invoke(run, words).exit_code == 0
