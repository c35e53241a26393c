"""A Sun that a user's table gives in place of the model's."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from thermal.sky.ephemeris.contacts import Event

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.sky.ephemeris.horizon import Horizon
    from thermal.sky.ephemeris.site_view import Geometry, View


@dataclass(frozen=True, slots=True)
class TableSun:
    """Direction and irradiance straight between the rows of a table.

    The irradiance is what arrives at the site on a surface normal to the Sun, horizon and eclipses included.

    Parameters
    ----------
    behind
        The model that gives the Earth and the distance of the Sun.
    times
        Times of the rows in s, rising.
    rows
        Direction east, north, up and irradiance in W/m2, shape (n, 4).
    period_s
        Length after which it repeats itself, or None.

    """

    behind: Geometry
    times: tuple[float, ...]
    rows: NDArray[np.float64]
    period_s: float | None = None

    @property
    def normal(self) -> tuple[float, float, float]:
        """Unit normal of the ground."""
        return self.behind.normal

    @property
    def horizon(self) -> Horizon:
        """The skyline, which matters for the Earth alone."""
        return self.behind.horizon

    def view(self, time_s: float) -> View:
        """Return what is seen at a time in s."""
        since = time_s if self.period_s is None else time_s % self.period_s
        right = min(max(bisect_right(self.times, since), 1), len(self.times) - 1)
        low, high = self.times[right - 1], self.times[right]
        share = min(1.0, max(0.0, (since - low) / (high - low)))
        x, y, z, irradiance = ((1.0 - share) * self.rows[right - 1] + share * self.rows[right]).tolist()
        length = math.sqrt(x * x + y * y + z * z)
        sun = (x / length, y / length, z / length)
        n = self.normal
        cosine = max(0.0, sun[0] * n[0] + sun[1] * n[1] + sun[2] * n[2])
        lit = irradiance > 0.0
        return self.behind.view(time_s)._replace(
            sun=sun,
            sunlight=irradiance,
            sun_radius=0.0,
            clearance=math.asin(min(1.0, max(-1.0, sun[2]))),
            visible_fraction=1.0 if lit else 0.0,
            hidden_fraction=0.0,
            incidence_cosine=cosine if lit else 0.0,
        )

    def contacts(self) -> list[Event]:
        """Rows at which sunlight begins or ends."""
        light = self.rows[:, 3] > 0.0
        found = []
        for (before, after), (left, right) in zip(pairwise(light), pairwise(self.times), strict=True):
            if before != after:
                found.append(Event(left, "sunrise_centre") if after else Event(right, "sunset_centre"))
        return found


def table_sun(behind: Geometry, table: NDArray[np.float64], period_s: float | None = None) -> TableSun:
    """Make a Sun from a table (n, 4) of time in s, azimuth and elevation in rad and irradiance in W/m2."""
    time, azimuth, elevation, irradiance = table.T
    flat = np.cos(elevation)
    rows = np.stack([flat * np.sin(azimuth), flat * np.cos(azimuth), np.sin(elevation), irradiance], axis=1)
    return TableSun(behind, tuple(time.tolist()), rows, period_s)
