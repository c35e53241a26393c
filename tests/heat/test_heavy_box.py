"""A box with a heat capacity: its temperature is an unknown, in balance with sky, ground and joints."""

import json
from pathlib import Path

import h5py
import numpy as np
import pytest
from click.testing import CliRunner
from scipy.integrate import solve_ivp

import thermal
from thermal.cli.run import command as run
from thermal.cli.show import command as show
from thermal.core.constants import LUNATION, STEFAN_BOLTZMANN
from thermal.core.errors import CaseError
from thermal.heat.time.integrator import Integrator

CASES = Path(__file__).parents[2] / "cases"
COARSE = {"mesh.size": "900 mm", "mesh.edge_size": "450 mm", "mesh.around": "8"}
CAPACITY = 4e5
RELAXED = """
[sink.rover]
temperature = "200 K"

[[joint]]
between = ["box:lander", "sink:rover"]
conductance = "4 W/K"
"""


def case(folder, *, joint="", epsilon=0.6, alpha=0.4, capacity=f"{CAPACITY} J/K", **overrides):
    """Give the shipped case with a lander that stores heat, without its plume."""
    text = (CASES / "change5-lander.toml").read_text()
    text = text[: text.index("[[event]]")] + joint + text[text.index("[mesh]") :]
    text = text.replace('temperature = "balance"', f'temperature = "balance"\nheat_capacity = "{capacity}"')
    text = text.replace("solar_absorptance = 0.4", f"solar_absorptance = {alpha}")
    text = text.replace("ir_emissivity = 0.6", f"ir_emissivity = {epsilon}")
    path = folder / "heavy.toml"
    path.write_text(text)
    return thermal.load_case(path, {**COARSE, **overrides})


def alone(given):
    """Give the case with a root of the arm that conducts next to nothing."""
    loose = tuple(
        joint.model_copy(update={"conductance": 1e-9})
        if "arm1" in joint.between and joint.conductance
        else joint
        for joint in given.joint
    )
    return given.model_copy(update={"joint": loose})


def far_away(given):
    """Give the case with a box 300 m off, which sees nothing but ground and sky, and an arm on a sink."""
    box = given.box[0].model_copy(update={"base": (-0.9, -300.0, 0.4)})
    joints = tuple(
        joint.model_copy(update={"between": ("arm1", "sink:rover")})
        if "box:lander" in joint.between
        else joint
        for joint in given.joint
    )
    return given.model_copy(update={"box": (box,), "joint": joints})


def absorbed_on_plain(body, sky):
    """Mean over the faces of a box of what they absorb over an open plain, W/m2."""
    areas = body.soup.areas().reshape(6, 2).sum(axis=1)
    below = 0.5 * (1.0 - body.normals[:, 2])
    light = sky.irradiance * np.maximum(body.normals @ sky.sun_direction, 0.0) + below * sky.ground_reflected
    infrared = below * sky.ground_infrared + (1.0 - below) * sky.space_infrared
    return float(areas @ (body.absorptance * light + body.emissivity * infrared) / areas.sum())


def lander(states):
    return [float(state.temperature["lander"].mean()) for state in states]


def test_it_relaxes_to_a_sink_as_the_closed_solution_says(tmp_path):
    """C dT/dt = G (T_s - T), where the skin neither absorbs nor emits."""
    short = {"run.duration": "4 day", "output.every": "1 day", "run.initial": "300 K"}
    states = list(thermal.simulate(alone(case(tmp_path, joint=RELAXED, epsilon=1e-7, alpha=0.0, **short))))
    closed = 200.0 + 100.0 * np.exp(-np.array([state.time_s for state in states]) * 4.0 / CAPACITY)
    assert closed[-1] < 210.0
    assert np.abs(np.array(lander(states)) - closed).max() < 0.05
    assert np.ptp(states[-1].temperature["lander"]) < 1e-3
    assert max(state.ledger.residual_fraction for state in states) < 1e-6


def test_it_follows_the_sky_as_a_body_of_one_temperature(tmp_path):
    """C dT/dt = A (q(t) - eps sigma T^4) for what its faces absorb, by another integrator."""
    text = {"run.duration": "10 day", "output.every": "12 h", "run.initial": "300 K"}
    rover = '[sink.rover]\ntemperature = "200 K"\n'
    simulation = thermal.Simulation(far_away(case(tmp_path, joint=rover, **text)))
    states = list(simulation.run())
    box, sky = simulation.scene.boxes[0], simulation.environment
    area = 2.0 * 2.2 * 2.2 + 4.0 * 2.2 * 1.8

    def rate(time_s, kelvin):
        emitted = box.emissivity * STEFAN_BOLTZMANN * kelvin**4
        return area / CAPACITY * (absorbed_on_plain(box, sky.at(float(time_s))) - emitted)

    times = [state.time_s for state in states]
    expected = solve_ivp(rate, (0.0, times[-1]), [300.0], "LSODA", times, rtol=1e-8, max_step=1800.0).y[0]
    assert np.ptp(expected) > 100.0
    assert np.abs(np.array(lander(states)) - expected).max() < 0.05


def test_arm_and_lander_share_a_joint_both_ways(tmp_path):
    """What the joint brings the arm it takes from the lander: the ledger closes and knows of no sink."""
    short = {"run.duration": "1 day", "output.every": "6 h", "run.initial": "300 K"}
    *_, last = thermal.simulate(case(tmp_path, **short))
    assert not any(name.startswith("sink:") for name in last.powers_w)
    assert last.powers_w["surroundings of lander"] > 0.0
    assert last.ledger.residual_fraction < 1e-6


PAYLOAD = """
[[box]]
name = "payload"
base = ["-2.04 m", "-1.4 m", "0.6 m"]
size = ["0.04 m", "1.2 m", "1.2 m"]
azimuth = "0 deg"
temperature = "balance"
solar_absorptance = 0.4
ir_emissivity = 0.6
"""


def test_by_night_a_body_is_warmed_by_the_one_beside_it(tmp_path):
    """A plate 2 cm beside a wall of 300 K: exchange of parallel plates, and what its other faces lose."""
    night = {"sky.start": "2020-12-16T00:00:00Z", "run.duration": "3 day", "output.every": "3 day"}
    path = case(tmp_path, joint=PAYLOAD, capacity="2000 J/K").path
    storing = 'temperature = "balance"\nheat_capacity = "2000 J/K"'
    path.write_text(path.read_text().replace(storing, 'temperature = "300 K"', 1))
    *_, last = thermal.simulate(thermal.load_case(path, COARSE | night))
    face, rim = 1.2 * 1.2, 4.0 * 0.04 * 1.2
    between = 1.0 / (2.0 / 0.6 - 1.0)
    expected = 300.0 * (face * between / (face * between + (face + rim) * 0.6)) ** 0.25
    assert last.temperature["payload"].mean() == pytest.approx(expected, rel=0.03)


HEAVY = {
    "sky.model": "idealised",
    "run.duration": "1 lunation",
    "run.initial": "250 K",
    "solver.tolerance": "0.5 K",
    "output.every": "1 lunation",
}


def heavy(folder):
    """Insulated as landers are, it forgets a start within some ten lunations."""
    return case(folder, epsilon=0.02, alpha=0.02, capacity="80 MJ/K", **HEAVY, **{"run.mode": "periodic"})


@pytest.fixture(scope="module")
def periodic(tmp_path_factory):
    simulation = thermal.Simulation(heavy(tmp_path_factory.mktemp("heavy")))
    return simulation, list(simulation.run())


def test_the_periodic_state_includes_it(periodic):
    _, (start, end) = periodic
    assert set(start.cycle.residual_k) == {"flag", "arm1", "arm2", "arm3", "lander"}
    assert start.cycle.periods <= 9
    assert start.cycle.residual_k["lander"][0] > 1.0
    for part in start.temperature:
        assert np.abs(end.temperature[part] - start.temperature[part]).max() < 0.5


@pytest.mark.slow
def test_five_times_fewer_lunations_than_marching(periodic):
    simulation, (start, _) = periodic
    integrator = Integrator(simulation.model, 0.0, 0.5)
    events = [event.time_s for event in simulation.environment.events() if event.time_s < LUNATION]
    lunations, away = 0, np.inf
    while away > 0.5:
        *_, end = integrator.run(LUNATION, (), events, ())
        integrator.begin(0.0, np.concatenate(list(end.temperature.values())))
        lunations += 1
        away = max(
            float(np.abs(end.temperature[part] - start.temperature[part]).max()) for part in end.temperature
        )
        assert lunations < 200
    assert lunations >= 5 * (start.cycle.periods + 1)


def test_its_run_from_file_to_show(tmp_path):
    given = case(tmp_path)
    short = ("--set", "run.duration=12 h", "--set", "output.every=6 h", "--force")
    words = [word for key, value in COARSE.items() for word in ("--set", f"{key}={value}")]
    path = tmp_path / "heavy.h5"
    picture = ("--figure", str(tmp_path / "heavy.png"))
    done = CliRunner().invoke(run, [str(given.path), "-o", str(path), *words, *short, *picture])
    assert done.exit_code == 0, done.output
    shown = json.loads(CliRunner().invoke(show, [str(path), "--json"]).stdout)
    assert list(shown["summary"]) == ["flag", "arm1", "arm2", "arm3", "lander"]
    assert shown["summary"]["lander"]["max_k"] - shown["summary"]["lander"]["min_k"] < 15.0
    with h5py.File(path) as file:
        size = len(file["VTKHDF/Points"])
        assert file["endurance/temperature_highest"].shape == (size,)
        assert np.isnan(file["endurance/temperature_highest"][-8:]).all()
        assert "temperature_highest" in file["VTKHDF/PointData"]
        assert len(file["steps/parts/lander/mean"]) == len(file["steps/time"])


def test_what_makes_no_sense_is_refused(tmp_path):
    path = case(tmp_path).path
    text = path.read_text()
    path.write_text(text.replace('temperature = "balance"', 'temperature = "290 K"'))
    with pytest.raises(CaseError, match="finds its own temperature"):
        thermal.load_case(path)
    path.write_text(text.replace('name = "lander"', 'name = "arm2"').replace("box:lander", "box:arm2"))
    with pytest.raises(CaseError, match='"arm2" is taken'):
        thermal.load_case(path)
    path.write_text(text.replace('"0.5 W/K"', '"0.5 J/K"'))
    with pytest.raises(CaseError, match="heat capacity"):
        thermal.load_case(path)
