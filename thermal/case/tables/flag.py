"""Table ``[flag]``: the cloth and its pose."""

import math
from typing import Annotated, Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.case.tables.drape import Drape
from thermal.case.tables.region import Region
from thermal.case.tables.validation_error import wrong
from thermal.case.tables.vector import Point, mixed
from thermal.core.units import ANGLE_UNITS, Angle, Coordinate, Length, Quantity

Tilt = Annotated[float, Quantity("rad", "90 deg", ANGLE_UNITS, least=0.0, most=math.pi)]


class Flag(Table):
    """The cloth: a rectangle, its material and surfaces, and its pose (see the conventions of the manual)."""

    width: Length
    """Length along the warp: left to right seen from the front."""
    height_of_cloth: Length = Field(examples=["900 mm"])
    """Length along the weft: bottom to top seen from the front."""
    material: str = Field(examples=["ce5_flag"])
    """Name of the cloth in the material database."""
    surface: str | None = Field(default=None, examples=["red_print"])
    """Surface state of both faces; instead of it `front` and `back` may be given."""
    front: str | None = Field(default=None, examples=["red_print"])
    """Surface state of the front face."""
    back: str | None = Field(default=None, examples=["undyed"])
    """Surface state of the back face."""
    position: tuple[Coordinate, Coordinate, Coordinate] = Field(examples=[["0 m", "0 m", "1.2 m"]])
    """Lower left corner: east, north, up."""
    azimuth: Angle
    """Direction into which the front face looks, clockwise from north."""
    tilt: Tilt = math.pi / 2
    """Angle between the front face's normal and the zenith: 90 deg upright, 0 lying face up."""
    roll: Angle = Field(default=0.0, examples=["5 deg"])
    """Turn about the normal, counter-clockwise seen from the front."""
    drape: Drape | None = None
    """How the cloth hangs out of its plane; flat without it."""
    region: tuple[Region, ...] = ()
    """Parts of the cloth with surfaces or thickness of their own."""

    @property
    def front_surface(self) -> str:
        """Name of the front face's surface state."""
        return self.surface or self.front or ""

    @property
    def back_surface(self) -> str:
        """Name of the back face's surface state."""
        return self.surface or self.back or ""

    @property
    def axes(self) -> tuple[Point, Point, Point]:
        """Unit vectors (east, north, up) along the width, along the height, and out of the front face."""
        sine, cosine = math.sin(self.azimuth), math.cos(self.azimuth)
        normal = (math.sin(self.tilt) * sine, math.sin(self.tilt) * cosine, math.cos(self.tilt))
        level = (-cosine, sine, 0.0)
        upward = (-math.cos(self.tilt) * sine, -math.cos(self.tilt) * cosine, math.sin(self.tilt))
        return (
            mixed(level, math.cos(self.roll), upward, math.sin(self.roll)),
            mixed(level, -math.sin(self.roll), upward, math.cos(self.roll)),
            normal,
        )

    def at(self, width: float, height: float) -> Point:
        """Return the point (m; east, north, up) at a width and height (m) on the flat cloth."""
        along, across, _ = self.axes
        return mixed(self.position, 1.0, mixed(along, width, across, height), 1.0)

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Corners (m): lower left, lower right, upper right, upper left, seen from the front."""
        width, height = self.width, self.height_of_cloth
        return self.at(0.0, 0.0), self.at(width, 0.0), self.at(width, height), self.at(0.0, height)

    def edge(self, name: str) -> tuple[Point, Point]:
        """Return the two ends (m) of the edge ``top``, ``bottom``, ``left`` or ``right``."""
        lower_left, lower_right, upper_right, upper_left = self.corners
        return {
            "bottom": (lower_left, lower_right),
            "top": (upper_left, upper_right),
            "left": (lower_left, upper_left),
            "right": (lower_right, upper_right),
        }[name]

    @property
    def depth(self) -> float:
        """How far the cloth reaches out of its plane, m; 0 when a file says it."""
        return (self.drape.amplitude or 0.0) if self.drape else 0.0

    @model_validator(mode="after")
    def _check_surfaces(self) -> Self:
        both = self.front is not None and self.back is not None
        none = self.front is None and self.back is None
        if both == (self.surface is not None) or not (both or none):
            message = "a flag needs `surface`, or `front` and `back`, and not both"
            raise wrong("contradiction", message, 'write e.g. surface = "red_print"')
        return self
