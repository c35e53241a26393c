"""`lunarflag run --reproducible` and `--steps`: one rank and two, to 1e-10 of every temperature."""

import os
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "change5-reference.toml"
SETTINGS = ("mesh.size=200 mm", "mesh.edge_size=5 mm", "mesh.around=8", "run.duration=9 day")

pytestmark = pytest.mark.mpi


def run(folder, name, *words, ranks=1, settings=SETTINGS):
    quiet = {
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "OMPI_ALLOW_RUN_AS_ROOT": "1",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        "OMPI_MCA_mpi_yield_when_idle": "1",
    }
    start = ["mpirun", "--oversubscribe", "-n", str(ranks)] if ranks > 1 else []
    sets = [word for setting in settings for word in ("--set", setting)]
    command = [*start, sys.executable, "-m", "thermal.cli.main", "run", str(CASE), "-o", str(folder / name)]
    return subprocess.run(
        [*command, "-q", *sets, *words],
        cwd=ROOT,
        env=os.environ | quiet,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def end_of(path):
    """Steps, and the integrator's temperatures at the end in double precision."""
    with h5py.File(path) as file:
        return file["steps/step_size"][()], file["checkpoint/temperature"][()], file.attrs["reproducible"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reproducible")
    for name, words, ranks in (
        ("plain.h5", (), 1),
        ("one.h5", ("--reproducible",), 1),
        ("two.h5", ("--reproducible",), 2),
        ("after.h5", ("--steps", str(folder / "plain.h5")), 1),
        ("after2.h5", ("--steps", str(folder / "plain.h5")), 2),
    ):
        done = run(folder, name, *words, ranks=ranks)
        assert done.returncode == 0, done.stderr
    return folder


def test_ranks_agree_to_rounding(folder):
    (steps, one, tight), (others, two, _) = end_of(folder / "one.h5"), end_of(folder / "two.h5")
    assert tight
    assert np.array_equal(steps, others)
    assert (np.abs(two - one) < 1e-10 * one).all()


def test_tight_solves_change_less_than_the_tolerance(folder):
    _, plain, tight = end_of(folder / "plain.h5")
    _, one, _ = end_of(folder / "one.h5")
    assert not tight
    assert np.abs(one - plain).max() < 0.05


def test_recorded_steps_are_taken(folder):
    steps, plain, _ = end_of(folder / "plain.h5")
    (own, one, tight), (others, two, _) = end_of(folder / "after.h5"), end_of(folder / "after2.h5")
    assert tight
    assert np.array_equal(own, steps)
    assert np.array_equal(others, steps)
    assert (np.abs(two - one) < 1e-10 * one).all()
    assert np.abs(one - plain).max() < 0.05 / 10.0


def test_steps_that_do_not_fit_are_refused(folder, tmp_path):
    steps = ("--steps", str(folder / "plain.h5"))
    done = run(tmp_path, "other.h5", *steps, settings=(*SETTINGS, "sky.albedo=0.08"))
    assert done.returncode == 3
    assert "those of another case" in done.stderr
    done = run(tmp_path, "none.h5", "--steps", str(tmp_path / "missing.h5"))
    assert done.returncode == 3
    assert "no result of a run can be read there" in done.stderr
    assert list(tmp_path.iterdir()) == []
