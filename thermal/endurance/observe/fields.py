"""Endurance of a part as fields over its vertices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from materials.laws.ageing import AbsorptanceDrift, UvStrength
from thermal.endurance.colour.fading import DyedColour
from thermal.endurance.requirements.colour import fading_of
from thermal.endurance.requirements.fatigue import held_wall, strain_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from thermal.endurance.damage.particles import SolarWind
    from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence
    from thermal.endurance.observe.history import History


class Field(NamedTuple):
    """Values (n,), their unit, and what they are."""

    values: NDArray[np.float64]
    unit: str
    long_name: str


@dataclass(frozen=True)
class Series:
    """A quantity through the run.

    Attributes
    ----------
    time_s, values
        (k,) each.
    unit, long_name
        For files and figures.

    """

    time_s: NDArray[np.float64]
    values: NDArray[np.float64]
    unit: str
    long_name: str


def part_fields(part: PartEvidence, equivalent_s: NDArray[np.float64]) -> dict[str, Field]:
    """Fields of one part.

    Parameters
    ----------
    part
        What the run has shown of it.
    equivalent_s
        Arrhenius time of its vertices, (n,), s.

    Returns
    -------
    dict
        The same names for every part; nan where the database has no datum or the part no such face.

    """
    fields = {
        "thermal_cycles": Field(
            part.cycles.sum(axis=1) * part.observed_years, "1", "rainflow cycles of temperature"
        ),
        "fatigue_damage": Field(miner_sum(part), "1", "Miner's sum, expansion fully held"),
        "arrhenius_time": Field(equivalent_s, "s", "equivalent time at 293.15 K (Arrhenius)"),
    }
    faces = {face.name: face for face in part.faces}
    for name in ("front", "back"):
        fields |= _face_fields(part, name, faces.get(name))
    return fields


def history_fields(history: History) -> dict[str, Field]:
    """Fields of temperature over all vertices: extremes with their times, ranges, rates and dwell."""
    record = history.mean.record
    fields = {
        "temperature_highest": Field(record.highest_k, "K", "highest temperature"),
        "temperature_highest_time": Field(record.highest_time_s, "s", "time of the highest temperature"),
        "temperature_lowest": Field(record.lowest_k, "K", "lowest temperature"),
        "temperature_lowest_time": Field(record.lowest_time_s, "s", "time of the lowest temperature"),
        "largest_cycle": Field(history.cycles.count().largest, "K", "largest rainflow range of temperature"),
        "daily_range": Field(history.mean.daily_range().largest_k, "K", "largest range of a lunar day"),
        "warming_rate": Field(record.warming_k_s, "K/s", "fastest warming"),
        "warming_rate_time": Field(record.warming_time_s, "s", "time of the fastest warming"),
        "cooling_rate": Field(record.cooling_k_s, "K/s", "fastest cooling, negative"),
        "cooling_rate_time": Field(record.cooling_time_s, "s", "time of the fastest cooling"),
    }
    for name, above_s, below_s in history.dwell():
        words = name.replace("_", " ")
        fields[f"time_above_{name}"] = Field(above_s, "s", f"time above the {words} of the material")
        fields[f"time_below_{name}"] = Field(below_s, "s", f"time below the {words} of the material")
    return fields


def proton_fields(fields: Mapping[str, Field], wind: SolarWind) -> dict[str, Field]:
    """Fields of solar-wind protons on both faces, from those of sunlight."""
    return {
        f"protons_{name}": Field(
            wind.fluence(fields[f"sun_hours_{name}"].values), "1/m2", f"solar-wind protons on the {name} face"
        )
        for name in ("front", "back")
    }


def _face_fields(part: PartEvidence, name: str, face: FaceEvidence | None) -> dict[str, Field]:
    nothing: NDArray[np.float64] = np.full(len(part.uv), np.nan)
    side = f"of the {name} face"
    values = dict.fromkeys(("highest", "lowest", "dose", "strength", "colour", "absorptance"), nothing)
    if face is not None:
        values |= {"highest": face.highest_k, "lowest": face.lowest_k, "dose": face.dose_esh}
        values |= _aged(part, face)
    return {
        f"temperature_highest_{name}": Field(values["highest"], "K", f"highest temperature {side}"),
        f"temperature_lowest_{name}": Field(values["lowest"], "K", f"lowest temperature {side}"),
        f"sun_hours_{name}": Field(values["dose"], "h", f"equivalent sun hours {side}"),
        f"strength_left_{name}": Field(values["strength"], "1", f"share of strength left {side}"),
        f"colour_difference_{name}": Field(values["colour"], "1", f"CIEDE2000 difference from new {side}"),
        f"absorptance_{name}": Field(values["absorptance"], "1", f"aged solar absorptance {side}"),
    }


def _aged(part: PartEvidence, face: FaceEvidence) -> dict[str, NDArray[np.float64]]:
    """Age a face by the light it got; only by laws that the database has."""
    aged: dict[str, NDArray[np.float64]] = {}
    strength = part.material.ageing("uv_strength")
    if isinstance(strength, UvStrength) and part.is_cloth:
        aged["strength"] = strength.retention(face.dose_esh)
    fading = fading_of(part, face)
    if fading is not None:
        colour = DyedColour(fading.lab, fading.bleached_lab)
        aged["colour"] = colour.difference(fading.dye_left(face.dose_esh))
    if face.surface is not None:
        new = face.surface.solar_absorptance.level
        drift = part.material.ageing("absorptance", face.surface.name)
        if isinstance(drift, AbsorptanceDrift):
            aged["absorptance"] = np.clip(new + drift.change(face.dose_esh), 0.0, 1.0)
    return aged


def miner_sum(part: PartEvidence) -> NDArray[np.float64]:
    """Miner's sum of a part's vertices over the time observed, expansion fully held; nan without a law."""
    law, ranges = held_wall(part.material), strain_ranges(part)
    if law is None or ranges is None:
        return np.full(len(part.uv), np.nan)
    each = 1.0 / np.maximum(law.cycles(ranges), 0.5)
    return np.asarray(part.cycles @ each * part.observed_years)
