"""Table ``[mesh]``: sizes of the cells."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from thermal.case.base import Table
from thermal.units import Length, Quantity

Growth = Annotated[float, Quantity("", "1.25", ("%",), above=1.0, most=10.0)]


class Mesh(Table):
    """Sizes of the cells: graded from hems and joints into the cloth."""

    size: Length = Field(default=0.010, examples=["10 mm"])
    """Largest cell."""
    edge_size: Length = Field(default=0.00025, examples=["0.25 mm"])
    """Cell size normal to hems and joints."""
    growth: Growth = 1.25
    """Ratio of neighbouring cells on the way from `edge_size` to `size`."""

    @model_validator(mode="after")
    def _check_sizes(self) -> Self:
        if self.edge_size > self.size:
            context = {
                "message": f"edge_size {self.edge_size * 1e3:g} mm exceeds size {self.size * 1e3:g} mm",
                "remedy": "write an edge_size of at most size",
            }
            raise PydanticCustomError("contradiction", "{message}", context)
        return self
