"""Run under mpirun: a user's script as docs/python.md has it. Each rank writes what it saw; some fail."""

import json
import sys
from pathlib import Path

import numpy as np
from mpi4py import MPI

import thermal

DAY = 86400.0


def model(fails):
    surface = thermal.flat_sheet("cloth", np.linspace(0.0, 0.2, 41), np.linspace(0.0, 0.1, 21))
    law, face = thermal.Law.constant(4e-5), thermal.Face(0.3, 0.85)
    heat = thermal.HeatModel([thermal.Part(surface, thermal.Law.constant(150.0), (law, law), face, face)])

    def absorbed(time_s, x, face):
        if fails and time_s > 0.5 * DAY and MPI.COMM_WORLD.rank == 1:
            raise ValueError("the load of one rank fails")
        return 400.0 * np.sin(np.pi * time_s / DAY) ** 2 * (1.0 + x[:, 1]) + 20.0 if face == "front" else None

    heat.absorbed = absorbed
    heat.temperature = 250.0
    return heat


def run(folder, wrong):
    rows, outputs = [], [0.2 * DAY, 0.6 * DAY]
    tight = wrong == "reproducible"
    for state in thermal.integrate(model(wrong == "load"), 0.0, DAY, 0.05, outputs, reproducible=tight):
        if wrong == "loop" and state.time_s > 0.0 and MPI.COMM_WORLD.rank == 1:
            raise ValueError("the loop of one rank fails")
        rows.append(state.temperature["cloth"].tolist())
    seen = {"steps": state.steps, "ledger": state.ledger.residual_fraction, "temperature": rows}
    (folder / f"rank{MPI.COMM_WORLD.rank}.json").write_text(json.dumps(seen))


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
