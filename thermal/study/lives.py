"""Times to failure of one run under many draws of the data behind the requirements."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance.requirement_colour import colour_difference
from thermal.endurance.requirement_fatigue import fatigue_damage
from thermal.endurance.requirement_service import service_margins
from thermal.endurance.requirement_strength import strength_left
from thermal.endurance.sampling import Outlook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from materials import Database
    from thermal.case import Requirements
    from thermal.endurance import Finding
    from thermal.endurance.evidence import PartEvidence
    from thermal.study.draws import Draws


def drawn_lives(
    parts: tuple[PartEvidence, ...],
    asked: Requirements,
    database: Database,
    draws: tuple[Draws, Draws],
    horizon_years: float,
) -> dict[str, NDArray[np.float64]]:
    """Judge a run once for every draw.

    Parameters
    ----------
    parts
        What the run has shown of each part.
    asked
        The case's requirements.
    database
        The data as they stand: the run itself may have been made with drawn ones.
    draws
        For what candidates share (the arm), and for the cloth.
    horizon_years
        How far to look ahead.

    Returns
    -------
    dict
        ``"REQUIREMENT of PART"`` -> years to failure (draws,): infinite for never, NaN without data.

    """
    shared, own = draws
    lives: dict[str, NDArray[np.float64]] = {}
    outlook = Outlook(horizon_years, samples=1)
    for index in range(own.count):
        for part in parts:
            drawn = _drawn(part, database, own if part.is_cloth else shared, index)
            for finding in _findings(drawn, asked, outlook):
                name = f"{finding.requirement} of {part.name}"
                years = lives.setdefault(name, np.full(own.count, math.inf))
                found = math.nan if finding.status == "no data" else finding.years
                years[index] = np.minimum(years[index], found)  # NaN where either is
    return lives


def _drawn(part: PartEvidence, database: Database, draws: Draws, index: int) -> PartEvidence:
    material = draws.material(database[part.material.name], index)
    faces = tuple(
        face if face.surface is None else replace(face, surface=material.surface(face.surface.name))
        for face in part.faces
    )
    return replace(part, material=material, faces=faces)


def _findings(part: PartEvidence, asked: Requirements, outlook: Outlook) -> Iterator[Finding]:
    """Judge the requirements whose data are drawn; the arm's deflection has none but its expansion."""
    if part.is_cloth and asked.strength_left is not False:
        yield strength_left(part, asked.strength_left, outlook)
    if part.is_cloth and asked.colour_difference is not False:
        yield colour_difference(part, asked.colour_difference, outlook)
    if asked.fatigue_damage is not False:
        yield fatigue_damage(part, asked.fatigue_damage, outlook)
    if asked.service_margin is not False:
        yield from service_margins(part, asked.service_margin, outlook)
