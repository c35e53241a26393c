"""Requirement ``fatigue_damage``: Miner's sum of the rainflow cycles (theory E1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from materials.errors import NoDataError
from materials.laws.ageing import Cycling, DesignCurve, StrainLife
from thermal.endurance.damage.fatigue import HeldWall, free_strain_ranges
from thermal.endurance.mechanics.sheet import expansion_along
from thermal.endurance.verdict.finding import Finding, Place
from thermal.endurance.verdict.sampling import draws, summarise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Material
    from thermal.endurance.observe.evidence import PartEvidence
    from thermal.endurance.observe.joint_strain import StrainedContact
    from thermal.endurance.verdict.sampling import Outlook

MINER_SCATTER = np.sqrt(0.3 * 3.0), np.log(np.sqrt(3.0 / 0.3)) / 1.6449
"""Median of Miner's sum at failure, and the deviation of its logarithm that puts 90 % in 0.3 to 3."""


def held_wall(material: Material) -> HeldWall | None:
    """Life of a wall of a material that is fully held, in ranges of free strain; None without data."""
    design, strain = material.ageing("design_curve"), material.ageing("strain_life")
    modulus = material.get("youngs_modulus")
    if isinstance(design, DesignCurve) and modulus is not None:
        return HeldWall(design, scale=modulus.level)
    if isinstance(strain, StrainLife):
        return HeldWall(strain)
    cycling = material.ageing("cycling")
    if isinstance(cycling, Cycling) and cycling.reference is not None:
        return HeldWall(cycling, scale=2.0)  # its law takes the range of strain
    return None


def strain_ranges(part: PartEvidence) -> NDArray[np.float64] | None:
    """Free strain (bins,) of the ranges of temperature that a part's cycles are counted in.

    None where the expansion of its material is not known.
    """
    try:
        expansion = expansion_along(part.material, "warp" if part.is_cloth else "")
    except NoDataError:
        return None
    low_k = min(float(face.lowest_k.min()) for face in part.faces)
    high_k = max(float(face.highest_k.max()) for face in part.faces)
    return free_strain_ranges(expansion.clamped(), part.cycle_range_k, low_k, high_k)


def fatigue_damage(part: PartEvidence, limit: float, outlook: Outlook) -> Finding:
    """Judge Miner's sum of a part that is fully held, an upper bound, at its worst vertex.

    Parameters
    ----------
    part
        Cloth or tube.
    limit
        Largest sum.
    outlook
        Horizon and samples.

    Returns
    -------
    Finding
        "no data" where the database has no life of cycles.

    """
    cause = f"thermal fatigue of {part.called}"
    law, ranges = held_wall(part.material), strain_ranges(part)
    if law is None or ranges is None:
        missing = f"{'thermal fatigue' if law is None else 'expansion'} of {part.material.name}"
        return Finding("fatigue_damage", cause, limit, "1", part.nowhere(), "no data", missing=missing)
    damage = part.cycles @ (1.0 / np.maximum(law.cycles(ranges), 0.5))
    vertex = int(np.argmax(damage))
    wear = _Wear(law, part.material, part.cycles[vertex], ranges, part.observed_years)
    notes = ("upper bound: expansion fully held",)
    return _judge(cause, part.place(vertex, "", "where it is held"), wear, limit, outlook, notes)


def joint_fatigue(joints: tuple[StrainedContact, ...], limit: float, outlook: Outlook) -> tuple[Finding, ...]:
    """Judge Miner's sum of the stress ranges where two walls are joined.

    Parameters
    ----------
    joints
        What was seen of them.
    limit
        Largest sum.
    outlook
        Horizon and samples.

    Returns
    -------
    tuple of Finding
        The worst hem and the worst joint of two tubes; none where no wall has a law of cycles, which the
        finding of the part says already.

    """
    found = []
    for is_hem, words, part in ((True, "the hem", "flag"), (False, "the arm's joints", "arm")):
        walls = [
            (_Wear(law, material, one.cycles, one.ranges, one.observed_years), one.contact.words)
            for one in joints
            if one.contact.is_hem == is_hem
            for material, law in _walls(one)
        ]
        if walls:
            wear, where = max(walls, key=lambda wall: wall[0].rate())
            notes = ("upper bound: held fast, nothing slips",)
            cause = f"thermal fatigue of {words}"
            found.append(_judge(cause, Place(part, words=where), wear, limit, outlook, notes))
    return tuple(found)


def _walls(joint: StrainedContact) -> list[tuple[Material, HeldWall]]:
    """Life of each wall of a joint in ranges of the strain between them, where there is a law.

    Of the difference of expansions a wall takes the share that the other's stiffness imposes on it; a cloth
    takes all of it, and a tube none of a cloth's.
    """
    contact, strain = joint.contact, joint.largest
    first, second = contact.first.rigidity(strain.first_k), contact.second.rigidity(strain.second_k)
    shares = (1.0, 0.0) if contact.is_hem else (second / (first + second), first / (first + second))
    laws = [(side.material, held_wall(side.material)) for side in (contact.first, contact.second)]
    return [
        (material, replace(law, held=share))
        for (material, law), share in zip(laws, shares, strict=True)
        if law is not None and share > 0.0
    ]


@dataclass(frozen=True)
class _Wear:
    """Cycles that wear a wall: a life, cycles a year of each range of strain, the ranges, the years seen."""

    law: HeldWall
    material: Material
    cycles: NDArray[np.float64]
    ranges: NDArray[np.float64]
    observed_years: float

    def rate(self, strength: float = 1.0) -> float:
        """Damage a year with a fatigue strength times a factor: the same as ranges divided by it."""
        return float(self.cycles @ (1.0 / np.maximum(self.law.cycles(self.ranges / strength), 0.5)))


def _judge(
    cause: str, place: Place, wear: _Wear, limit: float, outlook: Outlook, notes: tuple[str, ...]
) -> Finding:
    """Find when Miner's sum reaches the limit."""
    rate = wear.rate()
    median, scatter = MINER_SCATTER
    strength = _strength_draws(wear.material, wear.law, outlook)
    sampled = np.array([wear.rate(factor) for factor in strength])
    reach = limit * median * np.exp(scatter * outlook.deviates("miner"))
    endless = np.full(reach.shape, np.inf)
    lives = summarise(np.divide(reach, sampled, out=endless, where=sampled > 0.0), outlook)
    years = limit / rate if rate > 0.0 else np.inf
    return Finding(
        "fatigue_damage",
        cause,
        limit,
        "1",
        place,
        "fails" if years <= outlook.horizon_years else "lasts",
        now=rate * wear.observed_years,
        at_horizon=rate * outlook.horizon_years,
        years=years,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        drawn_years=lives.years,
        notes=(*notes, "Miner's sum at failure between 0.3 and 3"),
    )


def _strength_draws(material: Material, law: HeldWall, outlook: Outlook) -> NDArray[np.float64]:
    """Factors on the fatigue strength, from the uncertainty of the law's first constant."""
    if isinstance(law.law, DesignCurve):
        datum = law.law.parameters[0]
        return np.divide(draws(datum, outlook), datum.level)
    # Published strain-life constants carry no scatter of their own; 15 % is the design curve's.
    return np.exp(0.15 * outlook.deviates(f"{material.name}:strain_life"))
