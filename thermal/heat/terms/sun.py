"""Direct sunlight: alpha S V max(0, n . s) on each face (physics.md 4), the disc taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.constants import ASTRONOMICAL_UNIT, SUN_RADIUS
from thermal.heat.terms import loops

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.load import Vertices
    from thermal.heat.terms.now import SkyNow

SunMask = Callable[[float, "NDArray[np.float64]"], "tuple[NDArray[np.float64], NDArray[np.float64]]"]
"""(time_s, Sun direction) -> share of the disc that front and back of every vertex of the model see."""

TINY: Final = 1e-12
"""rad, of a point Sun's disc."""

_Faces = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


class DirectSunlight:
    """Sunlight on both faces.

    Parameters
    ----------
    now
        The sky.
    mask
        What other bodies leave of the disc; None where nothing is in the way.
    point
        Take the Sun as a point, as published tables do. It matters for a face edge-on to the Sun: the disc
        lights both sides of it with up to a thousandth of the irradiance.

    """

    name = "sunlight"

    def __init__(self, now: SkyNow, mask: SunMask | None = None, *, point: bool = False) -> None:
        self._now, self._mask, self._point = now, mask, point
        self._time_s: float | None = None
        self._falling: _Faces = (np.zeros(0), np.zeros(0))

    def bind(self, vertices: Vertices) -> BoundSunlight:
        """Keep normals and absorptances."""
        return BoundSunlight(self, vertices)

    def falling(self, time_s: float, vertices: Vertices) -> _Faces:
        """Direct sunlight that falls on front and back, (n,) W/m2 each; computed once a time."""
        if time_s == self._time_s and len(self._falling[0]) == len(vertices.vertex):
            return self._falling
        sky = self._now.at(time_s)
        self._time_s = time_s
        if sky.irradiance == 0.0:
            self._falling = np.zeros(len(vertices.vertex)), np.zeros(len(vertices.vertex))
            return self._falling
        radius = TINY if self._point else SUN_RADIUS / (sky.sun_distance_au * ASTRONOMICAL_UNIT)
        self._falling = np.empty(len(vertices.vertex)), np.empty(len(vertices.vertex))
        loops.fall(vertices.normals, sky.sun_direction, np.sin(radius), sky.irradiance, *self._falling)
        if self._mask is not None:
            loops.dim(*self._mask(time_s, sky.sun_direction), vertices.vertex, *self._falling)
        return self._falling


class BoundSunlight:
    """Sunlight on given vertices; ``sunlight`` is what last fell on front and back, (n,) W/m2."""

    def __init__(self, term: DirectSunlight, vertices: Vertices) -> None:
        self._term, self._vertices = term, vertices
        self.sunlight: _Faces = (np.zeros(len(vertices.vertex)), np.zeros(len(vertices.vertex)))

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add absorbed sunlight, W/m2; return its power, W."""
        v = self._vertices
        self.sunlight = self._term.falling(time_s, v)
        return float(
            loops.take(v.front_absorptance, v.back_absorptance, *self.sunlight, v.reached, front, back)
        )
