"""The public Python interface under mpirun: the same script, the same states, and one end for all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("python_on_ranks.py")
TIMEOUT_S = 120
"""A hang is a failure: these runs take some seconds."""

pytestmark = pytest.mark.mpi


def launch(ranks, folder, wrong="nothing"):
    quiet = {
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "OMPI_ALLOW_RUN_AS_ROOT": "1",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        "OMPI_MCA_mpi_yield_when_idle": "1",
    }
    start = ["mpirun", "--oversubscribe", "-n", str(ranks)] if ranks > 1 else []
    return subprocess.run(
        [*start, sys.executable, str(SCRIPT), str(folder), wrong],
        cwd=ROOT,
        env=os.environ | quiet,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    found = []
    for ranks in (1, 2):
        folder = tmp_path_factory.mktemp(f"ranks{ranks}")
        done = launch(ranks, folder)
        assert done.returncode == 0, done.stderr
        found.append([json.loads((folder / f"rank{rank}.json").read_text()) for rank in range(ranks)])
    return found


def test_every_rank_sees_the_whole_states(seen):
    _, (first, second) = seen
    assert first == second
    assert np.shape(first["temperature"]) == (4, 41 * 21)


def test_two_ranks_see_what_one_sees(seen):
    """Within a hundredth of the tolerance, for a sheet that is left to its vertices' own rates."""
    (one,), (two, _) = seen
    assert two["steps"] == one["steps"]
    assert np.abs(np.subtract(two["temperature"], one["temperature"])).max() < 0.05 / 100.0
    assert two["ledger"] < 1e-6


def test_ranks_agree_to_rounding_where_that_is_asked_for(tmp_path):
    found = []
    for ranks in (1, 2):
        done = launch(ranks, tmp_path, "reproducible")
        assert done.returncode == 0, done.stderr
        found.append(json.loads((tmp_path / "rank0.json").read_text()))
    one, two = found
    assert two["steps"] == one["steps"]
    temperatures = np.array(one["temperature"])
    assert (np.abs(np.subtract(two["temperature"], temperatures)) < 1e-10 * temperatures).all()


@pytest.mark.parametrize("wrong", ["load", "loop"])
def test_an_exception_on_one_rank_ends_all(tmp_path, wrong):
    done = launch(2, tmp_path, wrong)
    assert done.returncode != 0
    assert f"the {wrong} of one rank fails" in done.stderr
    assert list(tmp_path.iterdir()) == []
