"""The site's frame: x east, y north, z up, origin on the ground of a sphere of 1737.4 km."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import MOON_RADIUS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def site_axes(latitude: float, longitude: float) -> NDArray[np.float64]:
    """Return the rows east, north, up of a site in the Moon's axes, shape (3, 3); angles in rad."""
    sin_lat, cos_lat = math.sin(latitude), math.cos(latitude)
    sin_lon, cos_lon = math.sin(longitude), math.cos(longitude)
    return np.array(
        [
            [-sin_lon, cos_lon, 0.0],
            [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
            [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
        ]
    )


def to_site(vectors: NDArray[np.float64], latitude: float, longitude: float) -> NDArray[np.float64]:
    """Express vectors from the Moon's centre (n, 3) in m, as seen from the site in its own frame."""
    axes = site_axes(latitude, longitude)
    return np.asarray((vectors - MOON_RADIUS * axes[2]) @ axes.T, dtype=np.float64)


def azimuth_elevation(east: float, north: float, up: float) -> tuple[float, float]:
    """Return azimuth clockwise from north (0 to 2 pi) and elevation of a unit vector, rad."""
    return math.atan2(east, north) % (2.0 * math.pi), math.asin(min(1.0, max(-1.0, up)))


def ground_normal(slope: float, aspect: float) -> NDArray[np.float64]:
    """Return the unit normal (3,) of ground that falls by `slope` towards azimuth `aspect`, in rad."""
    lean = math.sin(slope)
    return np.array([lean * math.sin(aspect), lean * math.cos(aspect), math.cos(slope)])
