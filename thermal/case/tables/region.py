"""Tables ``[[flag.region]]``: prints, stars, hems and seams on the cloth."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Name, Table
from thermal.case.tables.validation_error import wrong
from thermal.core.units import Length, NonNegativeLength, Quantity

ThicknessFactor = Annotated[float, Quantity("", "2", ("%",), above=0.0, most=100.0)]
"""Layers of cloth, or a share of one."""


class Region(Table):
    """A rectangle of the cloth with its own surfaces or thickness; a later region covers an earlier one."""

    name: Name = Field(examples=["stars"])
    """Name of the region."""
    corner: tuple[NonNegativeLength, NonNegativeLength] = Field(examples=[["0 mm", "100 mm"]])
    """Lower left corner on the cloth: width, height."""
    size: tuple[Length, Length] = Field(examples=[["120 mm", "100 mm"]])
    """Extent along width and height."""
    surface: str | None = Field(default=None, examples=["yellow_print"])
    """Surface state of both faces; instead of it `front` and `back` may be given, each by itself."""
    front: str | None = Field(default=None, examples=["yellow_print"])
    """Surface state of the front face; that of the flag where it is left out."""
    back: str | None = Field(default=None, examples=["undyed"])
    """Surface state of the back face; that of the flag where it is left out."""
    thickness_factor: ThicknessFactor = 1.0
    """Thickness and mass per area against the plain cloth: 2 in a single hem."""

    @model_validator(mode="after")
    def _check_surfaces(self) -> Self:
        if self.surface is not None and (self.front is not None or self.back is not None):
            message = "a region takes `surface`, or `front` and `back`, and not both"
            raise wrong("contradiction", message, 'write e.g. surface = "yellow_print"')
        return self
