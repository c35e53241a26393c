"""Ground in shadow: what faces see of patches that are colder and darker than open ground.

The other terms take the ground as open everywhere; this one adds the difference, which cools.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.loads import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.model.load import Vertices
    from thermal.scene.ground_shadow import ShadedGround

TOGETHER: Final = 32
"""Times of the columns that are computed in one product."""


@dataclass(frozen=True)
class GroundInShadow:
    """Infrared and light that shaded patches of the ground lack."""

    ground: ShadedGround
    name: str = "ground in shadow"

    def bind(self, vertices: Vertices) -> BoundGroundInShadow:
        """Keep the factors and optics of these vertices."""
        return BoundGroundInShadow(self.ground, vertices)


class BoundGroundInShadow:
    """Lack of ground radiation on given vertices, straight between the times of the columns.

    Several times are computed together: the factors are large, and reading them is what takes time.
    """

    def __init__(self, ground: ShadedGround, vertices: Vertices) -> None:
        self._ground = ground
        self._reached = vertices.reached
        self._factors = ground.front[vertices.vertex], ground.back[vertices.vertex]
        self._optics = (
            (vertices.front_absorptance, vertices.front_emissivity),
            (vertices.back_absorptance, vertices.back_emissivity),
        )
        self._known: dict[int, list[NDArray[np.float64]]] = {}

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add the absorbed difference, W/m2, not positive by day; return its power, W."""
        left, share = self._ground.between(time_s)
        return sum(
            float(kernels.between(before, after, share, self._reached, now))
            for now, before, after in zip((front, back), self._at(left), self._at(left + 1), strict=True)
        )

    def _at(self, index: int) -> list[NDArray[np.float64]]:
        """Difference on both faces at a time of the columns; the last two batches are kept."""
        batch = index // TOGETHER
        if batch not in self._known:
            if len(self._known) > 1:
                self._known.pop(next(iter(self._known)))
            now = slice(batch * TOGETHER, (batch + 1) * TOGETHER)
            light, infrared = (
                np.ascontiguousarray(lack[now].T, dtype=np.float32)
                for lack in (self._ground.light, self._ground.infrared)
            )
            self._known[batch] = []
            for factors, optics in zip(self._factors, self._optics, strict=True):
                absorbed = np.empty((light.shape[1], len(factors)))
                kernels.see_patches(factors, light, infrared, *optics, absorbed)
                self._known[batch].append(absorbed)
        return [face[index % TOGETHER] for face in self._known[batch]]
