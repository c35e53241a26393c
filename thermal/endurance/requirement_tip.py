"""Requirement ``tip_deflection``: how far sunlight bends the arm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.constants import YEAR
from thermal.endurance.finding import Finding, Place
from thermal.endurance.sampling import draws, summarise

if TYPE_CHECKING:
    from materials import Property
    from thermal.endurance.bending import TipDeflection
    from thermal.endurance.sampling import Outlook


def tip_deflection(
    arm: TipDeflection | None, expansion: Property | None, limit: float, outlook: Outlook
) -> Finding:
    """Judge the largest thermal deflection of the arm's tip.

    Parameters
    ----------
    arm
        What the run found; None where the database has no CTE of a tube.
    expansion
        CTE of the first tube, for its uncertainty.
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
    if arm is None or expansion is None:
        missing = "expansion of the arm's material"
        return Finding("tip_deflection", cause, limit, "1", Place("arm"), "no data", missing=missing)
    share = arm.largest_m / arm.length_m
    when = arm.largest_time_s / YEAR
    sampled = share * np.abs(draws(expansion, outlook) / expansion.level)
    lives = summarise(np.where(sampled > limit, when, np.inf), outlook)
    fails = share > limit
    return Finding(
        "tip_deflection",
        cause,
        limit,
        "1",
        Place("arm", words="at its tip"),
        "fails" if fails else "lasts",
        now=share,
        at_horizon=share,
        years=when if fails else np.inf,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        drawn_years=lives.years,
        notes=(f"largest deflection {1e3 * arm.largest_m:.2f} mm of {arm.length_m:.2f} m",),
    )
