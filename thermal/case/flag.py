"""Table ``[flag]``: the cloth and its pose."""

from __future__ import annotations

import math
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from thermal.case.base import Table
from thermal.units import _ANGLES, Angle, Coordinate, Length, Quantity

Tilt = Annotated[float, Quantity("rad", "90 deg", _ANGLES, least=0.0, most=math.pi)]


class Flag(Table):
    """The cloth: a rectangle, its material and surfaces, and its pose (see the conventions of the manual)."""

    width: Length
    """Length along the warp: left to right seen from the front."""
    height_of_cloth: Length
    """Length along the weft: bottom to top seen from the front."""
    material: str = Field(examples=["ce5_flag"])
    """Name of the cloth in the material database."""
    surface: str | None = Field(default=None, examples=["red_print"])
    """Surface state of both faces; instead of it `front` and `back` may be given."""
    front: str | None = Field(default=None, examples=["red_print"])
    """Surface state of the front face."""
    back: str | None = Field(default=None, examples=["undyed"])
    """Surface state of the back face."""
    position: tuple[Coordinate, Coordinate, Coordinate]
    """Lower left corner: east, north, up."""
    azimuth: Angle
    """Direction into which the front face looks, clockwise from north."""
    tilt: Tilt = math.pi / 2
    """Angle between the front face's normal and the zenith: 90 deg upright, 0 lying face up."""
    roll: Angle = 0.0
    """Turn about the normal, counter-clockwise seen from the front."""

    @property
    def front_surface(self) -> str:
        """Name of the front face's surface state."""
        return self.surface or self.front or ""

    @property
    def back_surface(self) -> str:
        """Name of the back face's surface state."""
        return self.surface or self.back or ""

    @model_validator(mode="after")
    def _check_surfaces(self) -> Self:
        both = self.front is not None and self.back is not None
        none = self.front is None and self.back is None
        if both == (self.surface is not None) or not (both or none):
            context = {
                "message": "a flag needs `surface`, or `front` and `back`, and not both",
                "remedy": 'write e.g. surface = "red_print"',
            }
            raise PydanticCustomError("contradiction", "{message}", context)
        return self
