"""A body of one temperature in a scene, such as a lander: what its faces absorb.

Every face of the box takes direct sunlight past the bodies that shade it, what the ground reflects and
radiates, the cosmic background, and what the other bodies send it, each by its own view factors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from thermal.scene.masses import OwnTemperature

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.loads.bodies import Radiosities
    from thermal.heat.loads.sky_cache import SkyNow
    from thermal.heat.model.load import Vertices
    from thermal.scene.bodies import BoxBody
    from thermal.scene.surroundings import Patches
    from thermal.sky import Sky


@dataclass(frozen=True)
class MassInScene:
    """Sunlight and infrared on all faces of a box, spread over its skin.

    Parameters
    ----------
    now
        The sky.
    box
        The body; its :class:`~thermal.scene.masses.OwnTemperature` is told where to read it.
    first, count
        Numbers of its vertices in the model.
    patches
        Those of all bodies, the faces of the box among them.
    radiosities
        What they send at the present time; their terms have to come before this one.

    """

    now: SkyNow
    box: BoxBody
    first: int
    count: int
    patches: Patches
    radiosities: Radiosities

    @property
    def name(self) -> str:
        """What ledger and series call it."""
        return f"surroundings of {self.box.name}"

    def bind(self, vertices: Vertices) -> BoundMass:
        """Find the vertices of the body."""
        return BoundMass(self, vertices)

    @cached_property
    def _faces(self) -> list[int]:
        """Patches of the six faces."""
        return [self.patches.names.index(f"{self.box.name}#{face}") for face in range(6)]

    def absorbed(self, time_s: float, sky: Sky) -> float:
        """Mean over the faces of what they absorb, W/m2."""
        box, patches, own = self.box, self.patches, self._faces
        ground, factors = patches.ground[own], patches.factors[own]
        lack_light, lack_infrared = box.lack.at(time_s)
        light = box.light(sky) + ground * sky.ground_reflected + lack_light
        infrared = ground * sky.ground_infrared + patches.sky[own] * sky.space_infrared + lack_infrared
        light += factors @ self.radiosities.light
        infrared += factors @ self.radiosities.infrared
        absorbed = patches.areas[own] @ (box.absorptance * light + box.emissivity * infrared)
        return float(absorbed / patches.areas[own].sum())


class BoundMass:
    """A body's load on the vertices of this rank."""

    def __init__(self, term: MassInScene, vertices: Vertices) -> None:
        self._term, self._comm = term, vertices.comm
        self._own = (vertices.vertex >= term.first) & (vertices.vertex < term.first + term.count)
        self._area, self._front_k = vertices.area[self._own], vertices.front_k
        self._whole = self._sum(float(self._area.sum()))
        if isinstance(term.box.temperature, OwnTemperature):
            term.box.temperature.read = self._kelvin

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:  # noqa: ARG002
        """Add the absorbed flux, W/m2, which the skin takes outside; return its power on this rank, W."""
        absorbed = self._term.absorbed(time_s, self._term.now.at(time_s))
        front[self._own] += absorbed
        return absorbed * float(self._area.sum())

    def _kelvin(self) -> float:
        """Temperature that the present stage starts from, on all ranks."""
        return self._sum(float(self._area @ self._front_k[self._own])) / self._whole

    def _sum(self, value: float) -> float:
        return value if self._comm.size == 1 else sum(self._comm.allgather(value))
