"""Infrared of the ground: eps F_g eps_g sigma T_g^4 (physics.md 4)."""

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
class GroundInfrared:
    """Infrared from the ground."""

    now: SkyNow
    views: Views
    name: str = "ground infrared"

    def bind(self, vertices: Vertices) -> BoundGroundInfrared:
        """Multiply emissivities by view factors once."""
        return BoundGroundInfrared(
            self.now,
            vertices.front_emissivity * self.views.front_ground[vertices.vertex],
            vertices.back_emissivity * self.views.back_ground[vertices.vertex],
        )


@dataclass(frozen=True)
class BoundGroundInfrared:
    """Ground infrared on given vertices; ``front``, ``back`` are emissivity times view factor."""

    now: SkyNow
    front: NDArray[np.float64]
    back: NDArray[np.float64]

    def absorb(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> None:
        """Write absorbed ground infrared, W/m2."""
        radiosity = self.now.at(time_s).ground_infrared
        np.multiply(self.front, radiosity, out=front)
        np.multiply(self.back, radiosity, out=back)
