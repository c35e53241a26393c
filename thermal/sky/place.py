"""What a sky is computed for: a site with its ground, and a span of time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from thermal.core.constants import LUNATION, SUN_RADIUS
from thermal.sky.ephemeris.horizon import Horizon, PlaneHorizon
from thermal.sky.ephemeris.motion import ephemeris_track, frozen_track, hour_angle_and_declination
from thermal.sky.ephemeris.site_view import Geometry
from thermal.sky.ground.regolith import Regolith

if TYPE_CHECKING:
    from datetime import datetime

Motion = Literal["ephemeris", "frozen", "idealised"]
"""Real dates; declination, distance and Earth of the start kept; declination 0, 1 AU and a point Sun."""

_NO_EARTH: Final = np.array([0.0, 0.0, -384_400e3])
_MARGIN: Final = 86400.0


@dataclass(frozen=True, slots=True)
class Place:
    """A site and its ground.

    Parameters
    ----------
    latitude, longitude
        rad.
    normal_albedo
        A0 of the ground.
    regolith
        What the ground is made of.
    normal
        Unit normal of the ground, east, north, up.
    horizon
        The skyline.
    eclipses
        Whether the Earth can hide the Sun.

    """

    latitude: float
    longitude: float
    normal_albedo: float
    regolith: Regolith = field(default_factory=Regolith)
    normal: tuple[float, float, float] = (0.0, 0.0, 1.0)
    horizon: Horizon = field(default_factory=PlaneHorizon)
    eclipses: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """When, and how Sun and Earth move.

    Parameters
    ----------
    start
        UTC of time 0; an idealised Sun stands at noon then, whatever the date.
    duration_s
        Length, s.
    motion
        See :data:`Motion`.
    repeats
        Whether everything repeats itself after a lunation.

    """

    start: datetime
    duration_s: float
    motion: Motion = "ephemeris"
    repeats: bool = False

    @property
    def period_s(self) -> float | None:
        """The lunation, or None."""
        return LUNATION if self.repeats else None


def geometry(place: Place, span: Span, first_s: float = 0.0) -> Geometry:
    """Set Sun, Earth and skyline of a place from `first_s` (not after 0) to the end of a span."""
    if span.motion == "idealised":
        return mean_geometry(place, 0.0)
    dated = ephemeris_track(
        place.latitude, place.longitude, span.start, first_s - _MARGIN, span.duration_s + _MARGIN
    )
    if span.motion == "ephemeris":
        return Geometry(dated, place.horizon, place.normal, SUN_RADIUS, place.eclipses)
    row = dated.at(0.0)
    angle, declination = hour_angle_and_declination(place.latitude, *row[:3])
    frozen = frozen_track(place.latitude, declination, math.hypot(*row[:3]), angle, np.array(row[3:]))
    return Geometry(frozen, place.horizon, place.normal, SUN_RADIUS, eclipses=False)


def mean_geometry(place: Place, hour_angle: float) -> Geometry:
    """Set declination 0, 1 AU, a point Sun at an hour angle in rad at time 0, and no Earth."""
    track = frozen_track(place.latitude, 0.0, 1.0, hour_angle, _NO_EARTH)
    return Geometry(track, place.horizon, place.normal, 0.0, eclipses=False)
