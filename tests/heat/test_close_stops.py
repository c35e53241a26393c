"""Stops that rounding alone keeps apart: the Sun in the plane of an east-facing cloth and on the meridian."""

import numpy as np
import pytest

import thermal

FAR = 70068.0
"""A time at which neighbouring numbers lie 1.5e-11 s apart."""


def run(events):
    face = thermal.Face(emissivity=0.85)
    surface = thermal.flat_sheet("sheet", np.linspace(0.0, 0.5, 3), np.linspace(0.0, 0.3, 3))
    laws = (thermal.Law.constant(4e-5),) * 2
    capacity = thermal.Law.of(lambda T: 0.2 * (300.0 + 2.3 * T))
    model = thermal.HeatModel([thermal.Part(surface, capacity, laws, face, face)])
    model.absorbed = lambda time_s, _x, _face: 300.0 + 100.0 * np.sin(2e-5 * time_s)
    return list(thermal.integrate(model, 0.0, 1e5, 0.05, outputs=[7e4, 8e4], events=events))


def test_a_stop_a_rounding_behind_another_changes_nothing():
    alone, doubled = run([FAR]), run([FAR, np.nextafter(FAR, np.inf)])
    assert [state.time_s for state in doubled] == [state.time_s for state in alone]
    for a, b in zip(alone, doubled, strict=True):
        assert b.steps == a.steps
        assert b.temperature["sheet"] == pytest.approx(a.temperature["sheet"], abs=1e-9)
        assert b.ledger.residual_fraction < 1e-9


def test_an_output_a_rounding_behind_an_event_is_still_yielded():
    states = run([np.nextafter(7e4, 0.0)])
    assert [state.time_s for state in states] == [0.0, 7e4, 8e4, 1e5]
    assert states[-1].ledger.residual_fraction < 1e-9
