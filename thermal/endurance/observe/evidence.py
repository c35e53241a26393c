"""What a run has shown of one part: the input of every requirement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance.verdict.finding import Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Material, Surface


@dataclass(frozen=True)
class FaceEvidence:
    """One face of a part.

    Attributes
    ----------
    name
        "front" or "back".
    surface
        Its state in the database; None for the inside of a tube.
    dose_esh
        Dose at the end of the run in equivalent sun hours, (n,).
    dose_rate
        Dose a year, ESH, (n,): over complete lunations where there are any.
    highest_k, lowest_k
        Extremes of the face's temperature, (n,).
    highest_time_s, lowest_time_s
        When, seconds of the run, (n,).

    """

    name: str
    surface: Surface | None
    dose_esh: NDArray[np.float64]
    dose_rate: NDArray[np.float64]
    highest_k: NDArray[np.float64]
    lowest_k: NDArray[np.float64]
    highest_time_s: NDArray[np.float64]
    lowest_time_s: NDArray[np.float64]


@dataclass(frozen=True)
class PartEvidence:
    """One part.

    Attributes
    ----------
    name, title
        Name of the part, and how the verdict calls it.
    material
        What it is made of.
    vertices
        Numbers of the vertices within the part, (n,).
    uv
        Their coordinates on the part, (n, 2), m.
    faces
        Front, and back where it is seen.
    cycles
        Rainflow cycles a year of each range of temperature, (n, bins).
    cycle_range_k
        The ranges in K, (bins,).
    observed_years
        Time the run covered.
    is_cloth
        Whether it is the flag.

    """

    name: str
    title: str
    material: Material
    vertices: NDArray[np.int64]
    uv: NDArray[np.float64]
    faces: tuple[FaceEvidence, ...]
    cycles: NDArray[np.float64]
    cycle_range_k: NDArray[np.float64]
    observed_years: float
    is_cloth: bool

    @property
    def called(self) -> str:
        """How a sentence calls it: "the field", "the red_print regions", "bar1"."""
        return f"the {self.title}" if self.is_cloth else self.title

    def place(self, vertex: int, face: str, words: str) -> Place:
        """Name a place by its position among the vertices."""
        u, v = self.uv[vertex]
        return Place(self.name, face, int(self.vertices[vertex]), float(u), float(v), words)

    def nowhere(self) -> Place:
        """Name the part as a whole."""
        return Place(self.name)

    def most_lit(self) -> tuple[FaceEvidence, int]:
        """Face and vertex with the largest dose a year."""
        face = max(self.faces, key=lambda one: float(one.dose_rate.max()))
        return face, int(np.argmax(face.dose_rate))

    def in_light(self, face: FaceEvidence) -> str:
        """Words for the face with more light: the sunlit one, or both where they differ by less than 10 %."""
        rates = sorted((float(one.dose_rate.max()) for one in self.faces), reverse=True)
        if len(rates) > 1 and rates[1] > 0.9 * rates[0]:
            return "at both faces"
        return f"at the sunlit {face.name} face"
