"""Table ``[mesh]``: sizes of the cells."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Name, Table
from thermal.case.tables.validation_error import wrong
from thermal.core.units import Length, Quantity

Growth = Annotated[float, Quantity("", "1.25", ("%",), above=1.0, most=10.0)]
"""A ratio above 1."""
Around = Annotated[int, Field(ge=8, le=360)]
"""Cells round a circumference."""


class PartMesh(Table):
    """Sizes of the cells of one part; what is left out is that of the whole mesh."""

    size: Length | None = Field(default=None, examples=["5 mm"])
    """Largest cell."""
    edge_size: Length | None = Field(default=None, examples=["0.5 mm"])
    """Cell size normal to hems and joints."""
    growth: Growth | None = Field(default=None, examples=[1.5])
    """Ratio of neighbouring cells."""
    around: Around | None = Field(default=None, examples=[32])
    """Cells round a tube."""


class Mesh(Table):
    """Sizes of the cells: graded from hems and joints into the cloth."""

    size: Length = Field(default=0.010, examples=["10 mm"])
    """Largest cell."""
    edge_size: Length = Field(default=0.00025, examples=["0.25 mm"])
    """Cell size normal to hems and joints."""
    growth: Growth = 1.25
    """Ratio of neighbouring cells on the way from `edge_size` to `size`."""
    around: Around = 24
    """Cells round a tube."""
    part: dict[Name, PartMesh] = Field(default_factory=dict)
    """Sizes of single parts, by name."""
    file: str | None = Field(default=None, examples=["flag.msh"])
    """Mesh of the cloth (gmsh, triangles; x along the width, y along the height, m) instead of a grid."""

    @model_validator(mode="after")
    def _check_sizes(self) -> Self:
        if self.edge_size > self.size:
            message = f"edge_size {self.edge_size * 1e3:g} mm exceeds size {self.size * 1e3:g} mm"
            raise wrong("contradiction", message, "write an edge_size of at most size")
        return self
