"""Requirement ``tip_deflection``: how far sunlight bends the arm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import YEAR
from thermal.endurance.verdict.finding import Finding, Place
from thermal.endurance.verdict.sampling import draws_at, summarise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Property
    from thermal.endurance.mechanics.arm import Arm
    from thermal.endurance.verdict.sampling import Outlook

HALF_SPAN_K: Final = 5.0
"""Half of the span over which an expansion is differenced: some kelvins part the two sides of a tube."""


def tip_deflection(arm: Arm | None, limit: float, outlook: Outlook) -> Finding:
    """Judge the largest thermal deflection of the arm's tip.

    Parameters
    ----------
    arm
        What the run found; None where the expansion of a tube is not known. Its uncertainty is that of the
        first tube. Tubes that do not stand in line with that one, such as a crossbar, are not judged.
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
    tip = arm.tip
    share = tip.largest_m / tip.length_m
    when = tip.largest_time_s / YEAR
    sampled = share * np.abs(_slope_draws(arm.expansion, tip.largest_k, outlook))
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


def _slope_draws(expansion: Property, temperature_k: float, outlook: Outlook) -> NDArray[np.float64]:
    """Draws (samples,) of the coefficient of expansion at a temperature over its nominal value."""
    ends = temperature_k - HALF_SPAN_K, temperature_k + HALF_SPAN_K
    held = expansion.clamped()
    nominal = float(held(ends[1]) - held(ends[0]))
    if nominal == 0.0:
        return np.ones(outlook.samples)
    below, above = (draws_at(expansion, end, outlook) for end in ends)
    return np.asarray((above - below) / nominal)
