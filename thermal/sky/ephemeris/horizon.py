"""The site's horizon: the edge of the ground's plane, or a table of azimuth and elevation."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from thermal.sky.ephemeris.site_frame import azimuth_elevation

if TYPE_CHECKING:
    from collections.abc import Sequence


class Horizon(Protocol):
    """Anything that says how high a direction stands above the skyline."""

    def clearance(self, east: float, north: float, up: float) -> float:
        """Return the angle between a unit direction and the skyline, positive above it, rad."""
        ...


@dataclass(frozen=True, slots=True)
class PlaneHorizon:
    """The horizon of plane ground.

    Parameters
    ----------
    east, north, up
        Unit normal of the ground.

    """

    east: float = 0.0
    north: float = 0.0
    up: float = 1.0

    def clearance(self, east: float, north: float, up: float) -> float:
        """Return the angle above the plane, rad."""
        sine = self.east * east + self.north * north + self.up * up
        return math.asin(min(1.0, max(-1.0, sine)))


@dataclass(frozen=True, slots=True)
class TableHorizon:
    """A skyline given by points, straight between them.

    Parameters
    ----------
    azimuth
        Azimuths clockwise from north, rising, spanning 2 pi with the first point repeated at the end, rad.
    elevation
        Elevations of the skyline there, rad.

    """

    azimuth: tuple[float, ...]
    elevation: tuple[float, ...]

    def clearance(self, east: float, north: float, up: float) -> float:
        """Return the distance from the line through the skyline at the same azimuth, rad."""
        azimuth, elevation = azimuth_elevation(east, north, up)
        azimuth = self.azimuth[0] + (azimuth - self.azimuth[0]) % (2.0 * math.pi)
        right = min(bisect_right(self.azimuth, azimuth), len(self.azimuth) - 1)
        run = self.azimuth[right] - self.azimuth[right - 1]
        rise = (self.elevation[right] - self.elevation[right - 1]) / run
        skyline = self.elevation[right - 1] + rise * (azimuth - self.azimuth[right - 1])
        # a slanting skyline passes nearer to the disc's centre than the height above it says
        return (elevation - skyline) / math.hypot(1.0, rise / max(math.cos(elevation), 1e-6))


def skyline(azimuth: Sequence[float], elevation: Sequence[float]) -> TableHorizon:
    """Close a table of rising azimuths and elevations, both (n,) in rad, to a full turn."""
    turn = 2.0 * math.pi
    if azimuth[-1] - azimuth[0] < turn - 1e-9:
        azimuth, elevation = [*azimuth, azimuth[0] + turn], [*elevation, elevation[0]]
    return TableHorizon(tuple(azimuth), tuple(elevation))
