"""What the site sees of Sun and Earth at an instant."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from thermal.core.constants import ASTRONOMICAL_UNIT, EARTH_RADIUS, SOLAR_CONSTANT, SUN_RADIUS
from thermal.sky.ephemeris.disc import hidden_by_disc, lift_of_visible_part, visible_over_horizon
from thermal.sky.ground.albedo import ground_albedo

if TYPE_CHECKING:
    from thermal.sky.ephemeris.horizon import Horizon
    from thermal.sky.ephemeris.track import Track

_NEAR: Final = math.cos(math.radians(3.0))
"""Cosine of a separation beyond which the Earth is far from the Sun."""


class View(NamedTuple):
    """Sun and Earth at an instant; angles in rad, directions as unit vectors east, north, up."""

    sun: tuple[float, float, float]
    distance_au: float
    sunlight: float
    """Irradiance of the whole disc on a surface normal to it, W/m2."""
    sun_radius: float
    clearance: float
    """Sun's centre above the skyline."""
    visible_fraction: float
    """Part of the disc above the skyline."""
    hidden_fraction: float
    """Part of the disc behind the Earth."""
    incidence_cosine: float
    """Mean cosine on the ground over the whole disc, the hidden and set parts counting 0, eclipse apart."""
    earth: tuple[float, float, float]
    earth_m: float

    @property
    def irradiance(self) -> float:
        """Sunlight on a surface normal to it, after horizon and eclipse, W/m2."""
        return self.sunlight * self.visible_fraction * (1.0 - self.hidden_fraction)

    def ground_sunlight(
        self, normal_albedo: float, normal: tuple[float, float, float]
    ) -> tuple[float, float]:
        """Sunlight that the ground absorbs and reflects, W/m2."""
        fall = self.sunlight * self.incidence_cosine * (1.0 - self.hidden_fraction)
        cosine = sum(a * b for a, b in zip(self.sun, normal, strict=True))
        albedo = ground_albedo(normal_albedo, math.acos(min(1.0, max(0.0, cosine))))
        return fall * (1.0 - albedo), fall * albedo


class Scenery(Protocol):
    """Anything that shows Sun and Earth over ground of a given normal."""

    @property
    def normal(self) -> tuple[float, float, float]:
        """Unit normal of the ground, east, north, up."""
        ...

    @property
    def horizon(self) -> Horizon:
        """The skyline."""
        ...

    def view(self, time_s: float) -> View:
        """Return what is seen at a time in s."""
        ...


@dataclass(frozen=True, slots=True)
class Geometry:
    """A site under moving bodies.

    Parameters
    ----------
    track
        Vectors to Sun and Earth.
    horizon
        The skyline.
    normal
        Unit normal of the ground.
    sun_radius_m
        Radius of the Sun; 0 makes it a point.
    eclipses
        Whether the Earth can hide the Sun.

    """

    track: Track
    horizon: Horizon
    normal: tuple[float, float, float] = (0.0, 0.0, 1.0)
    sun_radius_m: float = SUN_RADIUS
    eclipses: bool = True

    def view(self, time_s: float) -> View:
        """Return what is seen at a time in s."""
        x, y, z, ex, ey, ez = self.track.at(time_s)
        distance = math.sqrt(x * x + y * y + z * z)
        sun = (x / distance, y / distance, z / distance)
        earth_m = math.sqrt(ex * ex + ey * ey + ez * ez)
        earth = (ex / earth_m, ey / earth_m, ez / earth_m)
        radius = math.asin(self.sun_radius_m / (distance * ASTRONOMICAL_UNIT))
        clearance = self.horizon.clearance(*sun)
        visible = visible_over_horizon(clearance, radius)
        n = self.normal
        cosine = visible * (sun[0] * n[0] + sun[1] * n[1] + sun[2] * n[2])
        cosine += lift_of_visible_part(clearance, radius)
        hidden = 0.0
        near = sun[0] * earth[0] + sun[1] * earth[1] + sun[2] * earth[2] > _NEAR
        if near and visible > 0.0 and self.eclipses:
            hidden = hidden_by_disc(separation(sun, earth), radius, math.asin(EARTH_RADIUS / earth_m))
        return View(
            sun=sun,
            distance_au=distance,
            sunlight=SOLAR_CONSTANT / distance**2,
            sun_radius=radius,
            clearance=clearance,
            visible_fraction=visible,
            hidden_fraction=hidden,
            incidence_cosine=max(0.0, cosine),
            earth=earth,
            earth_m=earth_m,
        )


def separation(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """Angle between unit vectors, exact where they nearly agree, rad."""
    chord = math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2)
    return 2.0 * math.asin(min(1.0, 0.5 * chord))
