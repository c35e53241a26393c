"""The step-size controller is a pure function: tables say what it does."""

from itertools import pairwise
from math import log2

import pytest

from thermal.heat.time.controller import (
    FAILED_SHRINK,
    LARGEST_GROWTH,
    SAFETY,
    SMALLEST_GROWTH,
    decide,
    fit,
    rounded,
)

GRAIN = 1.0 / 128.0
"""Steps are rounded down by no more than this share."""


@pytest.mark.parametrize(
    ("step", "wanted", "error", "accept", "following"),
    [
        (100.0, 100.0, 1.0, True, 100.0 * SAFETY),
        (100.0, 100.0, 1e-9, True, 100.0 * LARGEST_GROWTH),
        (100.0, 100.0, 0.0, True, 100.0 * LARGEST_GROWTH),
        (100.0, 100.0, SAFETY**3, True, 100.0),
        (100.0, 100.0, 1.0001, False, 70.0),
        (100.0, 100.0, 8.0, False, 100.0 * SAFETY / 2.0),
        (100.0, 100.0, 1e12, False, 100.0 * SMALLEST_GROWTH),
        (100.0, 100.0, None, False, 100.0 * FAILED_SHRINK),
        # An output cut the step short: what was wanted before stays wanted.
        (10.0, 5000.0, 1e-9, True, 5000.0),
        # Unless the short step itself says that the next must be shorter.
        (10.0, 5000.0, 0.9, True, 10.0 * SAFETY / 0.9 ** (1 / 3)),
        (10.0, 5000.0, 8.0, False, 10.0 * SAFETY / 2.0),
    ],
)
def test_decisions(step, wanted, error, accept, following):
    decision = decide(step, wanted, error)
    assert decision.accept is accept
    assert following * (1.0 - GRAIN) <= decision.step_s <= following * (1.0 + 1e-12)


@pytest.mark.parametrize(
    ("step", "wanted", "error", "following"),
    [
        (100.0, 100.0, 1e-9, 100.0),
        (100.0, 100.0, 0.9, 100.0 * SAFETY / 0.9 ** (1 / 3)),
        (10.0, 100.0, 1e-9, 100.0),
    ],
)
def test_steps_do_not_grow_before_what_made_a_longer_one_fail(step, wanted, error, following):
    decision = decide(step, wanted, error, held=True)
    assert decision.accept
    assert decision.step_s == pytest.approx(following, rel=GRAIN)


def test_a_smaller_error_never_gives_a_shorter_step():
    steps = [decide(50.0, 50.0, 10.0 ** (k / 10.0)).step_s for k in range(-80, 40)]
    assert all(later <= sooner for sooner, later in pairwise(steps))


@pytest.mark.parametrize(
    ("wanted", "remaining", "step"),
    [
        (10.0, 100.0, 10.0),
        (10.0, 10.0, 10.0),
        (10.0, 3.0, 3.0),
        (10.0, 19.9, 9.95),
        (10.0, 20.0, 10.0),
        (1e9, 1.0, 1.0),
    ],
)
def test_steps_land_on_stops_without_a_sliver(wanted, remaining, step):
    assert fit(wanted, remaining) == step


@pytest.mark.parametrize("step", [1e-6, 0.3, 1.0, 77.7, 25514.4, 1e8])
def test_rounding_hides_rounding_errors(step):
    assert rounded(step) == rounded(step * (1.0 + 1e-13)) or rounded(step * (1.0 + 1e-13)) > rounded(step)
    assert step * (1.0 - GRAIN) <= rounded(step) <= step
    assert rounded(rounded(step)) == rounded(step)
    steps = {rounded(2.0 ** (k / 5000.0)) for k in range(5000)}
    assert len(steps) == 128
    assert log2(max(steps)) < 1.0
