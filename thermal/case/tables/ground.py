"""Table ``[ground]``: shadows of flag and bodies on the ground."""

from typing import Final

from pydantic import Field

from thermal.case.tables.base import Table
from thermal.core.units import ContactConductance, Length

LOW: Final = 0.5
"""Height over the size of a patch up to which cloth counts as lying on the ground."""


class Ground(Table):
    """The ground around the flag."""

    shadow_patches: bool = False
    """Whether ground near the flag has columns of its own, below what bodies shade, send and let through."""
    patch_size: Length = Field(default=0.5, examples=["0.5 m"])
    """Edge of a square patch."""
    extent: Length = Field(default=6.0, examples=["6 m"])
    """Edge of the square of patches, around the foot of the flag; beyond it the ground is as sunlit."""
    contact_conductance: ContactConductance = Field(default=0.0, examples=["0.1 W/m^2/K"])
    """Conductance per area from cloth that lies on the ground to the ground below it, where they touch."""

    @property
    def low(self) -> float:
        """Height (m) below which cloth counts as lying on the ground."""
        return LOW * self.patch_size
