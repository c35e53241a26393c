"""Free strain of a material over temperature, as observers of every step evaluate it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from materials import Property

GRID_K: Final = np.arange(1.0, 1000.0 + 0.125, 0.25)
"""K: between two points an expansion of 2e-7/K2 bends by 2e-9, what 1e-4 K makes of aluminium."""


@dataclass(frozen=True, eq=False)
class FreeStrain:
    """Length change from 293 K over the length there, from a table that costs microseconds a step.

    Parameters
    ----------
    law
        The expansion; outside its data the values at the ends are held.

    """

    law: Property

    @cached_property
    def _table(self) -> NDArray[np.float64]:
        return self.law.clamped()(GRID_K)

    def __call__(self, temperature_k: ArrayLike) -> NDArray[np.float64]:
        """Free strain at temperatures in K, shaped as these."""
        return np.asarray(np.interp(np.asarray(temperature_k, dtype=float), GRID_K, self._table))
