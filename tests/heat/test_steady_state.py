"""The start in equilibrium: bodies whose level hangs on next to nothing, against a dense solution."""

import json
import subprocess
import sys

import numpy as np
import pytest
from lumped_network import random_network
from scipy.optimize import brentq
from test_periodic import massive

import thermal
from thermal.core.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.core.errors import ConvergenceError
from thermal.heat.model.conductor import Conductors
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.lumped_mass import lumped
from thermal.heat.model.part import Face
from thermal.heat.solver.direct import newton_correction
from thermal.heat.time.integrator import Integrator

FOUR = np.arange(4)


def levels(model, tolerance_k):
    state = Integrator(model, 0.0, tolerance_k).state()
    return np.array([values.mean() for values in state.temperature.values()])


def lander_by_bisection():
    """Flag, arm and lander of :func:`massive` at sunrise: one after the other, outwards from the flag."""
    flag_w, arm_w, lander_w = 9.0, 0.5 * 0.1, 0.05 * 4.0

    def of_flag(flag):
        arm = flag - (flag_w - 1.7 * SIGMA * flag**4) / 0.02
        lander = arm - (arm_w - 0.05 * 0.1 * SIGMA * arm**4 + 0.02 * (flag - arm)) / 0.04
        return arm, lander, lander_w - 0.02 * 4.0 * SIGMA * lander**4 + 0.04 * (arm - lander)

    flag = brentq(lambda flag: of_flag(flag)[2], 95.0, 98.5, xtol=1e-12)
    return flag, *of_flag(flag)[:2]


@pytest.mark.parametrize("tolerance_k", [0.5, 0.05, 0.02, 0.01, 0.005, 1e-4])
def test_three_bodies_start_where_the_closed_balance_says(tolerance_k):
    """At any tolerance: a tenth of it is what a start may be off (``settle``), whatever the processor."""
    found = levels(massive("equilibrium"), tolerance_k)
    assert np.abs(found - lander_by_bisection()).max() < 0.1 * tolerance_k


@pytest.mark.parametrize("seed", range(40))
def test_any_network_of_bodies_starts_in_balance(seed):
    """Joints from 1e-5 to 1e3 W/K, emissivities from 1e-4, 1e4 W/K within each body."""
    model, dense = random_network(np.random.default_rng(seed))
    assert levels(model, 0.05) == pytest.approx(dense, abs=0.005)


def two_bodies(absorbed):
    """Two bodies that emit nothing, joined."""
    parts = [lumped("one", 10.0), lumped("other", 10.0, position=(0.0, 10.0, 0.0))]
    model = HeatModel(parts, [Conductors("joint", FOUR, 4 + FOUR, np.full(4, 0.1))])
    model.absorbed = lambda _t, _x, face: absorbed if face == "front" else None
    model.temperature = "equilibrium"
    return model


def test_what_gains_and_never_loses_has_no_equilibrium():
    with pytest.raises(ConvergenceError, match="no steady state"):
        levels(two_bodies(1.0), 0.05)


def test_what_neither_gains_nor_loses_stays_where_the_search_began():
    assert levels(two_bodies(0.0), 0.05) == pytest.approx([250.0, 250.0], abs=1e-6)


def stripes():
    """Cloth with its own law in each direction beside a plate that it exchanges radiation with."""
    k = thermal.Law.of(lambda T: 1e-4 * T / 300.0)
    across = thermal.Law.of(lambda T: 4e-5 * (T / 300.0) ** 2)
    face = Face(0.4, 0.8)
    lines = np.linspace(0.0, 0.1, 6)
    parts = [
        thermal.Part(
            thermal.flat_sheet(name, lines, lines, position=(x, 0.0, 0.0)),
            thermal.Law.constant(300.0), (k, across), face, face,
        )
        for name, x in (("cloth", 0.0), ("plate", 0.1))
    ]  # fmt: skip
    every = np.arange(36)
    links = [
        Conductors("seam", every[:6], 36 + every[:6], np.full(6, 0.01)),
        Conductors("sight", every, 36 + every, np.full(36, 1e-4), radiative=True),
    ]
    model = HeatModel(parts, links)
    model.absorbed = lambda _t, x, face: 300.0 * x[:, 1] / 0.1 if face == "front" else None
    return model


def test_the_factorised_matrix_is_the_derivative_of_the_balance():
    """It gives back, to second order, the change of temperature that changed the residual."""
    model = stripes()
    rng = np.random.default_rng(3)
    model.temperature = {"cloth": rng.uniform(100.0, 350.0, 36), "plate": rng.uniform(100.0, 350.0, 36)}
    balance = Integrator(model, 0.0, 0.05).balance
    owned = balance.network.owned
    history = balance.enthalpy.copy()

    def residual():
        balance.evaluate(history, 0.0)
        return balance.residual.copy()

    before = residual()
    slope, local, T = balance.slope.copy(), balance.local.copy(), balance.T.copy()
    moved = 1e-3 * rng.standard_normal(owned)
    balance.T[:owned] += moved
    x = newton_correction(balance.network, T, slope, local, before - residual())
    assert np.abs(x - moved).max() < 1e-2 * np.abs(moved).max()


@pytest.mark.mpi
def test_ranks_start_at_the_same_balance():
    script = (
        "import sys, json; sys.path.insert(0, 'tests/heat')\n"
        "from test_steady_state import levels; from test_periodic import massive\n"
        "from mpi4py import MPI\n"
        "found = levels(massive('equilibrium'), 0.05).tolist()\n"
        "print(json.dumps(found)) if MPI.COMM_WORLD.rank == 0 else None\n"
    )
    run = ["mpirun", "-n", "2", "--oversubscribe", sys.executable, "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == pytest.approx(lander_by_bisection(), abs=0.005)
