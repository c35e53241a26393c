"""Table ``[sky]``: Sun, Earth and ground."""

from typing import Annotated, Literal

from pydantic import Field

from thermal.case.tables.base import Table
from thermal.case.tables.instant import Instant
from thermal.core.units import LENGTH_UNITS, Quantity

ScaleDepth = Annotated[float, Quantity("m", "0.07 m", LENGTH_UNITS, least=0.001, most=1.0)]
"""A scale depth of the regolith, m."""
HeatFlow = Annotated[
    float, Quantity("W/m**2", "18 mW/m^2", ("W/m^2", "W/m**2", "mW/m^2", "mW/m**2"), least=0.0, most=1.0)
]
"""A heat flow from below, W/m2."""
GroundEmissivity = Annotated[float, Quantity("", "95 %", ("%", "percent"), least=0.1, most=1.0)]
"""An infrared emissivity of the ground."""
NormalAlbedo = Annotated[float, Quantity("", "7 %", ("%", "percent"), least=0.0, most=0.69)]
"""A normal albedo; beyond 0.69 the ground would reflect more than it gets at grazing Sun."""


class Sky(Table):
    """Sun, Earth and ground over the site."""

    start: Instant
    """Date and time (with zone) at which the run starts; an idealised sky starts at local noon instead."""
    model: Literal["ephemeris", "idealised"] = "ephemeris"
    """`ephemeris`: Sun and Earth of the date. `idealised`: declination 0, 1 AU, point Sun, no eclipses."""
    albedo: NormalAlbedo = 0.07
    """Normal albedo A0 of the ground: about 0.07 on mare, 0.12 on highland."""
    emissivity: GroundEmissivity = 0.95
    """Infrared emissivity of the ground."""
    h_parameter: ScaleDepth = 0.07
    """Scale depth H over which the regolith becomes denser (Hayne et al. 2017)."""
    heat_flow: HeatFlow = 0.018
    """Heat from the Moon's interior."""
    eclipses: bool = True
    """Whether the Earth can hide the Sun."""
    sun_table: str | None = Field(default=None, examples=["sun.csv"])
    """File in place of the Sun: `time [h]`, `azimuth [deg]`, `elevation [deg]`, `irradiance [W/m^2]`."""
    ground_table: str | None = Field(default=None, examples=["ground.csv"])
    """File in place of the regolith model: columns `time [h]` and `temperature [K]`."""
