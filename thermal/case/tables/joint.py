"""Tables ``[[joint]]``: conductances between parts, or from a part to a sink."""

from typing import Final, Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.case.tables.validation_error import wrong
from thermal.core.units import ArealConductance, Conductance, LinearConductance

EDGES: Final = ("flag:top", "flag:bottom", "flag:left", "flag:right")
"""Sides of the cloth that a joint can name."""
BOX: Final = "box:"
"""What the name of a box begins with, as a side of a joint."""
SINK: Final = "sink:"
"""What the name of a sink begins with, as a side of a joint."""
GROUND: Final = "ground"
"""The regolith under the site, as a side of a joint."""


class Joint(Table):
    """A contact between two parts, or a part and a sink; exactly one of the three conductances."""

    between: tuple[str, str] = Field(examples=[["flag:top", "arm1"], ["arm1", "sink:lander"]])
    """The two sides: a tube's name, `flag:top|bottom|left|right`, `sink:NAME`, `box:NAME` or `ground`."""
    conductance: Conductance | None = None
    """Conductance of the whole joint."""
    conductance_per_length: LinearConductance | None = None
    """Conductance per length of the stretch that the two share."""
    conductance_per_area: ArealConductance | None = None
    """Conductance per area of the overlap that the two share."""

    @model_validator(mode="after")
    def _check_one_conductance(self) -> Self:
        given = (self.conductance, self.conductance_per_length, self.conductance_per_area)
        if sum(value is not None for value in given) != 1:
            message = "a joint needs exactly one of conductance, conductance_per_length and _per_area"
            raise wrong("contradiction", message, 'write e.g. conductance = "0.5 W/K"')
        return self
