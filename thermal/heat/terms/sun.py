"""Direct sunlight: alpha S V max(0, n . s) on each face (physics.md 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.load import Vertices
    from thermal.heat.terms.now import SkyNow

SunMask = Callable[[float, "NDArray[np.float64]"], "tuple[NDArray[np.float64], NDArray[np.float64]]"]
"""(time_s, Sun direction) -> share of the disc that the front and the back of every vertex of the model see."""


@dataclass(frozen=True)
class DirectSunlight:
    """Sunlight on both faces."""

    now: SkyNow
    mask: SunMask | None = None
    name: str = "sunlight"

    def bind(self, vertices: Vertices) -> BoundSunlight:
        """Keep normals and absorptances."""
        return BoundSunlight(self.now, self.mask, vertices)


class BoundSunlight:
    """Sunlight on given vertices; ``sunlight`` holds what falls on front and back, (n,) W/m2, at the last time."""

    def __init__(self, now: SkyNow, mask: SunMask | None, vertices: Vertices) -> None:
        self._now, self._mask, self._vertices = now, mask, vertices
        zero = np.zeros(len(vertices.vertex))
        self.sunlight = (zero, zero.copy())

    def absorb(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> None:
        """Write absorbed sunlight, W/m2."""
        sky, vertices = self._now.at(time_s), self._vertices
        lit_front, lit_back = self.sunlight
        if sky.irradiance == 0.0:
            for array in (lit_front, lit_back, front, back):
                array[:] = 0.0
            return
        cosine = vertices.normals @ sky.sun_direction
        np.maximum(cosine, 0.0, out=lit_front)
        np.maximum(-cosine, 0.0, out=lit_back)
        if self._mask is not None:
            seen_front, seen_back = self._mask(time_s, sky.sun_direction)
            lit_front *= seen_front[vertices.vertex]
            lit_back *= seen_back[vertices.vertex]
        lit_front *= sky.irradiance
        lit_back *= sky.irradiance
        np.multiply(vertices.front_absorptance, lit_front, out=front)
        np.multiply(vertices.back_absorptance, lit_back, out=back)
