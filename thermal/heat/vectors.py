"""Sums and largest values of arrays, and the length of the blocks in which loops take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.kernels import fast_kernel

if TYPE_CHECKING:
    from thermal.core.kernels.types import Floats, Singles

BLOCK: Final = 1024
"""Vertices worked on at a time where several loops follow each other, so that arrays stay in a near cache."""


@fast_kernel(inline=True)
def total(x: Singles | Floats) -> float:
    """Sum in double precision; not finite where a value is not."""
    whole = 0.0
    for i in range(x.size):
        whole += x[i]
    return whole


@fast_kernel(inline=True)
def dot(x: Floats, y: Floats) -> float:
    """Inner product in double precision."""
    whole = 0.0
    for i in range(x.size):
        whole += x[i] * y[i]
    return whole


@fast_kernel(inline=True)
def largest(x: Floats) -> float:
    """Largest magnitude; not a number where one is not.

    Doubles without a sign stand in the order of their bits, and vector units compare integers.
    """
    bits = x.view(np.int64)
    worst = np.zeros(1, np.int64)
    for i in range(bits.size):
        worst[0] = max(worst[0], bits[i] & np.int64(0x7FFFFFFFFFFFFFFF))
    found: float = worst.view(np.float64)[0]
    return found


@fast_kernel(inline=True)
def largest_single(x: Singles) -> float:
    """Do what :func:`largest` does in single precision."""
    bits = x.view(np.int32)
    worst = np.zeros(1, np.int32)
    for i in range(bits.size):
        worst[0] = max(worst[0], bits[i] & np.int32(0x7FFFFFFF))
    found: float = worst.view(np.float32)[0]
    return found
