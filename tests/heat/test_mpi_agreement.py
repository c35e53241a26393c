"""Two ranks do what one does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("two_ranks.py")

pytestmark = pytest.mark.mpi


def launch(ranks, *words, timeout=200):
    """Run a command on some ranks that make room for each other where cores are few."""
    quiet = {
        "PYTHONPATH": str(ROOT),
        "OMPI_ALLOW_RUN_AS_ROOT": "1",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        "OMPI_MCA_mpi_yield_when_idle": "1",
    }
    start = ["mpirun", "--oversubscribe", "-n", str(ranks)] if ranks > 1 else []
    return subprocess.run(
        [*start, *map(str, words)],
        cwd=ROOT,
        env=os.environ | quiet,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture(scope="module")
def runs():
    done = [launch(ranks, sys.executable, SCRIPT) for ranks in (1, 2)]
    for each in done:
        assert each.returncode == 0, each.stderr
    return [json.loads(each.stdout.splitlines()[-1]) for each in done]


def test_ranks_share_the_work(runs):
    one, two = runs
    assert len(two["owned"]) == 2
    assert sum(two["owned"]) == sum(one["owned"])
    assert max(two["owned"]) < 0.75 * sum(two["owned"])


def test_ranks_take_the_same_steps_and_iterations(runs):
    one, two = runs
    assert two["steps"] == one["steps"]
    assert two["iterations"] == one["iterations"]


def test_ranks_agree_to_rounding(runs):
    one, two = (np.array(run["temperature"]) for run in runs)
    assert np.abs(two - one).max() < 1e-10 * one.max()


def test_ledgers_agree(runs):
    one, two = (run["ledger"] for run in runs)
    for name in ("absorbed_j", "emitted_j", "conducted_j"):
        assert two[name] == pytest.approx(one[name], rel=1e-10)
    assert two["residual_fraction"] < 1e-6


def test_an_error_on_one_rank_ends_all(tmp_path):
    script = tmp_path / "failing.py"
    script.write_text(
        "import sys\n"
        "from mpi4py import MPI\n"
        "from thermal.cli import main\n"
        "import thermal.heat.time.integrator as integrate\n"
        "whole = integrate.Integrator._advance\n"
        "def fails(self, *a, **k):\n"
        "    if MPI.COMM_WORLD.rank == 1 and self.steps > 3:\n"
        "        raise RuntimeError('one rank has a fault')\n"
        "    whole(self, *a, **k)\n"
        "integrate.Integrator._advance = fails\n"
        "sys.argv[0] = 'lunarflag'\n"
        "main.main()\n"
    )
    words = ["run", "cases/change5-reference.toml", "--set", "mesh.size=200 mm", "-q"]
    done = launch(2, sys.executable, script, *words, "-o", tmp_path / "out.h5", timeout=120)
    assert done.returncode != 0
    assert "one rank has a fault" in done.stderr
    assert not (tmp_path / "out.h5").exists()
