"""Temperatures that a user's table gives, and where they turn: what no step may pass over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from thermal.core.tables import LISTED, TEMPERATURE, TIME, read_table
from thermal.sky.table_sun import TableSun

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.case.tables.root import Case
    from thermal.sky import Environment

TURN_K: Final = 1.0
"""A row counts as a turn where it lies so far from the straight line between its neighbours."""
TURN_W_M2: Final = 10.0


@dataclass(frozen=True)
class TemperatureTable:
    """Temperature over time, straight between rows and held outside them.

    Parameters
    ----------
    times, values
        (n,) s, rising, and K.

    """

    times: NDArray[np.float64]
    values: NDArray[np.float64]

    @classmethod
    def read(cls, path: Path, start: datetime) -> Self:
        """Read a file with the columns `time` and `temperature`.

        Parameters
        ----------
        path
            The file.
        start
            The date from which dates in it count.

        Raises
        ------
        CaseError
            With everything that is wrong with it.

        """
        data = read_table(path, (TIME, TEMPERATURE), start, spare=LISTED)
        return cls(data[:, 0], data[:, 1])

    def __call__(self, time_s: float) -> float:
        """Temperature at a time, K."""
        return float(np.interp(time_s, self.times, self.values))


def turns(times: NDArray[np.float64], values: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """Return the times of the rows that lie off the line between their neighbours by more than ``least``.

    Before the first row and behind the last one values are taken as held.
    """
    if len(times) < 2:
        return np.zeros(0)
    ends = 2.0 * times[0] - times[1], 2.0 * times[-1] - times[-2]
    t, v = np.concatenate([ends[:1], times, ends[1:]]), np.concatenate([values[:1], values, values[-1:]])
    share = (t[1:-1] - t[:-2]) / (t[2:] - t[:-2])
    off: NDArray[np.bool_] = np.abs(v[1:-1] - v[:-2] - share * (v[2:] - v[:-2])) > least
    return np.asarray(times[off])


def table_turns(case: Case, environment: Environment) -> list[float]:
    """List the times in s within the run at which a table of the case turns, in no order.

    A step that is as long as the night allows would pass over an excursion of an hour unseen.
    """
    names = [sink.table for sink in case.sink.values()] + [box.table for box in case.box]
    files = [case.path.parent / name for name in (*names, case.sky.ground_table) if name]
    tables = [TemperatureTable.read(path, case.sky.start) for path in dict.fromkeys(files)]
    found = [turns(table.times, table.values, TURN_K) for table in tables]
    if isinstance(environment.geometry, TableSun):
        sun = environment.geometry
        found.append(turns(np.array(sun.times), sun.rows[:, 3], TURN_W_M2))
    times = np.concatenate(found) if found else np.zeros(0)
    return [float(t) for t in times if 0.0 < t < environment.duration_s]
