"""Tables ``[[box]]``: opaque bodies, such as the lander."""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Name, Table
from thermal.case.tables.validation_error import wrong
from thermal.case.tables.vector import Point, mixed
from thermal.core.units import TEMPERATURE_UNITS, Angle, Coordinate, Fraction, HeatCapacity, Length, Quantity

BoxTemperature = Annotated[
    Literal["balance"] | float,
    Quantity("K", "290 K", TEMPERATURE_UNITS, above=0.0, most=5000.0, words=("balance",)),
]
"""A temperature in K, or the balance with the sky."""


class Box(Table):
    """An upright opaque box: it shades, blocks the sky, reflects and radiates; joints can name it."""

    name: Name = Field(examples=["lander"])
    """Name of the body; a joint names it `box:NAME`."""
    base: tuple[Coordinate, Coordinate, Coordinate] = Field(examples=[["-1.5 m", "-1.5 m", "0.5 m"]])
    """Middle of the lower face: east, north, up."""
    size: tuple[Length, Length, Length] = Field(examples=[["2 m", "2 m", "1.5 m"]])
    """Length, width, height."""
    azimuth: Angle = Field(default=0.0, examples=["30 deg"])
    """Direction into which the length points, clockwise from north."""
    temperature: BoxTemperature | None = None
    """One temperature, or `balance`: each face is in balance with the sky and the ground."""
    heat_capacity: HeatCapacity | None = None
    """Of the whole body, with `balance`: its one temperature then follows sky, ground and joints."""
    table: str | None = Field(default=None, examples=["lander.csv"])
    """File beside the case with columns `time [h]` and `temperature [K]`, instead of `temperature`."""
    material: str | None = Field(default=None, examples=["kapton_al"])
    """Material of the skin in the material database, with `surface`."""
    surface: str | None = Field(default=None, examples=["al_out"])
    """Surface state of the skin."""
    solar_absorptance: Fraction | None = Field(default=None, examples=[0.4])
    """Solar absorptance of the skin, instead of material and surface."""
    ir_emissivity: Fraction | None = Field(default=None, examples=[0.6])
    """Infrared emissivity of the skin, instead of material and surface."""

    @property
    def axes(self) -> tuple[Point, Point]:
        """Unit vectors (east, north, up) along the length and along the width."""
        sine, cosine = math.sin(self.azimuth), math.cos(self.azimuth)
        return (sine, cosine, 0.0), (-cosine, sine, 0.0)

    def distance_to(self, point: Point) -> float:
        """Return the distance (m) of a point from the box; 0 inside."""
        offset = mixed(point, 1.0, self.base, -1.0)
        length, width, height = self.size
        along, across = (sum(o * a for o, a in zip(offset, axis, strict=True)) for axis in self.axes)
        return math.hypot(
            max(abs(along) - length / 2, 0.0),
            max(abs(across) - width / 2, 0.0),
            max(offset[2] - height, -offset[2], 0.0),
        )

    @model_validator(mode="after")
    def _check_choices(self) -> Self:
        if (self.temperature is None) == (self.table is None):
            message = "a box needs exactly one of temperature and table"
            raise wrong("contradiction", message, 'write e.g. temperature = "balance"')
        if self.heat_capacity is not None and self.temperature != "balance":
            message = "a box with a heat capacity finds its own temperature"
            raise wrong("contradiction", message, 'write temperature = "balance" beside heat_capacity')
        named = (self.material is not None, self.surface is not None)
        optics = (self.solar_absorptance is not None, self.ir_emissivity is not None)
        if (named, optics) not in {((True, True), (False, False)), ((False, False), (True, True))}:
            message = "a box needs material and surface, or solar_absorptance and ir_emissivity"
            raise wrong("contradiction", message, "write e.g. solar_absorptance = 0.4, ir_emissivity = 0.6")
        return self
