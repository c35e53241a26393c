"""Requirement ``fatigue_damage``: Miner's sum of the rainflow cycles (materials.md 7.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from materials.ageing import Cycling, DesignCurve, StrainLife
from thermal.endurance.fatigue import HeldWall
from thermal.endurance.finding import Finding
from thermal.endurance.sampling import draws, summarise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Material
    from thermal.endurance.evidence import PartEvidence
    from thermal.endurance.sampling import Outlook

MINER_SCATTER = np.sqrt(0.3 * 3.0), np.log(np.sqrt(3.0 / 0.3)) / 1.6449
"""Median of Miner's sum at failure, and the deviation of its logarithm that puts 90 % in 0.3 to 3."""


def expansion_of(material: Material) -> float | None:
    """CTE near room temperature in 1/K along the wall, or None without a datum."""
    for direction in ("warp", "axial", "in_plane", "film", ""):
        datum = material.get("cte", direction)
        if datum is not None:
            return datum.level
    return None


def held_wall(material: Material) -> HeldWall | None:
    """Life of a wall of a material that is fully held, in ranges of temperature; None without data."""
    expansion = expansion_of(material)
    if expansion is None:
        return None
    design, strain = material.ageing("design_curve"), material.ageing("strain_life")
    modulus = material.get("youngs_modulus")
    if isinstance(design, DesignCurve) and modulus is not None:
        return HeldWall(design, expansion, scale=modulus.level)
    if isinstance(strain, StrainLife):
        return HeldWall(strain, expansion)
    cycling = material.ageing("cycling")
    if isinstance(cycling, Cycling) and cycling.reference is not None:
        return HeldWall(cycling, expansion, scale=2.0)  # its law takes the range of strain
    return None


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
    cause = f"thermal fatigue of the {part.title}"
    law = held_wall(part.material)
    if law is None:
        missing = f"thermal fatigue of {part.material.name}"
        return Finding("fatigue_damage", cause, limit, "1", part.nowhere(), "no data", missing=missing)
    each = 1.0 / np.maximum(law.cycles(part.cycle_range_k), 0.5)
    damage = part.cycles @ each
    vertex = int(np.argmax(damage))
    rate = float(damage[vertex])
    median, scatter = MINER_SCATTER
    strength = _strength_draws(part.material, law, outlook)
    sampled = np.array([_rate(part.cycles[vertex], part.cycle_range_k, law, factor) for factor in strength])
    reach = limit * median * np.exp(scatter * outlook.deviates("miner"))
    endless = np.full(reach.shape, np.inf)
    lives = summarise(np.divide(reach, sampled, out=endless, where=sampled > 0.0), outlook)
    years = limit / rate if rate > 0.0 else np.inf
    return Finding(
        "fatigue_damage",
        cause,
        limit,
        "1",
        part.place(vertex, "", "where it is held"),
        "fails" if years <= outlook.horizon_years else "lasts",
        now=rate * part.observed_years,
        at_horizon=rate * outlook.horizon_years,
        years=years,
        low_years=lives.low,
        high_years=lives.high,
        probability=lives.probability,
        notes=("upper bound: expansion fully held", "Miner's sum at failure between 0.3 and 3"),
    )


def _strength_draws(material: Material, law: HeldWall, outlook: Outlook) -> NDArray[np.float64]:
    """Factors on the fatigue strength, from the uncertainty of the law's first constant."""
    if isinstance(law.law, DesignCurve):
        datum = law.law.parameters[0]
        return np.divide(draws(datum, outlook), datum.level)
    # Published strain-life constants carry no scatter of their own; 15 % is the design curve's.
    return np.exp(0.15 * outlook.deviates(f"{material.name}:strain_life"))


def _rate(cycles: NDArray[np.float64], sizes: NDArray[np.float64], law: HeldWall, factor: float) -> float:
    """Damage a year with a fatigue strength times a factor: the same as ranges divided by it."""
    return float(cycles @ (1.0 / np.maximum(law.cycles(sizes / factor), 0.5)))
