"""Cycle jump against marching every lunation."""

from __future__ import annotations

import numpy as np
import pytest
from lumped_sheet import NEW, LumpedSheet, brute_force

from thermal.core.errors import CaseError
from thermal.endurance.projection.cycle_jump import march


def test_linear_growth_is_exact_and_costs_next_to_nothing():
    result = march(lambda _state, _number: {"dose": np.array([113.0, 40.0])}, {"dose": np.zeros(2)}, 371)
    assert result.end["dose"] == pytest.approx([371 * 113.0, 371 * 40.0])
    assert result.solved < 12
    assert result.lunations[-1] == 371


def test_saturating_growth_stays_within_its_error_estimate():
    def lunation(state, _number):
        return {"a": 0.05 * (1.0 - state["a"])}

    result = march(lunation, {"a": np.zeros(1)}, 124, tolerance=1e-3)
    exact = 1.0 - 0.95**124
    assert abs(result.end["a"][0] - exact) < result.error["a"] * exact
    assert result.end["a"][0] == pytest.approx(exact, rel=5e-3)


def test_jump_agrees_with_brute_force_over_24_lunations():
    sheet = LumpedSheet()
    exact = brute_force(sheet, 24)
    assert sheet.highest_k[0] != pytest.approx(
        sheet.highest_k[-1], abs=1.0
    )  # ageing shows in the temperatures
    result = march(LumpedSheet(), NEW, 24)
    for name, value in exact.items():
        assert result.end[name] == pytest.approx(value, rel=0.01), name
    assert result.solved <= 8


@pytest.mark.parametrize("dust", [0.0, 0.2])
def test_ten_years_within_two_percent_at_a_tenth_of_the_cost(dust):
    exact = brute_force(LumpedSheet(steps=180, dust=dust), 124)
    jumping = LumpedSheet(steps=180, dust=dust)
    result = march(jumping, NEW, 124)
    for name, value in exact.items():
        assert result.end[name] == pytest.approx(value, rel=0.02), name
    assert jumping.solved == result.solved <= 12


def test_growth_along_a_parabola_is_followed_exactly():
    result = march(lambda _state, number: {"a": np.array([1.0 + 0.02 * number**2])}, {"a": np.zeros(1)}, 124)
    assert result.end["a"][0] == pytest.approx(sum(1.0 + 0.02 * k**2 for k in range(124)))
    assert result.solved < 12


def test_no_lunation_is_an_error():
    with pytest.raises(CaseError):
        march(lambda state, _number: dict(state), {"a": np.zeros(1)}, 0)
