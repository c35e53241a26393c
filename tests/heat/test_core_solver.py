"""The heat core on models with closed or dense solutions."""

import dataclasses

import numpy as np
import pytest

import thermal
from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.geometry.tube import tube
from thermal.heat.time.integrator import Integrator
from thermal.heat.time.scheme import DIAGONAL, ERROR_WEIGHTS
from thermal.heat.time.step_error import StepError

CAPACITY = 300.0


def sheet(nx=9, ny=7, conductance=4e-5, finest=None):
    x = np.linspace(0.0, 0.2, nx)
    if finest is not None:
        x = thermal.graded_grid(0.2, 0.02, refine_at=[0.0], edge_size=finest)
    surface = thermal.flat_sheet("cloth", x, np.linspace(0.0, 0.1, ny))
    law = thermal.Law.constant(conductance)
    face = thermal.Face(0.4, 0.8)
    return thermal.Part(surface, thermal.Law.constant(CAPACITY), (law, law), face, face)


def test_a_sheet_in_the_dark_cools_as_the_closed_solution_says():
    model = thermal.HeatModel([sheet()])
    model.temperature = 350.0
    times = np.geomspace(1.0, 1e5, 12)
    states = list(thermal.integrate(model, 0.0, 1e5, 0.02, times.tolist()))
    rate = 3.0 * 2.0 * 0.8 * STEFAN_BOLTZMANN / CAPACITY
    for state in states:
        exact = (350.0**-3 + rate * state.time_s) ** (-1.0 / 3.0)
        assert np.abs(state.temperature["cloth"] - exact).max() < 0.02


@pytest.mark.parametrize("tolerance_k", [0.05, 0.5])
@pytest.mark.parametrize("finest", [None, 2.5e-4])
def test_the_ledger_closes_at_default_and_ten_times_looser(tolerance_k, finest):
    part = sheet(finest=finest)
    edge = np.flatnonzero(part.surface.uv[:, 0] == 0.0)
    sink = thermal.Sink("arm", edge, np.full(len(edge), 0.01), lambda t: 250.0 + 50.0 * np.sin(t / 9000.0))
    model = thermal.HeatModel([part], [sink])
    model.temperature = 200.0
    model.absorbed = lambda t, x, face: (
        400.0 * max(0.0, np.sin(t / 7000.0)) * (x[:, 1] > 0.05) if face == "front" else 20.0
    )
    *_, last = thermal.integrate(model, 0.0, 2e5, tolerance_k, [5e4, 1e5])
    assert last.ledger.residual_fraction < 1e-6
    assert last.ledger.absorbed_j > 0.0 > last.ledger.emitted_j


def other():
    """Surface of a second sheet."""
    lines = thermal.graded_grid(0.2, 0.02, refine_at=[0.0], edge_size=1e-3)
    return thermal.flat_sheet("other", lines, np.linspace(0.0, 0.1, 7))


def dense(balance):
    """The linear system of the last evaluation, from the network that couplings were made of."""
    net = balance.network
    matrix = np.diag(balance.local)
    for i in range(net.owned):
        for j, c in zip(net.column[i], net.coupling[0, i], strict=True):
            conductance = c * 0.5 * (balance.slope[0, i] + balance.slope[0, j])
            matrix[i, i] += conductance
            matrix[i, j] -= conductance
    return matrix


@pytest.mark.parametrize("finest", [None, 2.5e-4])
def test_linear_solver_and_its_bound_against_a_dense_solution(finest):
    model = thermal.HeatModel([sheet(finest=finest)])
    model.temperature = 120.0
    balance = Integrator(model, 0.0, 0.05).balance
    balance.evaluate(balance.enthalpy + 40.0 * np.random.default_rng(1).random(balance.network.owned), 1e-3)
    balance._prepare()
    residual = balance.residual.copy()
    exact = np.linalg.solve(dense(balance), residual)
    # M leaves out couplings that form an M-matrix: what it makes of a residual bounds the error.
    bound = balance._measure()
    assert bound >= np.abs(exact).max()
    found, left = balance.solver.solve(balance.residual, balance.local, 1e-7)
    # Single precision brings the bound to a ten-thousandth of its start.
    assert np.abs(found + left / balance.local.sum() - exact).max() < 1e-4 * bound
    assert balance.precondition.plain is (finest is None)


def pipe(name, rings, around, conductance=0.15):
    """A tube along z of so many rings."""
    law = thermal.Law.constant(conductance)
    surface = tube(
        name, (0.0, -0.01, 0.0), (0.0, -0.01, 0.3), 0.01, np.linspace(0.0, 0.3, rings), around=around
    )
    return thermal.Part(
        surface, thermal.Law.constant(2500.0), (law, law), thermal.Face(0.3, 0.8), thermal.Face()
    )


def arm_with_cloth():
    """A tube with a hem on it and grey exchange inside its rings, and two tubes of other shapes."""
    wall = pipe("pipe", 9, 8)
    cloth = sheet(finest=2.5e-4)
    count = len(cloth.surface.points)
    hem = np.flatnonzero(cloth.surface.uv[:, 0] == 0.0)
    held = count + 8 * np.arange(len(hem))
    rings = count + np.arange(len(wall.surface.points)).reshape(-1, 8)
    first, second = (rings[:, place].ravel() for place in np.triu_indices(8, 1))
    inside = thermal.Conductors("inside", first, second, np.full(len(first), 1e-5), radiative=True)
    joint = thermal.Conductors("hem", hem, held, np.full(len(hem), 0.02))
    return thermal.HeatModel([cloth, wall, pipe("wide", 5, 11), pipe("short", 2, 6)], [joint, inside])


def test_sheet_and_arm_in_one_loop_against_differences_of_the_balance():
    """The Jacobian is that of the residual itself, by central differences at one temperature."""
    model = arm_with_cloth()
    model.temperature = 250.0
    balance = Integrator(model, 0.0, 0.05).balance
    owned, rate, history = balance.network.owned, 1e-3, balance.enthalpy.copy()
    jacobian = np.empty((owned, owned))
    for j in range(owned):
        values = []
        for step in (0.01, -0.01):
            balance.T[j] += step
            balance.evaluate(history, rate)
            values.append(balance.residual.copy())
            balance.T[j] -= step
        jacobian[:, j] = (values[1] - values[0]) / 0.02
    balance.evaluate(history + 40.0 * np.random.default_rng(1).random(owned), rate)
    balance._link_up()
    balance._prepare()
    exact = np.linalg.solve(jacobian, balance.residual)
    assert balance.precondition.alone is not None
    found, left = balance.solver.solve(balance.residual, balance.local, 1e-9)
    assert np.abs(found - exact).max() < 2e-3 * np.abs(exact).max()
    assert abs(left) < 1e-9
    assert balance.solver.iterations <= 12


def test_two_sheets_are_solved_without_the_one_loop():
    model = thermal.HeatModel(
        [sheet(finest=2.5e-4), dataclasses.replace(sheet(finest=1e-3), surface=other())]
    )
    model.temperature = 120.0
    balance = Integrator(model, 0.0, 0.05).balance
    assert balance.precondition.alone is None
    balance.evaluate(balance.enthalpy + 40.0 * np.random.default_rng(1).random(balance.network.owned), 1e-3)
    balance._link_up()
    balance._prepare()
    exact = np.linalg.solve(dense(balance), balance.residual)
    found, _ = balance.solver.solve(balance.residual, balance.local, 1e-9)
    assert np.abs(found - exact).max() < 1e-6


def test_the_matrix_of_a_stage_serves_the_next_only_where_it_is_near():
    model = arm_with_cloth()
    model.temperature = 250.0
    balance = Integrator(model, 0.0, 0.05).balance
    history = balance.enthalpy.copy()
    balance.evaluate(history, 1e-3)
    balance._link_up()
    balance._prepare()
    assert balance._prepared_for(1e-3)
    assert not balance._prepared_for(2e-3)
    balance.T[3] += 1.9
    assert balance._prepared_for(1e-3)
    balance.T[3] += 0.2
    assert not balance._prepared_for(1e-3)
    balance.T[3] -= 1.0
    balance.forget()
    assert not balance._prepared_for(1e-3)


def test_what_is_not_a_number_is_no_convergence():
    model = arm_with_cloth()
    model.temperature = 250.0
    balance = Integrator(model, 0.0, 0.05).balance
    history = balance.enthalpy.copy()
    balance.T[[2, -1]] = np.nan
    assert not balance.solve(history, 1e-3, 1e-4)


def test_an_error_counts_over_the_share_that_a_step_forgets():
    """x / (1 + x), x the step over the time constant of radiation and sink; a tenth at least."""
    part = sheet()
    count = len(part.surface.points)
    sink = thermal.Sink("air", np.arange(count), 5.0 * part.surface.area, lambda _: 200.0)
    model = thermal.HeatModel([part], [sink])
    model.temperature = 300.0
    balance = Integrator(model, 0.0, 0.05).balance
    loss = 5.0 + 2.0 * 0.8 * STEFAN_BOLTZMANN * 4.0 * 300.0**3
    flux = [np.full(count, value) for value in (1.0, 2.0, 4.0)]
    raw = sum(w * f[0] for w, f in zip(ERROR_WEIGHTS, flux, strict=True))
    for dt in (0.5, 20.0, 5000.0):
        rate = 1.0 / (DIAGONAL * dt)
        balance.evaluate(balance.enthalpy.copy(), rate)
        forgotten = max(0.1, loss * dt / CAPACITY / (1.0 + loss * dt / CAPACITY))
        expected = abs(dt * rate * raw) / (CAPACITY * rate + loss) / forgotten
        assert StepError(balance).of_temperature(dt, rate, flux) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("kelvin", "step_s"), [(300.0, 100.0), (200.0, 4 * 3600.0), (120.0, 86400.0)])
def test_an_error_that_all_vertices_share_is_not_made_smaller(kelvin, step_s):
    """What couples vertices says nothing about it, however little a cold tube loses by itself."""
    model = arm_with_cloth()
    model.temperature = kelvin
    balance = Integrator(model, 0.0, 0.05).balance
    balance.evaluate(balance.enthalpy.copy(), 1.0 / (DIAGONAL * step_s))
    error = np.empty(balance.network.owned)
    balance.damp(1.0 * balance.local, error)
    assert error.min() > 0.99
    assert error.max() < 1.1


def test_lines_leave_few_iterations_to_a_finely_graded_sheet():
    model = thermal.HeatModel([sheet(finest=2.5e-4)])
    model.temperature = 120.0
    balance = Integrator(model, 0.0, 0.05).balance
    across = balance.network.vertex // 7
    balance.evaluate(
        balance.enthalpy + 40.0 * np.random.default_rng(1).random(across.max() + 1)[across], 1e-3
    )
    balance._prepare()
    balance.solver.solve(balance.residual, balance.local, 1e-9)
    assert balance.solver.iterations <= 8
