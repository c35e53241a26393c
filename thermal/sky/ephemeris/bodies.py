"""Where the Sun and the Earth stand in the Moon's own axes: pyerfa's series, no data file.

Conventions: both vectors are light-time corrected, none carries stellar aberration.  Against
DE440 with the DE421 lunar orientation the sub-solar point is right to 0.004 deg in 1969 to 2049.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import erfa
import numpy as np

from thermal.core.constants import ASTRONOMICAL_UNIT, DAY
from thermal.sky.ephemeris.orientation import moon_orientation

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    """Return days of terrestrial time since J2000 at `seconds` of elapsed time after the UTC date `start`.

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
    """Locate Sun and Earth as seen from the Moon's centre.

    Parameters
    ----------
    days
        Days of terrestrial time since J2000, shape (n,).

    Returns
    -------
    Bodies
        Light-time corrected vectors in m.

    """
    sun_then, earth_then = _barycentric(days)
    moon = earth_then + np.asarray(erfa.moon98(_J2000, days)["p"]) * ASTRONOMICAL_UNIT
    # one pass of light time leaves a few metres
    sun = _barycentric(days - _light_days(sun_then - moon))[0] - moon
    earth = _barycentric(days - _light_days(earth_then - moon))[1] - moon
    rotation = moon_orientation(days)
    return Bodies(
        sun=np.einsum("nij,nj->ni", rotation, sun),
        earth=np.einsum("nij,nj->ni", rotation, earth),
    )


def _light_days(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days that light takes along vectors (n, 3) in m, shape (n,)."""
    return np.asarray(np.linalg.norm(vectors, axis=1) / (_LIGHT_SPEED * DAY), dtype=np.float64)


def _barycentric(days: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sun and Earth from the barycentre of the solar system, each (n, 3) in m."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", erfa.ErfaWarning)
        heliocentric, barycentric = erfa.epv00(_J2000, days)
    earth = barycentric["p"] * ASTRONOMICAL_UNIT
    return earth - heliocentric["p"] * ASTRONOMICAL_UNIT, earth
