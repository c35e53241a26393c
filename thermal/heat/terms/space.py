"""Cosmic background: eps F_sky 3.1e-6 W/m2."""

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
class CosmicBackground:
    """Infrared from deep space."""

    now: SkyNow
    views: Views
    name: str = "cosmic background"

    def bind(self, vertices: Vertices) -> BoundCosmicBackground:
        """Multiply emissivities by view factors once."""
        return BoundCosmicBackground(
            self.now,
            vertices.front_emissivity * self.views.front_sky[vertices.vertex],
            vertices.back_emissivity * self.views.back_sky[vertices.vertex],
        )


@dataclass(frozen=True)
class BoundCosmicBackground:
    """Deep space over given vertices; ``front``, ``back`` are emissivity times view factor."""

    now: SkyNow
    front: NDArray[np.float64]
    back: NDArray[np.float64]

    def absorb(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> None:
        """Write absorbed background, W/m2."""
        irradiance = self.now.at(time_s).space_infrared
        np.multiply(self.front, irradiance, out=front)
        np.multiply(self.back, irradiance, out=back)
