"""What no solver of this kind can beat: its memory traffic over the bandwidth of the day.

An ideal integrator of flag-cycle makes 400 linear solves; conjugate gradients on a matrix in compressed rows
and double precision need the iterations below to hold the far error at 0.06 K, so many bytes an unknown each.
"""

from __future__ import annotations

import time
from typing import Final

import numba
import numpy as np

SOLVES: Final = 400
ITERATIONS: Final = {20.0: 1.6, 10.0: 2.4, 5.0: 4.0, 2.5: 6.2}
"""Of conjugate gradients in a solve, by cell size in mm."""
BYTES_AN_ITERATION: Final = 192
"""An unknown: 104 of the matrix, 88 of vectors."""
BYTES_A_SOLVE: Final = 168
"""An unknown: residual and diagonal."""
TRIAD_SIZE: Final = 10_000_000
TRIAD_BYTES: Final = 24


def bandwidth(repeats: int = 7) -> float:
    """Bytes a second of a = b + s c over arrays that no cache holds, the best of some repeats."""
    a, b, c = (np.full(TRIAD_SIZE, value) for value in (0.0, 1.0, 2.0))
    _triad(a[:10], b[:10], c[:10])
    best = np.inf
    for _ in range(repeats):
        begun = time.perf_counter()
        _triad(a, b, c)
        best = min(best, time.perf_counter() - begun)
    return TRIAD_BYTES * TRIAD_SIZE / best


def roofline_s(size_mm: float, unknowns: int, bytes_a_second: float) -> float:
    """Seconds that the traffic of an ideal solution takes."""
    traffic = BYTES_AN_ITERATION * ITERATIONS[size_mm] + BYTES_A_SOLVE
    return SOLVES * traffic * unknowns / bytes_a_second


@numba.njit
def _triad(a, b, c):
    for i in range(a.size):
        a[i] = b[i] + 3.0 * c[i]
