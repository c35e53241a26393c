"""Table ``[run]``: what is computed."""

from __future__ import annotations

from typing import Literal

from thermal.case.base import Table
from thermal.units import Duration, Temperature


class Run(Table):
    """What is computed, and for how long."""

    duration: Duration
    """Length of the run; units `s`, `h`, `day`, `lunation`, `year`."""
    mode: Literal["transient", "periodic"] = "transient"
    """`transient`: from the start on. `periodic`: the lunation that repeats itself."""
    initial: Literal["equilibrium"] | Temperature = "equilibrium"
    """Temperatures at the start: in balance with the sky, or one temperature for all parts."""
