"""Tables ``[[tube]]``: arm, staff and crossbar."""

import math
from typing import Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Name, Table
from thermal.case.tables.validation_error import wrong
from thermal.core.units import Coordinate, Length, Thickness


class Tube(Table):
    """A straight round tube."""

    name: Name = Field(examples=["arm1"])
    """Name of the part."""
    start: tuple[Coordinate, Coordinate, Coordinate] = Field(examples=[["0 m", "-0.3 m", "2.1 m"]])
    """One end of the axis: east, north, up. A joint to a sink or a box is here, one to the ground below."""
    end: tuple[Coordinate, Coordinate, Coordinate] = Field(examples=[["0 m", "0.5 m", "2.1 m"]])
    """Other end of the axis: east, north, up."""
    diameter: Length = Field(examples=["30 mm"])
    """Outer diameter."""
    wall: Thickness
    """Thickness of the wall."""
    material: str = Field(examples=["al6061_t6"])
    """Name of the wall's material in the material database."""
    surface: str = Field(examples=["anodised"])
    """Surface state outside, and inside unless `inside` is given."""
    inside: str | None = Field(default=None, examples=["bare"])
    """Surface state inside."""

    @property
    def length(self) -> float:
        """Length of the axis, m."""
        return math.dist(self.start, self.end)

    @property
    def inside_surface(self) -> str:
        """Name of the surface state inside."""
        return self.inside or self.surface

    @model_validator(mode="after")
    def _check_shape(self) -> Self:
        if self.length == 0.0:
            raise wrong("zero-length", f'tube "{self.name}" has no length', "let end differ from start")
        if self.wall >= self.diameter / 2:
            message = f'the wall of tube "{self.name}" is thicker than its radius'
            raise wrong("wall-too-thick", message, f"write a wall below {self.diameter * 500:g} mm")
        return self
