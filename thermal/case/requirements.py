"""Table ``[requirements]``: what counts as failure."""

from __future__ import annotations

from typing import Annotated, Literal

from thermal.case.base import Table
from thermal.units import Fraction, PositiveNumber, Quantity

Margin = Annotated[float, Quantity("delta_K", "0 K", ("K", "delta_degC"))]
Drop = Literal[False]


class Requirements(Table):
    """What counts as failure; `false` drops a requirement."""

    strength_left: Fraction | Drop = 0.5
    """Least share of the strength that must be left."""
    colour_difference: PositiveNumber | Drop = 10.0
    """Largest CIEDE2000 difference from new."""
    fatigue_damage: PositiveNumber | Drop = 1.0
    """Largest Miner sum."""
    service_margin: Margin | Drop = 0.0
    """Least distance to service limits, glass transition, melting and cold brittleness."""
    tip_deflection: PositiveNumber | Drop = 0.05
    """Largest deflection of the arm's tip, in shares of its length."""
