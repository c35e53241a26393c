"""Table ``[output]``: what is stored, and when."""

from pydantic import Field

from thermal.case.tables.base import Name, Table
from thermal.core.units import Coordinate, Duration


class Probe(Table):
    """A point whose temperature is stored as a series."""

    name: Name = Field(examples=["centre"])
    """Name of the series."""
    part: str = Field(examples=["flag"])
    """`flag`, or the name of a tube."""
    at: tuple[Coordinate, Coordinate] = Field(examples=[["1.0 m", "0.45 m"]])
    """On the flag: width, height. On a tube: distance from the start, and along the circumference."""


class Output(Table):
    """What is stored, and when."""

    every: Duration = Field(default=21600.0, examples=["6 h"])
    """Interval of the stored fields."""
    probe: tuple[Probe, ...] = ()
    """Points followed at every step."""
