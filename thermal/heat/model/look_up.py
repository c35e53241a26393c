"""The compiled look-up of a law in its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.kernels import fast_kernel
from thermal.heat.model.law import HIGHEST, LOWEST, STEP

if TYPE_CHECKING:
    from thermal.core.kernels.types import Floats

TOP: Final = HIGHEST - 2 * STEP
"""K; the last temperature that has a neighbour in the tables."""


@fast_kernel(inline=True)
def look_up(value: Floats, integral: Floats, T: float) -> tuple[float, float]:
    """Integral and value of a law at T: quadratic and linear between the grid's temperatures.

    Unsigned indices spare the test for negative ones. What is not a number stays so, and is looked up at the
    lowest temperature: comparisons with it are false.
    """
    inside = max(LOWEST, T)
    inside = min(TOP, inside)
    position = (inside - LOWEST) * (1.0 / STEP)
    k = np.uint32(np.int32(position))
    d = T - (LOWEST + k * STEP)
    here = value[k]
    slope = (value[k + np.uint32(1)] - here) * (1.0 / STEP)
    return integral[k] + d * (here + 0.5 * slope * d), here + slope * d
