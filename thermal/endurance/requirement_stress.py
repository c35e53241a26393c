"""Requirements ``membrane_margin`` and ``joint_margin``: strength over stress of held expansion, minus 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from materials.ageing import UvStrength
from thermal.constants import YEAR
from thermal.endurance.finding import Finding, Place
from thermal.endurance.sampling import draws, draws_at, summarise
from thermal.endurance.sheet import expansion_along
from thermal.endurance.strength import dose_to_strength

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from materials import Property
    from thermal.endurance.contact import Contact
    from thermal.endurance.evidence import PartEvidence
    from thermal.endurance.joint_strain import Strain, StrainedContact
    from thermal.endurance.mechanics import Stress
    from thermal.endurance.sampling import Outlook

Value: TypeAlias = "Callable[[Property, float], NDArray[np.float64]]"
"""Takes a datum and a temperature in K, gives its value, or draws of it."""

BOUND = "upper bound: held fast, nothing slips"


@dataclass(frozen=True)
class _Light:
    """How light takes strength: the law, the dose so far, the dose a year and that of a test, ESH."""

    law: UvStrength
    dose: float
    rate: float
    tested: float


@dataclass(frozen=True)
class _Used:
    """Share of its strength that a stress takes of a place, draws of it, when, and the light there.

    Light is None where it takes no strength, or its law is not known.
    """

    share: float
    sampled: NDArray[np.float64]
    time_s: float
    light: _Light | None


def membrane_margin(cloth: PartEvidence, stress: Stress, limit: float, outlook: Outlook) -> Finding | None:
    """Judge the membrane stress of the cloth at its worst instant.

    Parameters
    ----------
    cloth
        The cloth as one.
    stress
        What the run has come to.
    limit
        Least margin.
    outlook
        Horizon and samples.

    Returns
    -------
    Finding or None
        None where no tube holds the cloth; "no data" where stiffness, strength or expansion are not known.

    """
    asked, cause = "membrane_margin", f"stress margin of {cloth.called}"
    if stress.missing:
        return Finding(asked, cause, limit, "1", cloth.nowhere(), "no data", missing=stress.missing)
    sheet = stress.sheet
    if sheet is None:
        return None
    vertex = int(np.argmin(np.linalg.norm(cloth.uv - sheet.worst_m, axis=1)))
    stiffness, strength = cloth.material.membrane_stiffness("warp"), cloth.material.strip_strength("warp")
    held = [
        draws_at(expansion_along(stress.materials[tube], ""), mean_k, outlook)
        for tube, mean_k in sheet.holders_k.items()
    ]
    own = draws_at(expansion_along(cloth.material, "warp"), sheet.mean_k, outlook)
    # Forces go with the difference of expansions; where it turns round in a draw the cloth goes slack.
    apart = np.ones(outlook.samples)
    if sheet.hem_mismatch != 0.0:
        apart = np.maximum((np.mean(held, axis=0) - own) / sheet.hem_mismatch, 0.0)
    taken = apart * (draws(stiffness, outlook) / stiffness.level)
    used = _Used(
        sheet.strength_share,
        sheet.strength_share * taken / (draws(strength, outlook) / strength.level),
        stress.sheet_time_s,
        _light(cloth, np.array([vertex])),
    )
    notes = (f"largest tension {sheet.largest_n_m:.0f} N/m at {sheet.mean_k:.0f} K", BOUND)
    return _judge(asked, cause, cloth.place(vertex, "", "next to its hem"), used, limit, outlook, notes)


def joint_margins(cloth: PartEvidence, stress: Stress, limit: float, outlook: Outlook) -> tuple[Finding, ...]:
    """Judge the stress where walls of different expansion are joined: hems on tubes, tubes on tubes.

    Parameters
    ----------
    cloth, stress, limit, outlook
        As for `membrane_margin`.

    Returns
    -------
    tuple of Finding
        The worst hem, the worst joint of two tubes, and a "no data" for each datum that others lack.

    """
    found = []
    for is_hem, words, part in ((True, "the hem", cloth.name), (False, "the arm's joints", "arm")):
        own = [one for one in stress.joints if one.contact.is_hem == is_hem]
        cause = f"stress margin at {words}"
        if own:
            found.append(_joint(own, cause, part, cloth, limit, outlook))
        missing = stress.contacts.missing_at_hems if is_hem else stress.contacts.missing_at_tubes
        found += [
            Finding("joint_margin", cause, limit, "1", Place(part), "no data", missing=datum)
            for datum in missing
        ]
    return tuple(found)


def _joint(
    joints: Sequence[StrainedContact],
    cause: str,
    part: str,
    cloth: PartEvidence,
    limit: float,
    outlook: Outlook,
) -> Finding:
    """Judge the worst of some joints at the worst of its two extremes."""
    cases = [(one.contact, strain) for one in joints for strain in (one.largest, one.smallest)]
    shares = [float(share_used(contact, strain, _nominal)) for contact, strain in cases]
    worst = int(np.argmax(shares))
    contact, strain = cases[worst]
    used = _Used(
        shares[worst],
        share_used(contact, strain, lambda datum, at_k: draws_at(datum, at_k, outlook)),
        strain.time_s,
        _light(cloth, contact.first.vertices) if contact.is_hem else None,
    )
    apart = f"{contact.second.part} {strain.second_k:.0f} K, {contact.first.part} {strain.first_k:.0f} K"
    notes = (f"free expansions differ by {1e3 * strain.size:.2f} mm/m ({apart})", BOUND)
    return _judge("joint_margin", cause, Place(part, words=contact.words), used, limit, outlook, notes)


def share_used(contact: Contact, strain: Strain, value: Value) -> NDArray[np.float64]:
    """Share of the strength that a joint's strain takes, one direction at a time.

    Two walls that are held together share the difference of their expansions by their stiffness,
    N = (e2 - e1) / (1/K1 + 1/K2), K = E t. A tube does not give way to a cloth, N = K1 (e2 - e1), and a
    cloth carries no compression.

    Parameters
    ----------
    contact
        The joint.
    strain
        Temperatures of its walls.
    value
        How data are taken.

    Returns
    -------
    NDArray
        As `value` gives them.

    """
    first, second = contact.first, contact.second
    expansions = value(second.expansion, strain.second_k) - value(first.expansion, strain.first_k)
    rigid = value(first.stiffness, strain.first_k) * first.thickness
    bears = value(first.strength, strain.first_k) * first.thickness
    if contact.is_hem:
        return np.asarray(np.maximum(expansions, 0.0) * rigid / bears)
    other = value(second.stiffness, strain.second_k) * second.thickness
    weakest = np.minimum(bears, value(second.strength, strain.second_k) * second.thickness)
    return np.asarray(np.abs(expansions) * rigid * other / (rigid + other) / weakest)


def _nominal(datum: Property, temperature_k: float) -> NDArray[np.float64]:
    return datum.clamped()(temperature_k)


def _light(cloth: PartEvidence, vertices: NDArray[np.int64]) -> _Light | None:
    """How light takes strength from some vertices of the cloth, at the face that has more of it."""
    law = cloth.material.ageing("uv_strength")
    if not isinstance(law, UvStrength):
        return None
    face = max(cloth.faces, key=lambda one: float(one.dose_rate[vertices].max()))
    tested = cloth.material.get("uv_tested_dose")
    return _Light(
        law,
        float(face.dose_esh[vertices].max()),
        float(face.dose_rate[vertices].max()),
        0.0 if tested is None else tested.level,
    )


def _judge(
    requirement: str,
    cause: str,
    place: Place,
    used: _Used,
    limit: float,
    outlook: Outlook,
    notes: tuple[str, ...],
) -> Finding:
    """Find when the strength has fallen to what the stress takes."""
    when = used.time_s / YEAR
    share, sampled = used.share * (1.0 + limit), used.sampled * (1.0 + limit)
    kept_now, kept_later, beyond = 1.0, 1.0, False
    if used.light is None:
        years = when if share > 1.0 else np.inf
        lives = summarise(np.where(sampled > 1.0, when, np.inf), outlook)
    else:
        law, rate = used.light.law, used.light.rate
        half, exposed = law.parameters
        drawn = (draws(half, outlook), np.clip(draws(exposed, outlook), 0.0, 1.0))
        years = float(_years(dose_to_strength(share, law.half_dose, law.exposed_fraction), rate, when))
        lives = summarise(_years(dose_to_strength(sampled, *drawn), rate, when), outlook)
        doses = used.light.dose, rate * outlook.horizon_years
        kept_now, kept_later = (float(law.retention(dose)) for dose in doses)
        end = rate * min(years, outlook.horizon_years)
        beyond = law.exposed_fraction > 0.0 and end > used.light.tested
    fails = years <= outlook.horizon_years
    return Finding(
        requirement,
        cause,
        limit,
        "1",
        place,
        "fails" if fails else "lasts",
        now=_margin(kept_now, used.share),
        at_horizon=_margin(kept_later, used.share),
        years=years,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        drawn_years=lives.years,
        extrapolated=beyond,
        notes=(f"takes {used.share:.2g} of the new strength", *notes),
    )


def _years(dose: NDArray[np.float64], rate: float, when: float) -> NDArray[np.float64]:
    """Years to a dose, but not before the stress; a place without light gets to no dose but none."""
    years = dose / rate if rate > 0.0 else np.where(dose > 0.0, np.inf, 0.0)
    return np.asarray(np.maximum(years, when))


def _margin(kept: float, share: float) -> float | None:
    """Strength over stress minus 1; None where nothing is stressed."""
    return kept / share - 1.0 if share > 0.0 else None
