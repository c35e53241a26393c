"""Requirement ``colour_difference``: light takes dye (theory E12 to E14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from materials.laws.ageing import Fading
from thermal.endurance.colour.fading import DyedColour, dose_to_dye
from thermal.endurance.verdict.finding import Finding
from thermal.endurance.verdict.sampling import draws, summarise

if TYPE_CHECKING:
    from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence
    from thermal.endurance.verdict.sampling import Outlook


def fading_of(part: PartEvidence, face: FaceEvidence) -> Fading | None:
    """Fading law of a face, or None where the database has none for its surface."""
    if face.surface is None:
        return None
    law = part.material.ageing("fading", face.surface.name)
    return law if isinstance(law, Fading) else None


def colour_difference(part: PartEvidence, limit: float, outlook: Outlook) -> Finding:
    """Judge the CIEDE2000 difference from new, at the face that goes first and its vertex with most light.

    Parameters
    ----------
    part
        The cloth.
    limit
        Largest difference.
    outlook
        Horizon and samples.

    Returns
    -------
    Finding
        "no data" where no face has a fading law and a colour.

    """
    cause = f"colour of {part.called}"
    known = [(face, law) for face in part.faces if (law := fading_of(part, face)) is not None]
    if not known:
        missing = _gap(part)
        return Finding(
            "colour_difference", cause, limit, "CIEDE2000", part.nowhere(), "no data", missing=missing
        )
    lives_of = [_years_at_most_lit(face, law, limit) for face, law in known]
    years = min(lives_of)
    face, law = known[lives_of.index(years)]
    vertex = int(np.argmax(face.dose_rate))
    rate = float(face.dose_rate[vertex])
    colour = DyedColour(law.lab, law.bleached_lab)
    dye = colour.dye_at_difference(limit)
    sampled = dose_to_dye(dye, draws(law.parameters[0], outlook))
    lives = summarise(np.divide(sampled, rate) if rate > 0.0 else np.full_like(sampled, np.inf), outlook)
    now, later = law.dye_left(face.dose_esh), law.dye_left(rate * outlook.horizon_years)
    return Finding(
        "colour_difference",
        cause,
        limit,
        "CIEDE2000",
        part.place(
            vertex, face.name, f"at the {face.name} face" if len(set(lives_of)) > 1 else part.in_light(face)
        ),
        "fails" if years <= outlook.horizon_years else "lasts",
        now=float(colour.difference(now).max()),
        at_horizon=float(colour.difference(later)),
        years=years,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        drawn_years=lives.years,
        extrapolated=True,
        notes=(
            f"fading dose {law.fading_dose:g} ESH, {law.parameters[0].method}: no dye was tested in vacuum",
            "colour by Kubelka and Munk in three primaries, toward white cloth",
        ),
    )


def _years_at_most_lit(face: FaceEvidence, law: Fading, limit: float) -> float:
    """Years until the colour of a face has moved by a limit where it gets most light."""
    rate = float(face.dose_rate.max())
    dye = DyedColour(law.lab, law.bleached_lab).dye_at_difference(limit)
    return float(dose_to_dye(dye, law.fading_dose)) / rate if rate > 0.0 else np.inf


def _gap(part: PartEvidence) -> str:
    """Name what is not known: how undyed cloth yellows, or how a print fades."""
    state = part.faces[0].surface
    if state is None or state.ageing == "undyed":
        return f"yellowing of undyed {part.material.name}"
    return f"fading of {state.name} on {part.material.name}"
