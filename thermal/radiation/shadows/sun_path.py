"""The Sun's way over the sky, by the angle it has travelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array


_LONGEST_STEP = np.radians(1.5)
"""Longest way between samples; the sagitta at half of it is 1 % of the Sun's radius."""


class SunPath:
    """Sun directions at increasing times, joined by arcs of great circles.

    Parameters
    ----------
    times
        (k,) s, increasing.
    directions
        (k, 3) unit vectors to the Sun, at most 1.5 degrees apart. Nights belong to it.

    Attributes
    ----------
    length
        Way from the first to the last sample, rad.

    Raises
    ------
    ValueError
        Fewer than two samples, times that do not increase, or samples too far apart.

    """

    def __init__(self, times: ArrayLike, directions: ArrayLike) -> None:
        self._times = np.asarray(times, dtype=float)
        self._directions = np.asarray(directions, dtype=float)
        if len(self._times) < 2 or np.any(np.diff(self._times) <= 0.0):
            raise ValueError("a Sun path needs at least two increasing times")
        chords = np.linalg.norm(np.diff(self._directions, axis=0), axis=1)
        steps = 2.0 * np.arcsin(np.minimum(1.0, 0.5 * chords))
        if np.max(steps) > _LONGEST_STEP:
            raise ValueError("samples of a Sun path must be at most 1.5 degrees apart")
        self._way = np.concatenate([[0.0], np.cumsum(np.maximum(steps, 1e-15))])
        self.length = float(self._way[-1])

    def way_at(self, time_s: float) -> float:
        """Return the angle travelled since the first sample at a time, rad."""
        return float(np.interp(time_s, self._times, self._way))

    def direction_at(self, way: float) -> Array:
        """Return the unit vector (3,) at an angle travelled."""
        return np.asarray(self.directions_at(way)[0])

    def directions_at(self, way: ArrayLike) -> Array:
        """Return unit vectors (n, 3) at angles travelled (n,); beyond the ends the last arcs go on."""
        asked = np.atleast_1d(np.asarray(way, dtype=float))
        return _directions(self._way, self._directions, asked)


@kernel
def _directions(ways: Array, directions: Array, asked: Array) -> Array:
    """Look up unit vectors (n, 3) at angles travelled (n,)."""
    found = np.empty((len(asked), 3))
    for k in range(len(asked)):
        left = int(np.searchsorted(ways, asked[k], side="right")) - 1
        left = min(max(left, 0), len(ways) - 2)
        share = (asked[k] - ways[left]) / (ways[left + 1] - ways[left])
        vector = (1.0 - share) * directions[left] + share * directions[left + 1]
        found[k] = vector / np.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2])
    return found
