"""Requirement ``service_margin``: distance of the extremes to the limits of a material."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import YEAR
from thermal.endurance.verdict.finding import Finding, Status
from thermal.endurance.verdict.sampling import draws, summarise

if TYPE_CHECKING:
    from materials import Material, Property
    from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence
    from thermal.endurance.verdict.sampling import Outlook

HOT_LIMITS: Final = {
    "max_continuous_service": "hot service limit",
    "glass_transition": "glass transition",
    "melting_or_decomposition": "melting or decomposition",
}
COLD_LIMITS: Final = {"min_service": "cold service limit", "brittle_below": "cold brittleness"}


def service_margins(part: PartEvidence, limit: float, outlook: Outlook) -> tuple[Finding, ...]:
    """Judge every limit of temperature the database has for a part.

    A glass transition below the material's own service limit does not count as failure: the maker's limit
    has it in. Nor does brittleness when flexed, because nothing flexes a cloth where there is no wind. Both
    are "not counted" when they are passed. So is a limit of the kind "tested down to", beyond which the
    answer is an extrapolation.

    Parameters
    ----------
    part
        Cloth or tube.
    limit
        Least margin in K.
    outlook
        Horizon and samples.

    Returns
    -------
    tuple of Finding
        One a limit; a single "no data" where there is none at all.

    """
    found = [
        _judge(part, datum, words, limit, outlook, hot=hot)
        for limits, hot in ((HOT_LIMITS, True), (COLD_LIMITS, False))
        for name, words in limits.items()
        if (datum := part.material.get(name)) is not None
    ]
    if found:
        return tuple(found)
    missing = f"temperature limits of {part.material.name}"
    cause = f"temperature of {part.called}"
    return (Finding("service_margin", cause, limit, "K", part.nowhere(), "no data", missing=missing),)


def _judge(
    part: PartEvidence, datum: Property, words: str, limit: float, outlook: Outlook, *, hot: bool
) -> Finding:
    face, vertex = _extreme(part, hot=hot)
    reached = float((face.highest_k if hot else face.lowest_k)[vertex])
    when = float((face.highest_time_s if hot else face.lowest_time_s)[vertex]) / YEAR
    sign = 1.0 if hot else -1.0
    margin = sign * (datum.level - reached)
    sampled = sign * (draws(datum, outlook) - reached)
    half_width = float(datum.uncertainty(datum.typical_k))
    notes = [f"{words} {datum.level:.0f} ± {half_width:.0f} K, reached {reached:.1f} K, taken as exact"]
    counts = _counts(part.material, datum.name)
    if not counts:
        notes.append("to pass it is no failure" + (" unless flexed" if not hot else ""))
    tested = not hot and datum.bound == "at most"
    if tested and margin < 0.0:
        notes.append(f"colder than the {datum.level:.0f} K it was tested to")
    judged = counts and not tested
    status: Status = "lasts" if margin >= limit else "fails"
    if not judged:
        status = "lasts" if margin >= limit else "not counted"
    elif abs(margin - limit) < half_width:
        status = "marginal"
    fails = status == "fails"
    lives = summarise(
        np.where(sampled < limit, when, np.inf) if judged else np.full(sampled.shape, np.inf), outlook
    )
    return Finding(
        "service_margin",
        f"{words} of {part.called}",
        limit,
        "K",
        part.place(vertex, face.name, f"at the {face.name} face"),
        status,
        now=margin,
        at_horizon=margin,
        years=when if fails else np.inf,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        drawn_years=lives.years,
        extrapolated=tested and margin < 0.0,
        notes=tuple(notes),
    )


def _extreme(part: PartEvidence, *, hot: bool) -> tuple[FaceEvidence, int]:
    """Face and vertex of the highest or the lowest temperature."""
    if hot:
        face = max(part.faces, key=lambda one: float(one.highest_k.max()))
        return face, int(np.argmax(face.highest_k))
    face = min(part.faces, key=lambda one: float(one.lowest_k.min()))
    return face, int(np.argmin(face.lowest_k))


def _counts(material: Material, name: str) -> bool:
    """Whether passing a limit is a failure."""
    service = material.get("max_continuous_service")
    if name == "glass_transition" and service is not None:
        return material.property(name).level >= service.level
    return name != "brittle_below"
