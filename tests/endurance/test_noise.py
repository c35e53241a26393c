"""What is taken for the solver's noise follows the solver's tolerance."""

import numpy as np
import pytest

from thermal.endurance.observe.history import History
from thermal.heat.time.state import Step


@pytest.mark.parametrize(("tolerance_k", "cycles"), [(0.05, 40.0), (0.5, 0.0)])
def test_ripples_of_two_kelvin_count_unless_the_tolerance_is_half_a_kelvin(tolerance_k, cycles):
    history = History(1, np.array([np.nan]), {}, np.ones(1), tolerance_k)
    for number in range(81):
        T = np.array([250.0 + 2.0 * (number % 2)])
        dark = np.zeros(1)
        history.observe(Step(60.0 * number, 60.0, T, T, T, dark, dark, {}, np.arange(1)))
    counted = history.cycles.count()
    assert counted.counts.sum() == pytest.approx(cycles)
