"""The column's periodic state: Newton on the day map instead of hundreds of marched days.

The map of one lunar day, start to end, is nearly linear at depth; its derivative is propagated along with
the march, so that Newton lands on the fixed point in a few days whatever the depth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.core.errors import ConvergenceError, Problem
from thermal.sky.ground.marching import GAMMA, march

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.sky.ground.regolith import Column

_DAYS_LIMIT: Final = 30


@dataclass(frozen=True, slots=True)
class PeriodicGround:
    """A periodic state.

    Parameters
    ----------
    times
        Step ends in s from the start of the period, shape (m + 1,).
    temperature
        All vertices at those times in K, shape (m + 1, n).
    days
        Lunar days that were marched to find it.
    imbalance
        (absorbed + heat flow - emitted) over the period, divided by absorbed + heat flow.

    """

    times: NDArray[np.float64]
    temperature: NDArray[np.float64]
    days: int
    imbalance: float


def periodic_ground(
    column: Column, steps: NDArray[np.float64], absorbed: NDArray[np.float64], tolerance: float = 1e-6
) -> PeriodicGround:
    """Find the state that a lunar day maps to itself.

    Parameters
    ----------
    column
        Grid and material.
    steps
        Step lengths of one period in s, shape (m,).
    absorbed
        Power absorbed at the two stages of each step in W/m2, shape (m, 2).
    tolerance
        Largest change of a vertex over a period, K.

    Raises
    ------
    ConvergenceError
        No fixed point within the limit of days.

    """
    material = column.regolith
    gained = float(steps @ (absorbed @ np.array([1.0 - GAMMA, GAMMA]))) + material.heat_flow * float(
        steps.sum()
    )
    radiance = material.emissivity * STEFAN_BOLTZMANN
    # at depth the mean lies below the effective temperature, since T^4 is convex
    temp = np.full(column.depth.size, 0.9 * (gained / float(steps.sum()) / radiance) ** 0.25)
    identity = np.eye(temp.size)
    for day in range(1, _DAYS_LIMIT + 1):
        result = march(column, temp, steps, absorbed, sensitivity=True)
        change = result.final - temp
        if np.max(np.abs(change)) < tolerance:
            whole = march(column, temp, steps, absorbed, recorded=temp.size)
            times = np.concatenate([[0.0], np.cumsum(steps)])
            return PeriodicGround(times, whole.history, day + 1, (gained - whole.emitted) / gained)
        correction = np.linalg.solve(identity - result.sensitivity, change)
        # a far first guess must not throw the column out of the range of its specific heat
        temp = np.maximum(temp + correction, 0.5 * temp)
    raise ConvergenceError(
        Problem(
            "ground-not-periodic",
            "ground",
            f"no periodic state within {_DAYS_LIMIT} lunar days",
            "check the regolith parameters",
        )
    )
