"""Table ``[ground]``: shadows of flag and bodies on the ground."""

from pydantic import Field

from thermal.case.tables.base import Table
from thermal.core.units import Length


class Ground(Table):
    """The ground around the flag."""

    shadow_patches: bool = False
    """Whether the shadows of flag, tubes and boxes cool the ground, in patches with columns of their own."""
    patch_size: Length = Field(default=0.5, examples=["0.5 m"])
    """Edge of a square patch."""
    extent: Length = Field(default=6.0, examples=["6 m"])
    """Edge of the square of patches, around the foot of the flag; beyond it the ground is as sunlit."""
