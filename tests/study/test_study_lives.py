"""Drawn lives of a candidate, against the verdict of the same run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from thermal.study.evaluation.candidate import CAUSE, LIFE, CandidateEvaluator, parse_lives

CASE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"
DRAWS = 400


@pytest.fixture(scope="module")
def values():
    """Answers of one short run of nylon."""
    coarse = {"mesh.size": '"150 mm"', "run.duration": '"1 lunation"', "solver.tolerance": '"1 K"'}
    drawn = {"compare.candidate": "a", "compare.run": "0", "compare.seed": "5", "compare.draws": str(DRAWS)}
    return CandidateEvaluator(CASE)({**coarse, **drawn, "flag.material": '"nylon66"'})


def lives(values, name):
    return np.array(parse_lives(values[LIFE + name]))


def test_all_that_the_verdict_judges_is_drawn(values):
    drawn = {name.removeprefix(LIFE).split(" of ")[0] for name in values if name.startswith(LIFE)}
    judged = {name.removesuffix("_years") for name in values if name.endswith("_years")}
    judged -= {"life", "life_low", "life_high"}
    assert judged <= drawn
    assert {"membrane_margin", "joint_margin", "tip_deflection"} <= judged


def test_draws_spread_round_the_time_of_the_verdict(values):
    """The median of lives that a lognormal dose sets is the life with the data as they stand."""
    strength = lives(values, "strength_left of flag")
    assert values[CAUSE + "strength_left of flag"] == "UV strength of the field"
    assert strength.shape == (DRAWS,)
    assert np.median(strength) == pytest.approx(values["strength_left_years"], rel=0.25)
    low, high = np.quantile(strength, (0.05, 0.95), method="nearest")
    assert high > 9.0 * low  # the dose of half strength is known to a factor of three


def test_what_has_no_data_has_no_lives(values):
    assert np.isnan(lives(values, "fatigue_damage of flag")).all()


def test_what_candidates_share_is_drawn_alike(values):
    coarse = {"mesh.size": '"150 mm"', "solver.tolerance": '"1 K"', "flag.material": '"nylon66"'}
    drawn = {"compare.candidate": "b", "compare.run": "0", "compare.seed": "5", "compare.draws": str(DRAWS)}
    other = CandidateEvaluator(CASE)({**coarse, **drawn})
    assert (lives(other, "fatigue_damage of arm1") == lives(values, "fatigue_damage of arm1")).all()
    assert (lives(other, "strength_left of flag") != lives(values, "strength_left of flag")).any()
