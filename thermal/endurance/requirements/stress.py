"""Requirements ``membrane_margin`` and ``joint_margin``: strength over stress of held expansion, minus 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from materials.laws.ageing import UvStrength
from thermal.core.constants import YEAR
from thermal.endurance.damage.strength import dose_to_strength
from thermal.endurance.mechanics.sheet import expansion_along
from thermal.endurance.verdict.finding import Finding, Place
from thermal.endurance.verdict.sampling import draws, draws_at, summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from materials import Property
    from thermal.endurance.mechanics.contact import Contact
    from thermal.endurance.mechanics.held_stress import Stress
    from thermal.endurance.observe.evidence import PartEvidence
    from thermal.endurance.observe.joint_strain import Strain, StrainedContact
    from thermal.endurance.verdict.sampling import Outlook

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
    """Share of its strength that a stress takes of a place, draws of it, when and where, and the light there.

    Light is None where it takes no strength, or its law is not known.
    """

    share: float
    sampled: NDArray[np.float64]
    time_s: float
    light: _Light | None
    place: Place
    note: str


def membrane_margin(cloth: PartEvidence, stress: Stress, limit: float, outlook: Outlook) -> Finding | None:
    """Judge the membrane stress of the cloth at its worst instants.

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
    if not stress.sheets:
        return None
    stiffness, strength = (
        draws(datum, outlook) / datum.level
        for datum in (cloth.material.membrane_stiffness("warp"), cloth.material.strip_strength("warp"))
    )
    cases = []
    for sheet, time_s in stress.sheets:
        vertex = int(np.argmin(np.linalg.norm(cloth.uv - sheet.worst_m, axis=1)))
        held = [
            draws_at(expansion_along(stress.materials[tube], ""), mean_k, outlook)
            for tube, mean_k in sheet.holders_k.items()
        ]
        own = draws_at(expansion_along(cloth.material, "warp"), sheet.mean_k, outlook)
        # Forces go with the difference of expansions; where it turns round in a draw the cloth goes slack.
        apart = np.ones(outlook.samples)
        if sheet.hem_mismatch != 0.0:
            apart = np.maximum((np.mean(held, axis=0) - own) / sheet.hem_mismatch, 0.0)
        cases.append(
            _Used(
                sheet.strength_share,
                sheet.strength_share * apart * stiffness / strength,
                time_s,
                _light(cloth, np.array([vertex])),
                cloth.place(vertex, "", "next to its hem"),
                f"largest tension {sheet.largest_n_m:.0f} N/m at {sheet.mean_k:.0f} K",
            )
        )
    return _judge(asked, cause, cases, limit, outlook)


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
    """Judge some joints at all of their extremes."""
    cases = []
    for one in joints:
        contact = one.contact
        light = _light(cloth, contact.first.vertices) if contact.is_hem else None
        for strain in one.extremes:
            walls = (contact.second.part, strain.second_k), (contact.first.part, strain.first_k)
            apart = ", ".join(f"{name} {at_k:.0f} K" for name, at_k in walls)
            cases.append(
                _Used(
                    float(share_used(contact, strain, _nominal)),
                    share_used(contact, strain, lambda datum, at_k: draws_at(datum, at_k, outlook)),
                    strain.time_s,
                    light,
                    Place(part, words=contact.words),
                    f"free expansions differ by {1e3 * strain.size:.2f} mm/m ({apart})",
                )
            )
    return _judge("joint_margin", cause, cases, limit, outlook)


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


def _judge(requirement: str, cause: str, cases: Sequence[_Used], limit: float, outlook: Outlook) -> Finding:
    """Find when the strength has first fallen to what a stress takes, each at its own time."""
    lives = [_life(used, limit, outlook) for used in cases]
    years, sampled = (np.array([life[k] for life in lives]) for k in range(2))
    first = min(range(len(cases)), key=lambda k: (years[k], -cases[k].share))
    used, fails = cases[first], bool(years[first] <= outlook.horizon_years)
    beyond = False
    if used.light is not None:
        end = used.light.rate * min(years[first], outlook.horizon_years)
        beyond = used.light.law.exposed_fraction > 0.0 and end > used.light.tested
    drawn = summarise(sampled.min(axis=0), outlook)
    return Finding(
        requirement,
        cause,
        limit,
        "1",
        used.place,
        "fails" if fails else "lasts",
        now=_least_margin(cases),
        at_horizon=_least_margin(cases, outlook.horizon_years),
        years=float(years[first]),
        low_years=drawn.low,
        high_years=drawn.high,
        probability=drawn.probability,
        drawn_years=drawn.years,
        extrapolated=bool(beyond),
        notes=(f"takes {used.share:.2g} of the new strength", used.note, BOUND),
    )


def _life(used: _Used, limit: float, outlook: Outlook) -> tuple[float, NDArray[np.float64]]:
    """Years until a stress takes all strength that is left, and draws of them."""
    when = used.time_s / YEAR
    share, sampled = used.share * (1.0 + limit), used.sampled * (1.0 + limit)
    if used.light is None:
        return (when if share > 1.0 else np.inf), np.where(sampled > 1.0, when, np.inf)
    law, rate = used.light.law, used.light.rate
    half, exposed = law.parameters
    drawn = (draws(half, outlook), np.clip(draws(exposed, outlook), 0.0, 1.0))
    years = _years(dose_to_strength(share, law.half_dose, law.exposed_fraction), rate, when)
    return float(years), _years(dose_to_strength(sampled, *drawn), rate, when)


def _years(dose: NDArray[np.float64], rate: float, when: float) -> NDArray[np.float64]:
    """Years to a dose, but not before the stress; a place without light gets to no dose but none."""
    years = dose / rate if rate > 0.0 else np.where(dose > 0.0, np.inf, 0.0)
    return np.asarray(np.maximum(years, when))


def _least_margin(cases: Sequence[_Used], years: float | None = None) -> float | None:
    """Strength over stress minus 1 where it is least, now or after years; None where nothing is stressed."""
    margins = []
    for used in cases:
        kept = 1.0
        if used.light is not None:
            dose = used.light.dose if years is None else used.light.rate * years
            kept = float(used.light.law.retention(dose))
        if used.share > 0.0:
            margins.append(kept / used.share - 1.0)
    return min(margins, default=None)
