"""How loops are compiled, and what all of them share.

A loop over vertices runs in vector units only where the compiler knows that what it writes is not what it
reads; with more than a handful of arrays it does not find that out by itself. So loops made by :data:`loop`
promise it: no array that they write may overlap another of their arguments. Arrays that are only read may.
"""

from __future__ import annotations

from typing import Any, Final

import numba
import numpy as np
from numba.core.compiler import CompilerBase, DefaultPassBuilder

from thermal.core.compiling import kept
from thermal.heat.model.law import HIGHEST, LOWEST, STEP

BLOCK: Final = 1024
"""Vertices worked on at a time where several loops follow each other, so that arrays stay in a near cache."""

TOP: Final = HIGHEST - 2 * STEP
"""K; the last temperature that has a neighbour in the tables."""

_OPTIONS: Final[dict[str, Any]] = {
    "cache": True,
    "fastmath": {"nsz", "arcp", "contract", "afn", "reassoc"},
    "boundscheck": False,
    "error_model": "numpy",
}


class _Unaliased(CompilerBase):  # type: ignore[misc]
    """numba's compiler, told that arrays do not overlap."""

    def define_pipelines(self) -> list[Any]:
        """Return the usual passes."""
        self.state.flags.noalias = True
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]


def jit(function):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Compile a loop whose arrays may overlap."""
    return kept(numba.njit(**_OPTIONS)(function))


def loop(function):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Compile a loop that keeps the promise above."""
    return kept(numba.njit(pipeline_class=_Unaliased, **_OPTIONS)(function))


@jit
def look_up(value, integral, T):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
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


@loop
def total(x):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Sum in double precision; not finite where a value is not."""
    whole = 0.0
    for i in range(x.size):
        whole += x[i]
    return whole


@loop
def dot(x, y):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Inner product in double precision."""
    whole = 0.0
    for i in range(x.size):
        whole += x[i] * y[i]
    return whole


@loop
def largest(x):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Largest magnitude; not a number where one is not.

    Doubles without a sign stand in the order of their bits, and vector units compare integers.
    """
    bits = x.view(np.int64)
    worst = np.zeros(1, np.int64)
    for i in range(bits.size):
        worst[0] = max(worst[0], bits[i] & np.int64(0x7FFFFFFFFFFFFFFF))
    return worst.view(np.float64)[0]


@loop
def largest_single(x):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Do what :func:`largest` does in single precision."""
    bits = x.view(np.int32)
    worst = np.zeros(1, np.int32)
    for i in range(bits.size):
        worst[0] = max(worst[0], bits[i] & np.int32(0x7FFFFFFF))
    return worst.view(np.float32)[0]
