"""Table ``[site]``: where on the Moon."""

import math
from typing import Annotated

from pydantic import Field

from thermal.case.tables.base import Table
from thermal.core.units import ANGLE_UNITS, Angle, Quantity

Latitude = Annotated[float, Quantity("rad", "43.06 deg", ANGLE_UNITS, least=-math.pi / 2, most=math.pi / 2)]
"""A latitude, north positive, rad."""
Longitude = Annotated[float, Quantity("rad", "-51.92 deg", ANGLE_UNITS, least=-math.pi, most=2 * math.pi)]
"""A longitude, east positive, rad."""
Slope = Annotated[float, Quantity("rad", "5 deg", ANGLE_UNITS, least=0.0, most=math.radians(60))]
"""An inclination of the ground, rad."""
Cover = Annotated[float, Quantity("", "0.1 %", ("%", "percent"), least=0.0, below=1.0)]
"""A share of a face that dust covers."""


class Site(Table):
    """Where on the Moon the flag stands (selenographic, mean-Earth frame)."""

    latitude: Latitude
    """Latitude, north positive."""
    longitude: Longitude
    """Longitude, east positive (-180 to 360 deg)."""
    ground_slope: Slope = 0.0
    """Inclination of the ground; it tilts the horizon too, where no table of it is given."""
    ground_aspect: Angle = 0.0
    """Azimuth, clockwise from north, towards which sloping ground falls."""
    dust_cover_per_year: Cover = 0.0
    """Share of every face that dust covers in a first year; it darkens the lunations of `run --years`."""
    horizon: str | None = Field(default=None, examples=["rim.csv"])
    """File beside the case with the skyline: columns `azimuth [deg]` and `elevation [deg]`."""
