"""Table ``[deployment]``: when the cloth is rolled up."""

from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Name, Table
from thermal.case.tables.validation_error import wrong
from thermal.core.units import ArealConductance, Delay, Duration


class Deployment(Table):
    """A schedule: outside the stowed intervals the cloth is deployed.

    Stowed cloth sees neither Sun nor sky; it exchanges heat with its canister alone.
    """

    stowed: tuple[tuple[Delay, Duration], ...] = Field(examples=[[["0 h", "6 h"]]])
    """Intervals, begin and end from the start of the run, in rising order."""
    canister: Name = Field(examples=["lander"])
    """Name of the sink whose temperature the canister has."""
    conductance_per_area: ArealConductance = Field(default=1.0, examples=["1 W/m^2/K"])
    """Contact and radiation between rolled cloth and canister, per area of cloth."""

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        moments = [moment for interval in self.stowed for moment in interval]
        if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
            message = "stowed intervals must begin before they end, and rise"
            raise wrong(
                "contradiction", message, 'write e.g. stowed = [["0 h", "6 h"], ["10 day", "20 day"]]'
            )
        return self
