"""What a user of the core can do wrong is said, before a kernel reads where nothing is."""

import numpy as np
import pytest

import thermal
from thermal.core.errors import CaseError

SURFACE = thermal.flat_sheet("sheet", np.linspace(0.0, 0.2, 3), np.linspace(0.0, 0.1, 3))


def wall(**changes):
    face = thermal.Face(absorptance=0.3, emissivity=0.85)
    laws = {"heat_capacity": thermal.Law.constant(200.0), "conductance": (thermal.Law.constant(4e-5),) * 2}
    return thermal.Part(**{"surface": SURFACE, "front": face, "back": face, **laws, **changes})


def sink(vertices, conductance):
    return thermal.Sink("arm", np.array(vertices), np.array(conductance), lambda _: 290.0)


@pytest.mark.parametrize(
    ("parts", "joints", "words"),
    [
        ([], [], "needs a part"),
        ([wall(), wall()], [], "two parts have this name"),
        ([wall(front=thermal.Face(absorptance=-0.2))], [], "front.absorptance: it is not 0 or more"),
        ([wall(through_conductivity=0.0)], [], "through_conductivity above 0"),
        ([wall()], [sink([9], [1.0])], "vertices outside 0 to 8"),
        ([wall()], [sink([0, 1], [1.0])], "differ in number"),
        ([wall()], [sink([0], [-1.0])], "a conductance is not 0 or more"),
        ([wall()], [sink([0], [np.nan])], "a conductance is not 0 or more"),
    ],
)
def test_parts_and_joints_that_make_no_model(parts, joints, words):
    with pytest.raises(CaseError, match=words):
        thermal.HeatModel(parts, joints)


def test_all_problems_come_at_once():
    with pytest.raises(CaseError) as caught:
        thermal.HeatModel([wall(through_conductivity=0.0)], [sink([9], [-1.0])])
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("flux", "words"),
    [(lambda *_: np.nan, "not finite"), (lambda *_: np.ones(3), r"shape \(3,\) for 9 points")],
)
def test_a_flux_that_cannot_be_used(flux, words):
    model = thermal.HeatModel([wall()])
    model.absorbed = flux
    with pytest.raises(CaseError, match=words):
        list(thermal.integrate(model, 0.0, 1.0, 0.05))


@pytest.mark.parametrize(
    ("start", "words"), [("hot", "no start"), ({"flag": 250.0}, "leaves out sheet"), (-4.0, "above 0 K")]
)
def test_a_start_that_is_none(start, words):
    model = thermal.HeatModel([wall()])
    model.absorbed = lambda *_: 50.0
    model.temperature = start
    with pytest.raises(CaseError, match=words):
        list(thermal.integrate(model, 0.0, 1.0, 0.05))


@pytest.mark.parametrize(("stop", "tolerance"), [(-1.0, 0.05), (np.nan, 0.05), (1.0, 0.0), (1.0, np.nan)])
def test_a_run_that_is_none(stop, tolerance):
    with pytest.raises(CaseError):
        thermal.integrate(thermal.HeatModel([wall()]), 0.0, stop, tolerance)
