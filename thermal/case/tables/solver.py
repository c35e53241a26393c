"""Table ``[solver]``: how exact."""

from typing import Literal

from thermal.case.tables.base import Table
from thermal.core.units import TemperatureTolerance


class Solver(Table):
    """How exactly time is stepped."""

    tolerance: TemperatureTolerance = 0.05
    """Permitted error of the temperature in time."""
    outside_data: Literal["error", "clamp"] = "error"
    """Where a wall gets colder or hotter than its material's data reach: `error` ends the run, `clamp` holds
    the value at the end of the data, and the result says for how long."""
