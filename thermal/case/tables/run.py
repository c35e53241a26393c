"""Table ``[run]``: what is computed."""

from typing import Annotated, Literal

from thermal.case.tables.base import Table
from thermal.core.units import TEMPERATURE_UNITS, Duration, Quantity

InitialTemperature = Annotated[
    Literal["equilibrium"] | float,
    Quantity("K", "250 K", TEMPERATURE_UNITS, above=0.0, most=5000.0, words=("equilibrium",)),
]
"""A temperature in K, or the balance with the sky."""


class Run(Table):
    """What is computed, and for how long."""

    duration: Duration
    """Length of the run; units `s`, `h`, `day`, `lunation`, `year`."""
    mode: Literal["transient", "periodic"] = "transient"
    """`transient`: from the start on. `periodic`: the lunation that repeats itself."""
    initial: InitialTemperature = "equilibrium"
    """Temperatures at the start: in balance with the sky, or one temperature for all parts."""
