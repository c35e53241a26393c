"""Two ranks find the shadows, factors and temperatures of one."""

import subprocess
import sys
from pathlib import Path

import numpy as np

CASE = Path(__file__).parents[2] / "cases" / "change5-lander.toml"
SCRIPT = """
import sys
import numpy as np
from mpi4py import MPI
from thermal.case import load_case
from thermal.simulation import Simulation

case = load_case(sys.argv[1], {
    "mesh.size": "100 mm", "mesh.edge_size": "20 mm", "mesh.around": "12", "run.duration": "6 h",
})
state = list(Simulation(case).run())[-1]
if MPI.COMM_WORLD.rank == 0:
    print(np.concatenate(list(state.temperature.values())).tobytes().hex())
"""


def test_two_ranks_find_what_one_finds():
    command = [sys.executable, "-c", SCRIPT, str(CASE)]
    alone, both = (
        subprocess.run([*ranks, *command], capture_output=True, text=True, check=True).stdout.split()[-1]
        for ranks in ([], ["mpirun", "-n", "2"])
    )
    found = [bytes.fromhex(text) for text in (alone, both)]
    assert len(found[0]) == len(found[1]) > 0
    one, two = (np.frombuffer(raw) for raw in found)
    assert np.abs(one - two).max() < 1e-6
