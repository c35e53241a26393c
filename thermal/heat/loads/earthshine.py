"""Earthshine: reflected sunlight and infrared of the Earth, a disc of 1.9 deg taken as a direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.loads import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.loads.sky_cache import SkyNow
    from thermal.heat.model.load import Vertices


@dataclass(frozen=True)
class Earthshine:
    """Light and infrared of the Earth on both faces."""

    now: SkyNow
    name: str = "earthshine"

    def bind(self, vertices: Vertices) -> BoundEarthshine:
        """Keep normals and optics."""
        east, north, up = (np.ascontiguousarray(component) for component in vertices.normals.T)
        return BoundEarthshine(self.now, vertices, (east, north, up))


@dataclass(frozen=True)
class BoundEarthshine:
    """Earthshine on given vertices; ``normals`` are theirs, (n,) a component."""

    now: SkyNow
    vertices: Vertices
    normals: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add absorbed earthshine, W/m2; return its power, W."""
        sky, v = self.now.at(time_s), self.vertices
        direction = tuple(float(component) for component in sky.earth_direction)
        return float(
            kernels.shine(
                *self.normals, direction, sky.earth_shortwave, sky.earth_infrared,
                v.front_absorptance, v.back_absorptance, v.front_emissivity, v.back_emissivity, v.reached,
                front, back,
            )
        )  # fmt: skip
