"""The profile through a wall is followed to the order of the scheme, so that a pulse takes few steps."""

from itertools import pairwise

import numpy as np
import pytest

from thermal.heat.loads.heat_pulse import HeatPulse
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.time.integrator import Integrator
from thermal.verify.models import both_faces, sheet

BEGIN_S, END_S = 10.0, 20.0


def pulsed(tolerance_k):
    """Front face temperature at the times of a pulse on cloth, and the steps it took."""
    cloth = sheet([0.0, 0.1], thickness=5e-4, through_conductivity=0.02, capacity=230.0)
    model = HeatModel([cloth], loads=[HeatPulse("plume", BEGIN_S, END_S, 2.0, 6000.0, (2.0, 0.05, 0.0), 2.0)])
    background = both_faces(250.0)
    model.absorbed = lambda _t, _x, face: background if face == "front" else None
    model.temperature = 300.0
    integrator = Integrator(model, 0.0, tolerance_k)
    times = np.linspace(BEGIN_S, END_S, 5)
    states = list(integrator.run(END_S, times, (), ()))
    before = next(s.steps for s in states if s.time_s == BEGIN_S)
    return np.array([s.front["sheet"][0] for s in states if s.time_s >= BEGIN_S]), states[-1].steps - before


@pytest.fixture(scope="module")
def runs():
    return {tolerance: pulsed(tolerance) for tolerance in (0.05, 0.005, 0.0005)}


def test_steps_grow_as_a_scheme_of_second_order_demands(runs):
    steps = [runs[tolerance][1] for tolerance in (0.05, 0.005, 0.0005)]
    assert steps[0] < 80
    assert all(later < 2.6 * sooner for sooner, later in pairwise(steps))


def test_faces_keep_to_the_tolerance(runs):
    assert np.abs(runs[0.05][0] - runs[0.0005][0]).max() < 0.05
    assert np.ptp(runs[0.0005][0]) > 30.0
