"""Table ``[solver]``: how exact."""

from thermal.case.base import Table
from thermal.units import TemperatureTolerance


class Solver(Table):
    """How exactly time is stepped."""

    tolerance: TemperatureTolerance = 0.05
    """Permitted error of the temperature in time."""
