"""Steps of several ranks made whole, over the communicator of the run."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from thermal.heat.time.state import Step


@pytest.mark.mpi
def test_the_ranks_of_a_run_are_enough(tmp_path):
    script = Path(__file__).with_name("gathered_steps.py")
    start = ["mpirun", "--oversubscribe", "-n", "3", sys.executable, str(script), str(tmp_path)]
    done = subprocess.run(start, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == ["rank0", "rank1"]


def test_a_step_of_one_process_is_taken_as_it_is():
    values = [np.array([200.0, 201.0])] * 5
    step = Step(60.0, 60.0, *values, {}, np.array([0, 1]))
    assert step.gathered() is step


def test_vertices_of_one_process_are_put_in_order():
    values = [np.array([200.0, 201.0])] * 5
    step = Step(60.0, 60.0, *values, {}, np.array([1, 0])).gathered()
    assert step.temperature.tolist() == [201.0, 200.0]
