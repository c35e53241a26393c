"""What the faces of a box miss of open ground, because bodies shade it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.scene.ground_shadow import ShadedGround


class GroundLack:
    """Difference of shaded from open ground on six faces; none until it is told of shaded ground."""

    def __init__(self) -> None:
        self._ground: ShadedGround | None = None
        none: NDArray[np.float64] = np.zeros((1, 6))
        self._light, self._infrared = none, none

    def take(self, ground: ShadedGround, factors: NDArray[np.float64]) -> None:
        """Take shaded ground and the view factors (6, P) of the faces to its patches."""
        self._ground = ground
        self._light, self._infrared = ground.light @ factors.T, ground.infrared @ factors.T

    def at(self, time_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return light and infrared of the ground less those of open ground, (6,) W/m2 each."""
        if self._ground is None:
            return self._light[0], self._infrared[0]
        left, share = self._ground.between(time_s)
        light, infrared = (
            (1.0 - share) * rows[left] + share * rows[left + 1] for rows in (self._light, self._infrared)
        )
        return light, infrared
