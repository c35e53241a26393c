"""The periodic state against a closed case (V9 of the verification set) and against marching."""

import json
from pathlib import Path

import h5py
import numpy as np
import pytest
from click.testing import CliRunner

from thermal.cli.run import command as run
from thermal.cli.show import command as show
from thermal.core.constants import LUNATION, STEFAN_BOLTZMANN
from thermal.core.errors import ConvergenceError
from thermal.heat.model.conductor import Conductors
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.lumped_mass import lumped
from thermal.heat.model.part import Face
from thermal.heat.time.anderson import Anderson
from thermal.heat.time.integrator import Integrator
from thermal.heat.time.periodic import find_cycle
from thermal.heat.time.snapshot import put_back, take

CASE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"
COARSE = ("--set", "mesh.size=450 mm", "--set", "mesh.edge_size=100 mm", "--set", "mesh.around=8")
FOUR = np.arange(4)


def link(name, first, second, conductance):
    return Conductors(name, 4 * first + FOUR, 4 * second + FOUR, np.full(4, conductance / 4))


def half_sine(peaks, floors, period):
    """Fluxes on the fronts of bodies that stand ten metres apart."""

    def absorbed(time_s, x, face):
        if face == "back":
            return None
        body = np.round(x[:, 1] / 10.0).astype(int)
        sun = max(0.0, np.sin(2.0 * np.pi * time_s / period))
        return np.asarray(peaks)[body] * sun + np.asarray(floors)[body]

    return absorbed


def two_nodes():
    """V9: flag and arm in contact under a half-sine Sun of two hours."""
    flag = lumped("flag", 200.0, front=Face(emissivity=0.85), back=Face(emissivity=0.85))
    arm = lumped("arm", 1500.0, front=Face(emissivity=0.8), back=Face(emissivity=0.8), position=(0, 10, 0))
    model = HeatModel([flag, arm], [link("contact", 0, 1, 0.5)])
    surroundings = STEFAN_BOLTZMANN * 100.0**4 * np.array([1.7, 1.6])
    model.absorbed = half_sine((408.3, 300.0), surroundings, 7200.0)
    model.temperature = 200.0
    return model


def test_two_nodes_in_contact_meet_the_closed_case():
    integrator = Integrator(two_nodes(), 0.0, 0.002)
    cycle = find_cycle(integrator, 7200.0, 0.002, [3600.0])
    assert cycle.periods <= 4
    expected = {
        0.0: (107.05782, 111.95307),
        0.25: (255.06903, 236.51090),
        0.5: (156.73357, 187.05441),
        0.75: (115.30485, 127.27313),
        1.0: (107.05782, 111.95307),
    }
    outputs = [phase * 7200.0 for phase in expected]
    for state, target in zip(integrator.run(7200.0, outputs, [3600.0], ()), expected.values(), strict=True):
        found = [state.temperature[name].mean() for name in ("flag", "arm")]
        assert found == pytest.approx(target, abs=0.01)
        assert state.ledger.residual_fraction < 1e-6


def massive(start):
    """A cloth, an arm that forgets within three lunations and a lander that forgets within ten."""
    flag = lumped("flag", 200.0, front=Face(emissivity=0.85), back=Face(emissivity=0.85))
    arm = lumped("arm", 4e5, area=0.1, front=Face(emissivity=0.05), position=(0, 10, 0))
    lander = lumped("lander", 5e6, area=4.0, front=Face(emissivity=0.02), position=(0, 20, 0))
    model = HeatModel([flag, arm, lander], [link("hem", 0, 1, 0.02), link("foot", 1, 2, 0.04)])
    model.absorbed = half_sine((408.0, 30.0, 12.0), (9.0, 0.5, 0.05), LUNATION)
    model.temperature = start
    return model


TOLERANCE = 0.05


@pytest.fixture(scope="module")
def found():
    integrator = Integrator(massive(250.0), 0.0, TOLERANCE)
    cycle = find_cycle(integrator, LUNATION, TOLERANCE, [LUNATION / 2])
    start, end = integrator.run(LUNATION, (), [LUNATION / 2], ())
    return cycle, start.temperature, end.temperature


def farthest(one, other):
    return max(float(np.abs(one[name] - other[name]).max()) for name in one)


def test_the_state_comes_back(found):
    cycle, start, end = found
    assert cycle.distance_k[-1] <= TOLERANCE
    # What is asked for. Where the search stops within it is up to rounding: 5e-5 to 0.012 K have been seen.
    assert farthest(start, end) < TOLERANCE
    assert max(values[-1] for values in cycle.residual_k.values()) < TOLERANCE


def test_five_times_fewer_lunations_than_marching(found):
    """Marching comes within the same distance in five times as many lunations, and to the same state."""
    cycle, periodic, _ = found
    integrator = Integrator(massive(250.0), 0.0, TOLERANCE)
    lunations, away = 0, np.inf
    while away > TOLERANCE:
        *_, end = integrator.run(LUNATION, (), [LUNATION / 2], ())
        integrator.begin(0.0, np.concatenate(list(end.temperature.values())))
        lunations += 1
        away = farthest(end.temperature, periodic)
        assert lunations < 100
    assert lunations >= 5 * (cycle.periods + 1)


@pytest.mark.parametrize("start", ["equilibrium", 150.0, 400.0])
def test_the_periodic_state_does_not_depend_on_the_start(found, start):
    _, periodic, _ = found
    integrator = Integrator(massive(start), 0.0, TOLERANCE)
    cycle = find_cycle(integrator, LUNATION, TOLERANCE, [LUNATION / 2])
    assert cycle.periods <= 14
    assert farthest(integrator.state().temperature, periodic) < 2 * TOLERANCE


def test_a_state_that_is_not_found_is_refused_in_one_sentence():
    integrator = Integrator(massive(250.0), 0.0, TOLERANCE)
    with pytest.raises(ConvergenceError, match=r"no periodic state within .* K was found in 3 periods"):
        find_cycle(integrator, LUNATION, TOLERANCE, [LUNATION / 2], most=3)


def test_a_linear_map_of_three_modes_takes_six_images():
    """Slow modes of time constants from 3 to 300 periods beside many that forget at once."""
    rates = np.array([0.997, 0.95, 0.7, *np.zeros(20)])
    fixed = np.linspace(100.0, 300.0, rates.size)
    acceleration = Anderson(np.ones(rates.size), reach=1e6)
    here = np.full(rates.size, 250.0)
    for _ in range(6):
        here = acceleration.propose(here, fixed + rates * (here - fixed))
    assert here == pytest.approx(fixed, abs=1e-4)


def test_no_temperature_is_moved_out_of_reach():
    acceleration = Anderson(np.ones(2), reach=10.0)
    first = acceleration.propose(np.zeros(2), np.ones(2))
    assert first == pytest.approx(1.0)
    image = first + 0.999
    assert np.abs(acceleration.propose(first, image) - image).max() == pytest.approx(10.0)


def test_a_periodic_case_from_its_file_to_show(tmp_path):
    path = tmp_path / "periodic.h5"
    done = CliRunner().invoke(run, [str(CASE), "-o", str(path), *COARSE, "--set", "run.mode=periodic"])
    assert done.exit_code == 0, done.output
    assert "periodic: found in " in done.stdout
    shown = json.loads(CliRunner().invoke(show, [str(path), "--json"]).stdout)["cycle"]
    assert shown["lunations"] <= 5
    assert set(shown["residual_k"]) == {"flag", "arm1", "arm2", "arm3"}
    assert max(shown["closing_k"].values()) < 0.1  # of the worst vertex; the tolerance is that of a part
    with h5py.File(path) as file:
        assert len(file["cycle/distance"]) == len(file["cycle/residual_flag"]) == shown["lunations"]
        assert file["cycle/distance"].attrs["units"] == "K"
        assert file["series/time"][0] == 0.0
        assert file["series/time"][-1] == pytest.approx(LUNATION)


def test_a_short_periodic_run_is_a_piece_of_the_lunation(tmp_path):
    words = [str(CASE), "-o", str(tmp_path / "short.h5"), *COARSE, "--set", "run.mode=periodic"]
    done = CliRunner().invoke(run, [*words, "--set", "run.duration=1 day", "-q"])
    assert done.exit_code == 0, done.output
    shown = json.loads(CliRunner().invoke(show, [str(tmp_path / "short.h5"), "--json"]).stdout)
    assert shown["cycle"]["closing_k"] is None
    assert max(shown["cycle"]["residual_k"].values()) < 0.1


def test_a_search_goes_on_bit_for_bit(found):
    """From behind every lunation, on an integrator that knows nothing of the ones before."""
    whole, periodic, _ = found
    kept = []
    first = Integrator(massive(250.0), 0.0, TOLERANCE)
    find_cycle(
        first, LUNATION, TOLERANCE, [LUNATION / 2], keep=lambda search: kept.append((search, take(first)))
    )
    assert len(kept) == whole.periods - 1
    for search, snapshot in kept:
        second = Integrator(massive(100.0), 0.0, TOLERANCE)
        put_back(second, snapshot)
        assert find_cycle(second, LUNATION, TOLERANCE, [LUNATION / 2], search=search) == whole
        assert farthest(second.state().temperature, periodic) == 0.0
