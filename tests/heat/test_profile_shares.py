"""The profile of a run says which task the time went to."""

import cProfile
import pstats

import numpy as np
import pytest

import thermal
from thermal.run.profile_shares import shares


def test_time_in_libraries_counts_for_the_task_that_called_them():
    surface = thermal.flat_sheet("cloth", np.linspace(0.0, 2.0, 101), np.linspace(0.0, 0.9, 46))
    law, face = thermal.Law.constant(4e-5), thermal.Face(0.4, 0.8)
    model = thermal.HeatModel([thermal.Part(surface, thermal.Law.constant(300.0), (law, law), face, face)])
    model.temperature = 350.0
    for _ in thermal.integrate(model, 0.0, 10.0, 0.01):  # compiles
        pass
    profile = cProfile.Profile()
    profile.enable()
    for _ in thermal.integrate(model, 0.0, 1e5, 0.01):
        np.sort(np.zeros(1000))
    profile.disable()
    parts = shares(pstats.Stats(profile))
    assert sum(parts.values()) == pytest.approx(1.0)
    assert parts["stepping"] > 0.5
    assert next(iter(parts)) == "stepping"
