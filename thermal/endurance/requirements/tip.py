"""Requirement ``tip_deflection``: how far sunlight bends the arm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import YEAR
from thermal.endurance.verdict.finding import Finding, Place
from thermal.endurance.verdict.sampling import draws, summarise

if TYPE_CHECKING:
    from thermal.endurance.mechanics.arm import Arm
    from thermal.endurance.verdict.sampling import Outlook


def tip_deflection(arm: Arm | None, limit: float, outlook: Outlook) -> Finding:
    """Judge the largest thermal deflection of the arm's tip.

    Parameters
    ----------
    arm
        What the run found; None where the database has no CTE of a tube. Its uncertainty is that of the first
        tube. Tubes that do not stand in line with that one, such as a crossbar, are not judged.
    limit
        Largest deflection over the arm's length.
    outlook
        Horizon and samples.

    Returns
    -------
    Finding
        In shares of the arm's length.

    """
    cause = "thermal bending of the arm"
    if arm is None:
        missing = "expansion of the arm's material"
        return Finding("tip_deflection", cause, limit, "1", Place("arm"), "no data", missing=missing)
    tip, expansion = arm.tip, arm.expansion
    share = tip.largest_m / tip.length_m
    when = tip.largest_time_s / YEAR
    sampled = share * np.abs(draws(expansion, outlook) / expansion.level)
    lives = summarise(np.where(sampled > limit, when, np.inf), outlook)
    fails = share > limit
    return Finding(
        "tip_deflection",
        cause,
        limit,
        "1",
        Place("arm", words=f"at the tip of {arm.tubes[-1]}"),
        "fails" if fails else "lasts",
        now=share,
        at_horizon=share,
        years=when if fails else np.inf,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        drawn_years=lives.years,
        notes=(f"at most {1e3 * tip.largest_m:.2f} mm of {tip.length_m:.2f} m ({', '.join(arm.tubes)})",),
    )
