"""Table ``[sky]``: Sun, Earth and ground."""

from __future__ import annotations

from typing import Literal

from thermal.case.base import Table
from thermal.case.instant import Instant
from thermal.units import Fraction


class Sky(Table):
    """Sun, Earth and ground over the site."""

    start: Instant
    """Date and time (with zone) at which the run starts."""
    model: Literal["ephemeris", "idealised"] = "ephemeris"
    """`ephemeris`: Sun and Earth of the date. `idealised`: declination 0, 1 AU, point Sun, no eclipses."""
    albedo: Fraction = 0.07
    """Normal albedo A0 of the ground: about 0.07 on mare, 0.12 on highland."""
