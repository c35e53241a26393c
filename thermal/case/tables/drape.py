"""Table ``[flag.drape]``: how the cloth hangs out of its plane."""

from typing import Literal, Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.case.tables.validation_error import wrong
from thermal.core.units import Angle, Length, NonNegativeLength


class Drape(Table):
    """A wave that grows from a held edge to the free one, or offsets from a file.

    With s along the held edge, q the distance from it and Q the cloth's extent that way, the cloth stands
    amplitude (q / Q) sin(2 pi s / wavelength + phase) out of its front.
    """

    amplitude: NonNegativeLength | None = Field(default=None, examples=["20 mm"])
    """How far the free edge reaches out of the plane."""
    wavelength: Length | None = Field(default=None, examples=["400 mm"])
    """Length of one wave along the held edge."""
    held: Literal["top", "bottom", "left", "right"] = "top"
    """The edge that hangs straight."""
    phase: Angle = 0.0
    """Phase of the wave at the start of the held edge."""
    file: str | None = Field(default=None, examples=["drape.csv"])
    """File beside the case: `u [m]`, `v [m]`, `offset [mm]` (width, height, out of the front)."""

    @model_validator(mode="after")
    def _check_law(self) -> Self:
        wave = (self.amplitude is not None, self.wavelength is not None)
        if wave not in {(True, True), (False, False)} or wave[0] == (self.file is not None):
            message = "a drape needs amplitude and wavelength, or a file"
            raise wrong("contradiction", message, 'write e.g. amplitude = "20 mm", wavelength = "400 mm"')
        return self
