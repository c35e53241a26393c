"""Ground in shadow: what faces see of patches that are colder and darker than open ground.

The other terms take the ground as open everywhere; this one adds the difference, which cools.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.load import Vertices
    from thermal.scene.ground_shadow import ShadedGround


@dataclass(frozen=True)
class GroundInShadow:
    """Infrared and light that shaded patches of the ground lack."""

    ground: ShadedGround
    name: str = "ground in shadow"

    def bind(self, vertices: Vertices) -> BoundGroundInShadow:
        """Keep the factors and optics of these vertices."""
        return BoundGroundInShadow(self.ground, vertices)


class BoundGroundInShadow:
    """Lack of ground radiation on given vertices, straight between the times of the columns."""

    def __init__(self, ground: ShadedGround, vertices: Vertices) -> None:
        self._ground, self._vertices = ground, vertices
        self._factors = ground.front[vertices.vertex], ground.back[vertices.vertex]
        self._optics = (
            (vertices.front_absorptance, vertices.front_emissivity),
            (vertices.back_absorptance, vertices.back_emissivity),
        )
        self._known: dict[int, tuple[NDArray[np.float64], ...]] = {}

    def absorb(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> None:
        """Write the absorbed difference, W/m2, not positive by day."""
        times = self._ground.times
        t = time_s if self._ground.period_s is None else time_s % self._ground.period_s
        left = int(np.clip(np.searchsorted(times, t, side="right") - 1, 0, len(times) - 2))
        share = float(np.clip((t - times[left]) / (times[left + 1] - times[left]), 0.0, 1.0))
        for now, before, after in zip((front, back), self._at(left), self._at(left + 1), strict=True):
            np.multiply(before, 1.0 - share, out=now)
            np.add(now, share * after, out=now)

    def _at(self, index: int) -> tuple[NDArray[np.float64], ...]:
        """Difference on both faces at a time of the columns; the last few are kept."""
        if index not in self._known:
            if len(self._known) > 3:
                self._known.pop(next(iter(self._known)))
            lack = [f[index].astype(np.float32) for f in (self._ground.light, self._ground.infrared)]
            self._known[index] = tuple(
                _absorbed(factors, optics, lack)
                for factors, optics in zip(self._factors, self._optics, strict=True)
            )
        return self._known[index]


def _absorbed(
    factors: NDArray[np.float32],
    optics: tuple[NDArray[np.float64], NDArray[np.float64]],
    lack: list[NDArray[np.float32]],
) -> NDArray[np.float64]:
    """Add what a face takes of light and infrared; a product each is faster than one of two columns."""
    total = np.zeros(len(factors))
    for share, column in zip(optics, lack, strict=True):
        if column.any():
            total += share * (factors @ column)
    return total
