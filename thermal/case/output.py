"""Table ``[output]``: what is stored, and when."""

from pydantic import Field

from thermal.case.base import Name, Table
from thermal.units import Coordinate, Duration


class Probe(Table):
    """A point whose temperature is stored as a series."""

    name: Name = Field(examples=["centre"])
    """Name of the series."""
    part: str = Field(examples=["flag"])
    """`flag`, or the name of a tube."""
    at: tuple[Coordinate, Coordinate]
    """On the flag: width, height. On a tube: distance from the start, and along the circumference."""


class Output(Table):
    """What is stored, and when."""

    every: Duration = 21600.0
    """Interval of the stored fields."""
    probe: tuple[Probe, ...] = ()
    """Points followed at every step."""
