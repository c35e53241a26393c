"""Compiled sums of the two implicit stages of a step (see :mod:`thermal.heat.time.scheme`), each in one pass.

Arrays run over owned vertices; enthalpies are in J/m2, fluxes in W/m2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import fast_kernel

if TYPE_CHECKING:
    from thermal.core.kernels.types import Floats


@fast_kernel
def history_of_middle(start: Floats, weight: float, flux: Floats) -> Floats:
    """Enthalpy that the middle stage starts from: h + w f; ``weight`` is in s."""
    history = np.empty_like(start)
    for i in range(start.size):
        history[i] = start[i] + weight * flux[i]
    return history


@fast_kernel
def history_of_end(start: Floats, weight: float, flux: Floats, middle: Floats) -> Floats:
    """Enthalpy that the last stage starts from: h + w (f + f_middle); ``weight`` is in s."""
    history = np.empty_like(start)
    for i in range(start.size):
        history[i] = start[i] + weight * (flux[i] + middle[i])
    return history


@fast_kernel
def rate_of_change(now: Floats, before: Floats, rate: float) -> Floats:
    """Change times ``rate`` (1/s): the flux of a stage from its enthalpies, or a trend from temperatures."""
    change = np.empty_like(before)
    for i in range(before.size):
        change[i] = rate * (now[i] - before[i])
    return change


@fast_kernel
def heat_gained(storage: Floats, now: Floats, before: Floats) -> float:
    """Heat in J that a change of the areal enthalpy stores; ``storage`` is in m2."""
    total = 0.0
    for i in range(before.size):
        total += storage[i] * (now[i] - before[i])
    return total
