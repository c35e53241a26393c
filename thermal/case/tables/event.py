"""Tables ``[[event]]``: heat pulses, such as the plume of an ascent."""

from typing import Literal

from pydantic import Field

from thermal.case.tables.base import Name, Table
from thermal.core.units import Coordinate, Delay, Duration, HeatFlux, Length


class HeatPulse(Table):
    """Heat that falls on the parts: peak_flux exp(-(t - start) / decay) from start to start + duration.

    Without a source it falls on both faces of every part alike. With one it spreads over a hemisphere: a
    face at the distance d whose normal stands at the angle theta to the source takes
    peak_flux (reference_distance / d)^2 max(0, cos theta).
    """

    name: Name = Field(examples=["plume"])
    """Name of the event."""
    kind: Literal["heat_pulse"] = "heat_pulse"
    """Kind of the event."""
    start: Delay = Field(examples=["36 h"])
    """When it begins, from the start of the run."""
    peak_flux: HeatFlux = Field(examples=["10 kW/m^2"])
    """Absorbed flux at the start: on all faces, or at `reference_distance` facing the source."""
    decay: Duration = Field(examples=["2 s"])
    """Time in which the flux falls to 1/e."""
    duration: Duration | None = Field(default=None, examples=["20 s"])
    """When it ends; 10 decay times by default."""
    source: tuple[Coordinate, Coordinate, Coordinate] | None = Field(
        default=None, examples=[["-1.5 m", "-1.5 m", "2 m"]]
    )
    """Where the heat comes from: east, north, up."""
    reference_distance: Length = Field(default=1.0, examples=["1 m"])
    """Distance from the source at which `peak_flux` holds."""

    @property
    def end(self) -> float:
        """When the pulse ends, s from the start of the run."""
        return self.start + (self.duration or 10.0 * self.decay)
