"""Where the Sun and the Earth stand in the Moon's own axes: pyerfa's series, no data file.

Conventions (INTERFACE): both vectors are light-time corrected, none carries stellar aberration.  Against
DE440 with the DE421 lunar orientation the sub-solar point is right to 0.004 deg in 1969 to 2049.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import erfa
import numpy as np
from numpy.typing import NDArray

from thermal.constants import ASTRONOMICAL_UNIT, DAY
from thermal.sky.orientation import moon_orientation

FIRST_UTC: Final = datetime(1960, 1, 1, tzinfo=UTC)
LAST_UTC: Final = datetime(2101, 1, 1, tzinfo=UTC)

_LIGHT_SPEED: Final = 299_792_458.0
_J2000: Final = 2451545.0


@dataclass(frozen=True, slots=True)
class Bodies:
    """Sun and Earth from the Moon's centre, in mean-Earth axes (x towards the mean Earth, z north).

    Parameters
    ----------
    sun
        Vectors to the Sun in m, shape (n, 3).
    earth
        Vectors to the Earth in m, shape (n, 3).

    """

    sun: NDArray[np.float64]
    earth: NDArray[np.float64]


def terrestrial_days(start: datetime, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days of terrestrial time since J2000 at `seconds` of elapsed time after the UTC date `start`.

    Leap seconds up to `start` are counted; none is inserted while a run goes on.
    Dynamical time differs from it by less than 2 ms.
    """
    utc = start.astimezone(UTC)
    with warnings.catch_warnings():
        # erfa calls every date more than five years after its last leap second dubious
        warnings.simplefilter("ignore", erfa.ErfaWarning)
        utc1, utc2 = erfa.dtf2d(
            "UTC", utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second + utc.microsecond / 1e6
        )
        tt1, tt2 = erfa.taitt(*erfa.utctai(utc1, utc2))
    return np.asarray((tt1 - _J2000) + tt2 + seconds / DAY, dtype=np.float64)


def bodies(days: NDArray[np.float64]) -> Bodies:
    """Sun and Earth seen from the Moon's centre.

    Parameters
    ----------
    days
        Days of terrestrial time since J2000, shape (n,).

    Returns
    -------
    Bodies
        Light-time corrected vectors in m.

    """
    moon = _earth_barycentric(days) + _moon_geocentric(days)
    rotation = moon_orientation(days)
    sun = _seen(_sun_barycentric, moon, days)
    earth = _seen(_earth_barycentric, moon, days)
    return Bodies(
        sun=np.einsum("nij,nj->ni", rotation, sun),
        earth=np.einsum("nij,nj->ni", rotation, earth),
    )


def _seen(
    body: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    observer: NDArray[np.float64],
    days: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Vector from `observer` to where `body` was when its light set out; one pass leaves a few metres."""
    delay = np.linalg.norm(body(days) - observer, axis=1) / _LIGHT_SPEED
    return body(days - delay / DAY) - observer


def _epv00(days: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", erfa.ErfaWarning)
        heliocentric, barycentric = erfa.epv00(_J2000, days)
    return heliocentric["p"] * ASTRONOMICAL_UNIT, barycentric["p"] * ASTRONOMICAL_UNIT


def _earth_barycentric(days: NDArray[np.float64]) -> NDArray[np.float64]:
    return _epv00(days)[1]


def _sun_barycentric(days: NDArray[np.float64]) -> NDArray[np.float64]:
    heliocentric, barycentric = _epv00(days)
    return barycentric - heliocentric


def _moon_geocentric(days: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(erfa.moon98(_J2000, days)["p"] * ASTRONOMICAL_UNIT, dtype=np.float64)
