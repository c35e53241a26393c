"""Deployment, boxes, regions, drape and pulses in whole runs."""

import numpy as np
import pytest

import materials
from thermal.case import load_case
from thermal.simulation import Simulation

SHORT = {"mesh.size": "50 mm", "mesh.edge_size": "10 mm", "mesh.around": "12", "run.duration": "8 h"}


def test_stowed_cloth_takes_the_temperature_of_its_canister(written):
    file = written(
        "change6-flag",
        add='[deployment]\nstowed = [["0 h", "6 h"]]\n'
        'canister = "lander"\nconductance_per_area = "2 W/m^2/K"\n',
    )
    simulation = Simulation(load_case(file, SHORT | {"output.every": "1 h", "run.initial": "200 K"}))
    uv = simulation.scene.parts["flag"].uv
    free = uv[:, 1] < 0.5 * uv[:, 1].max()  # the hem follows its arm, which stands outside
    states = {state.time_s: state for state in simulation.run()}
    assert states[3600.0].temperature["flag"][free] == pytest.approx(290.0, abs=1.0)
    assert states[6 * 3600.0].temperature["flag"][free] == pytest.approx(290.0, abs=0.05)
    assert np.abs(states[8 * 3600.0].temperature["flag"][free] - 290.0).min() > 2.0
    assert states[8 * 3600.0].ledger.residual_fraction < 1e-6


def test_an_arm_is_held_by_its_box(coarse, last_state):
    warm, cold = (
        last_state(coarse("change5-lander", overrides=SHORT | {
            "box.0.temperature": temperature, "joint.2.conductance": "50 W/K", "run.duration": "2 h"}))
        for temperature in ("350 K", "250 K")
    )  # fmt: skip
    for state, temperature in ((warm, 350.0), (cold, 250.0)):
        assert state.temperature["arm1"][:12] == pytest.approx(temperature, abs=2.0)
    assert warm.temperature["flag"].mean() > cold.temperature["flag"].mean()


def test_prints_are_as_warm_as_their_optics_say(written, last_state):
    region = '[[flag.region]]\nname = "star"\ncorner = ["0.5 m", "0.3 m"]\nsize = ["0.3 m", "0.3 m"]\n'
    file = written("change5-reference", add=region + 'surface = "yellow_print"\n')
    case = load_case(file, SHORT | {"run.duration": "1 h"})
    simulation = Simulation(case)
    state = last_state(simulation)
    uv = simulation.scene.parts["flag"].uv
    star = (np.abs(uv - [0.65, 0.45]) < 0.12).all(axis=1)
    plain = (np.abs(uv - [1.3, 0.45]) < 0.12).all(axis=1)
    yellow, red = (
        materials.load_database()["ce5_flag"].surface(name) for name in ("yellow_print", "red_print")
    )
    ratios = [float(s.solar_absorptance(300.0)) / float(s.ir_emissivity(300.0)) for s in (yellow, red)]
    warmer = state.temperature["flag"][star].mean() - state.temperature["flag"][plain].mean()
    assert np.sign(warmer) == np.sign(ratios[0] - ratios[1])
    assert abs(warmer) > 1.0


def test_a_flat_drape_equals_no_drape(written, last_state):
    flat = load_case(written("change5-reference"), SHORT | {"run.duration": "4 h"})
    drape = '[flag.drape]\namplitude = "0 mm"\nwavelength = "500 mm"\nheld = "top"\n'
    draped = load_case(written("change5-reference", add=drape), SHORT | {"run.duration": "4 h"})
    one, other = last_state(flat), last_state(draped)
    for name, values in one.temperature.items():
        assert np.abs(values - other.temperature[name]).max() < 1e-6


def test_a_pulse_is_landed_on_and_heats(coarse):
    times, peaks = [], []

    class Watch:
        def observe(self, step):
            times.append(step.time_s)
            peaks.append(step.temperature[step.slices["flag"]].max())

    simulation = Simulation(coarse("change5-lander", overrides={"run.duration": "1 h"}))
    for _ in simulation.run([Watch()]):
        pass
    start, stop = simulation.case.event[0].start, simulation.case.event[0].end
    assert {start, stop} <= set(times)
    before, after = (np.array(peaks)[np.array(times) <= t][-1] for t in (start, start + 4.0))
    assert after > before + 20.0
