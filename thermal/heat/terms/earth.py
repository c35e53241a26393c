"""Earthshine: reflected sunlight and infrared of the Earth, a disc of 1.9 deg taken as a direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.load import Vertices
    from thermal.heat.terms.now import SkyNow


@dataclass(frozen=True)
class Earthshine:
    """Light and infrared of the Earth on both faces."""

    now: SkyNow
    name: str = "earthshine"

    def bind(self, vertices: Vertices) -> BoundEarthshine:
        """Keep normals and optics."""
        return BoundEarthshine(self.now, vertices)


@dataclass(frozen=True)
class BoundEarthshine:
    """Earthshine on given vertices."""

    now: SkyNow
    vertices: Vertices

    def absorb(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> None:
        """Write absorbed earthshine, W/m2."""
        sky, v = self.now.at(time_s), self.vertices
        cosine = v.normals @ sky.earth_direction
        for sign, face, absorptance, emissivity in (
            (1.0, front, v.front_absorptance, v.front_emissivity),
            (-1.0, back, v.back_absorptance, v.back_emissivity),
        ):
            taken = absorptance * sky.earth_shortwave + emissivity * sky.earth_infrared
            np.multiply(taken, np.maximum(sign * cosine, 0.0), out=face)
