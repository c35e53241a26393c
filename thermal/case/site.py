"""Table ``[site]``: where on the Moon."""

from __future__ import annotations

import math
from typing import Annotated

from thermal.case.base import Table
from thermal.units import _ANGLES, Quantity

Latitude = Annotated[float, Quantity("rad", "43.06 deg", _ANGLES, least=-math.pi / 2, most=math.pi / 2)]
Longitude = Annotated[float, Quantity("rad", "-51.92 deg", _ANGLES, least=-math.pi, most=2 * math.pi)]


class Site(Table):
    """Where on the Moon the flag stands (selenographic, mean-Earth frame)."""

    latitude: Latitude
    """Latitude, north positive."""
    longitude: Longitude
    """Longitude, east positive (-180 to 360 deg)."""
