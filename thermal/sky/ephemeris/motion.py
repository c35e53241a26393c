"""How Sun and Earth move over a site: on real dates, or frozen into one lunation that repeats itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import ASTRONOMICAL_UNIT, DAY, LUNATION
from thermal.sky.ephemeris.bodies import bodies, terrestrial_days
from thermal.sky.ephemeris.site_frame import site_axes, to_site
from thermal.sky.ephemeris.track import Track, build_track

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

_SAMPLE: Final = 0.25 * DAY
"""Spacing of the ephemeris: cubics between leave 3e-8 rad."""

_FROZEN_SAMPLES: Final = 720


def ephemeris_track(
    latitude: float, longitude: float, start: datetime, first_s: float, last_s: float
) -> Track:
    """Track Sun and Earth of the date over a site between two times in s after `start`; angles in rad."""
    count = 4 + math.ceil((last_s - first_s) / _SAMPLE)
    first = first_s - _SAMPLE
    seen = bodies(terrestrial_days(start, np.asarray(first + _SAMPLE * np.arange(count), dtype=np.float64)))
    sun = to_site(seen.sun, latitude, longitude) / ASTRONOMICAL_UNIT
    return build_track(first, _SAMPLE, np.hstack([sun, to_site(seen.earth, latitude, longitude)]))


def frozen_track(
    latitude: float, declination: float, distance_au: float, hour_angle: float, earth: NDArray[np.float64]
) -> Track:
    """Make a Sun of fixed declination and distance that goes round once a lunation, and a fixed Earth.

    Parameters
    ----------
    latitude, declination
        Of the site and of the Sun, rad.
    distance_au
        Distance of the Sun from the site, AU.
    hour_angle
        Hour angle at time 0, rad; 0 is noon.
    earth
        Vector to the Earth from the site in m, shape (3,).

    """
    angle = hour_angle + np.linspace(0.0, 2.0 * np.pi, _FROZEN_SAMPLES + 1)
    # the site at longitude 0 sees the Sun at longitude -angle: it goes west
    sun = np.stack(
        [
            math.cos(declination) * np.cos(angle),
            -math.cos(declination) * np.sin(angle),
            np.full(angle.size, math.sin(declination)),
        ],
        axis=1,
    )
    seen = distance_au * sun @ site_axes(latitude, 0.0).T
    values = np.hstack([seen, np.broadcast_to(earth, (angle.size, 3))])
    values[-1] = values[0]
    return build_track(0.0, LUNATION / _FROZEN_SAMPLES, values, periodic=True)


def hour_angle_and_declination(latitude: float, east: float, north: float, up: float) -> tuple[float, float]:
    """Return hour angle (0 at noon, growing westwards, -pi to pi) and declination of a direction, rad."""
    toward_pole = math.cos(latitude) * north + math.sin(latitude) * up
    toward_meridian = math.cos(latitude) * up - math.sin(latitude) * north
    declination = math.asin(min(1.0, max(-1.0, toward_pole / math.hypot(east, north, up))))
    return math.atan2(-east, toward_meridian), declination


def local_hour(latitude: float, east: float, north: float, up: float) -> float:
    """Return the local solar time in hours, 0 to 24, noon at 12."""
    angle, _ = hour_angle_and_declination(latitude, east, north, up)
    return (12.0 + angle * 12.0 / math.pi) % 24.0
