"""Run under mpirun: days of the reference case, or a load that fails on one rank. Prints what rank 0 saw."""

import json
import sys

import numpy as np
from mpi4py import MPI

import thermal
from thermal.heat.time.integrator import Integrator

DAYS = 2.0


def run(**overrides):
    case = thermal.load_case("cases/change5-reference.toml", {"mesh.size": "100 mm", **overrides})
    simulation = thermal.Simulation(case)
    integrator = Integrator(simulation.model, 0.0, case.solver.tolerance)
    balance = integrator.balance
    stop = DAYS * 86400.0
    states = list(integrator.run(stop, [0.5 * stop], [], ()))
    ledger = states[-1].ledger.to_json()
    owned = MPI.COMM_WORLD.gather(balance.network.owned)
    if MPI.COMM_WORLD.rank == 0:
        return {
            "owned": owned,
            "steps": integrator.steps,
            "iterations": balance.solver.iterations,
            "ledger": ledger,
            "temperature": [np.concatenate(list(state.temperature.values())).tolist() for state in states],
        }
    return None


if __name__ == "__main__":
    found = run()
    if found is not None:
        sys.stdout.write(json.dumps(found) + "\n")
