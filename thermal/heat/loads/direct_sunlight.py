"""Direct sunlight: alpha S V max(0, n . s) on each face (theory R1), the disc taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import ASTRONOMICAL_UNIT, SUN_RADIUS
from thermal.heat.loads import kernels
from thermal.heat.loads.sky_cache import KEPT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.loads.sky_cache import SkyNow
    from thermal.heat.model.load import Vertices

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
        self._known: dict[tuple[float, int], _Faces] = {}

    def bind(self, vertices: Vertices) -> BoundSunlight:
        """Keep normals and absorptances; what was known of other vertices is forgotten."""
        self._known.clear()
        return BoundSunlight(self, vertices)

    def falling(self, time_s: float, vertices: Vertices) -> _Faces:
        """Direct sunlight that falls on front and back, (n,) W/m2 each; the stages of a step are kept."""
        key = time_s, len(vertices.vertex)
        if key not in self._known:
            if len(self._known) >= KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[key] = self._fall(time_s, vertices)
        return self._known[key]

    def _fall(self, time_s: float, vertices: Vertices) -> _Faces:
        sky = self._now.at(time_s)
        faces = np.zeros(len(vertices.vertex)), np.zeros(len(vertices.vertex))
        if sky.irradiance == 0.0:
            return faces
        radius = TINY if self._point else SUN_RADIUS / (sky.sun_distance_au * ASTRONOMICAL_UNIT)
        kernels.fall(vertices.normals, sky.sun_direction, np.sin(radius), sky.irradiance, *faces)
        if self._mask is not None:
            kernels.dim(*self._mask(time_s, sky.sun_direction), vertices.vertex, *faces)
        return faces


class BoundSunlight:
    """Sunlight on given vertices."""

    def __init__(self, term: DirectSunlight, vertices: Vertices) -> None:
        self._term, self._vertices = term, vertices

    def light_at(self, time_s: float) -> _Faces:
        """Return what falls on front and back, (n,) W/m2."""
        return self._term.falling(time_s, self._vertices)

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add absorbed sunlight, W/m2; return its power, W."""
        v, light = self._vertices, self.light_at(time_s)
        return float(kernels.take(v.front_absorptance, v.back_absorptance, *light, v.reached, front, back))
