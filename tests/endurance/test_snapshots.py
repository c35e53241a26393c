"""When snapshots of a run are taken."""

import numpy as np

from thermal.endurance.observe.history import History
from thermal.heat.time.state import Step


def test_hottest_and_coldest_are_those_of_the_mean_over_the_area():
    """Nine tenths of the cloth belong to the first vertex: when the other cools, the cloth hardly does."""
    history = History(2, np.full(2, np.nan), {}, np.array([0.9, 0.1]), 0.05)
    dark = np.zeros(2)
    for number, T in enumerate(np.array([[200.0, 100.0], [190.0, 150.0]])):
        history.observe(Step(60.0 * number, 60.0, T, T, T, dark, dark, {}, np.arange(2)))
    assert (history.hottest.time_s, history.coldest.time_s) == (0.0, 60.0)
    assert (history.hottest.mean_k, history.coldest.mean_k) == (190.0, 186.0)
