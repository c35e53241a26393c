"""Sunlight that the ground sends back: alpha F_g A S sin(el) (physics.md 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.load import Vertices
    from thermal.heat.terms.now import SkyNow
    from thermal.scene.views import Views


@dataclass(frozen=True)
class ReflectedSunlight:
    """Diffuse sunlight from the ground."""

    now: SkyNow
    views: Views
    name: str = "reflected sunlight"

    def bind(self, vertices: Vertices) -> BoundReflectedSunlight:
        """Multiply absorptances by view factors once."""
        return BoundReflectedSunlight(
            self.now,
            vertices.front_absorptance * self.views.front_ground[vertices.vertex],
            vertices.back_absorptance * self.views.back_ground[vertices.vertex],
        )


@dataclass(frozen=True)
class BoundReflectedSunlight:
    """Ground light on given vertices; ``front``, ``back`` are absorptance times view factor."""

    now: SkyNow
    front: NDArray[np.float64]
    back: NDArray[np.float64]

    def absorb(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> None:
        """Write absorbed ground light, W/m2."""
        radiosity = self.now.at(time_s).ground_reflected
        np.multiply(self.front, radiosity, out=front)
        np.multiply(self.back, radiosity, out=back)
