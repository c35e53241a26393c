"""Damage of one cycle as a table that compiled kernels can read: any law of range and mean becomes one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from thermal.core.kernels import kernel

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

NO_MEAN = 0
"""The mean of a cycle does not count."""
STRENGTH_MEAN = 1
"""range -> range / (1 - mean / strength): Goodman with the ultimate strength, Morrow with sigma_f'."""

FEWEST_CYCLES = 0.5
"""A range beyond the law's reach breaks within the cycle: one reversal."""


class DamageTable(NamedTuple):
    """log(1/N) on an even grid of log(range); straight lines between, so that power laws are exact.

    A named tuple, because compiled kernels take those.

    Attributes
    ----------
    log_range
        Natural logarithms of the ranges, (m,), evenly spaced; empty when nothing is to be summed.
    log_damage
        Natural logarithms of 1/N, (m,).
    mode
        How the mean of a cycle counts: `NO_MEAN` or `STRENGTH_MEAN`.
    strength
        Strength of the mean correction, in the unit of the range.

    """

    log_range: NDArray[np.float64]
    log_damage: NDArray[np.float64]
    mode: int = NO_MEAN
    strength: float = math.inf

    @classmethod
    def empty(cls) -> DamageTable:
        """Count cycles, sum no damage."""
        return cls(np.empty(0), np.empty(0))

    @classmethod
    def from_law(
        cls,
        cycles: Callable[[NDArray[np.float64]], NDArray[np.float64]],
        smallest: float,
        largest: float,
        *,
        mode: int = NO_MEAN,
        strength: float = math.inf,
        points: int = 400,
    ) -> DamageTable:
        """Tabulate cycles to failure against range.

        Parameters
        ----------
        cycles
            Cycles to failure N of a range, vectorised; infinite below an endurance limit.
        smallest, largest
            Ends of the grid, in the unit of the range; outside the end slopes continue.
        mode, strength
            Mean correction, see the class.
        points
            Points of the grid.

        Returns
        -------
        DamageTable
            Ready for `Rainflow`.

        """
        grid = np.linspace(math.log(smallest), math.log(largest), points, dtype=np.float64)
        lives = np.maximum(cycles(np.exp(grid)), FEWEST_CYCLES)
        # exp(-690) is the smallest normal double: an endless life sums to nothing.
        return cls(grid, -np.minimum(np.log(lives), 690.0), mode, strength)


@kernel
def damage_of_cycle(size: float, mean: float, law: DamageTable) -> float:
    """Miner's 1/N of one full cycle.

    Parameters
    ----------
    size
        Range of the cycle.
    mean
        Its mean.
    law
        The law, not empty.

    Returns
    -------
    float
        1/N; 2 (one reversal breaks it) where the mean alone reaches the strength.

    """
    if size <= 0.0:
        return 0.0
    if law.mode == STRENGTH_MEAN:
        room = 1.0 - mean / law.strength
        if room <= 0.0:
            return 1.0 / FEWEST_CYCLES
        size /= room
    grid, curve = law.log_range, law.log_damage
    place = (math.log(size) - grid[0]) / (grid[1] - grid[0])
    cell = min(max(int(math.floor(place)), 0), grid.size - 2)  # noqa: RUF046  (numba's floor gives a float)
    value = curve[cell] + (place - cell) * (curve[cell + 1] - curve[cell])
    return math.exp(min(value, -math.log(FEWEST_CYCLES)))
