"""Table ``[requirements]``: what counts as failure."""

from typing import Annotated, Literal

from pydantic import Field

from thermal.case.tables.base import Table
from thermal.core.units import DIFFERENCE_UNITS, Quantity

Dropped = Literal[False]

Share = Annotated[float | Dropped, Quantity("", "50 %", ("%",), least=0.0, most=1.0, words=(False,))]
"""A fraction between 0 and 1, or ``False``."""
Limit = Annotated[float | Dropped, Quantity("", "1.0", ("%",), above=0.0, words=(False,))]
"""A number above zero, or ``False``."""
Reserve = Annotated[float | Dropped, Quantity("", "0.5", ("%",), least=0.0, words=(False,))]
"""Strength over stress minus 1, or ``False``."""
Margin = Annotated[float | Dropped, Quantity("delta_K", "5 K", DIFFERENCE_UNITS, words=(False,))]
"""A difference of temperatures in K, or ``False``."""


class Requirements(Table):
    """What counts as failure; ``false`` drops a requirement."""

    strength_left: Share = 0.5
    """Least share of the strength that must be left."""
    colour_difference: Limit = Field(default=10.0, examples=[10])
    """Largest CIEDE2000 difference from new."""
    fatigue_damage: Limit = Field(default=1.0, examples=[1.0])
    """Largest Miner sum."""
    service_margin: Margin = 0.0
    """Least distance to service limits, glass transition, melting and cold brittleness."""
    tip_deflection: Limit = Field(default=0.05, examples=["5 %"])
    """Largest deflection of the arm's tip, in shares of its length."""
    membrane_margin: Reserve = Field(default=0.0, examples=[0.5])
    """Least strength of the cloth over its thermal stress, minus 1; light takes from the strength."""
    joint_margin: Reserve = Field(default=0.0, examples=[0.5])
    """Least strength over the stress where two parts of different expansion are joined, minus 1."""
