"""Requirement ``strength_left``: sunlight takes strength (theory E10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from materials.laws.ageing import UvStrength
from thermal.endurance.damage.strength import dose_to_strength
from thermal.endurance.verdict.finding import Finding
from thermal.endurance.verdict.sampling import draws, summarise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.endurance.observe.evidence import PartEvidence
    from thermal.endurance.verdict.sampling import Outlook


def strength_left(part: PartEvidence, limit: float, outlook: Outlook) -> Finding:
    """Judge the strength that light leaves, at the face and vertex with the largest dose.

    Parameters
    ----------
    part
        The cloth.
    limit
        Least share of the new strength.
    outlook
        Horizon and samples.

    Returns
    -------
    Finding
        "no data" where the database has no half-strength dose.

    """
    law = part.material.ageing("uv_strength")
    cause = f"UV strength of {part.called}"
    if not isinstance(law, UvStrength):
        missing = f"UV strength of {part.material.name}"
        return Finding(
            "strength_left", cause, limit, "1", part.nowhere(), "no data", extrapolated=False, missing=missing
        )
    face, vertex = part.most_lit()
    rate = float(face.dose_rate[vertex])
    dose, share = law.parameters
    sampled = dose_to_strength(limit, draws(dose, outlook), np.clip(draws(share, outlook), 0.0, 1.0))
    lives = summarise(_years(sampled, rate), outlook)
    needed = dose_to_strength(limit, law.half_dose, law.exposed_fraction)
    years = float(_years(needed, rate))
    tested = part.material.get("uv_tested_dose")
    end = min(years, outlook.horizon_years) * rate
    notes = (f"half-strength dose {law.half_dose:g} ESH, {dose.method}",)
    return Finding(
        "strength_left",
        cause,
        limit,
        "1",
        part.place(vertex, face.name, part.in_light(face)),
        "fails" if years <= outlook.horizon_years else "lasts",
        now=float(law.retention(face.dose_esh).min()),
        at_horizon=float(law.retention(rate * outlook.horizon_years)),
        years=years,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        drawn_years=lives.years,
        extrapolated=law.exposed_fraction > 0.0 and (tested is None or end > tested.level),
        notes=notes if tested is not None else (*notes, "no dose is on record that it was tested to"),
    )


def _years(dose: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """Years to a dose; a face without light never gets there."""
    return np.divide(dose, rate) if rate > 0.0 else np.full_like(dose, np.inf)
