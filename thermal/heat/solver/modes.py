"""The modes of a tube that vary round its rings: one tridiagonal system along the axis each.

They are kept in single precision: they are stiff, and what they precondition is judged in double precision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import fast_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.core.kernels.types import Floats, Singles

NOTHING = np.float32(0.0)


def circle_modes(around: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Modes of a ring of vertices: how stiff they are, and their vectors by vertices, of the mean nothing.

    The place of the mean is kept, since whole fours of modes fill vector units.
    """
    circle = 2.0 * np.eye(around) - np.roll(np.eye(around), 1, 0) - np.roll(np.eye(around), -1, 0)
    values, vectors = np.linalg.eigh(circle)
    values[0], vectors[:, 0] = 1.0, 0.0
    return values, vectors


@fast_kernel(inline=True)
def factor_tube(
    along: Floats, around: Floats, stiff: Floats, slope: Floats, rate: Floats, upper: Floats, pivot: Singles
) -> None:
    """Factorise the modes of one tube; its arrays are (rings,) and (rings, modes)."""
    last = pivot.shape[0] - 1
    upper[0] = 0.0
    for k in range(last + 1):
        onward = 0.0
        if k < last:
            onward = along[k] * 0.5 * (slope[0, k] + slope[0, k + 1])
            upper[k + 1] = onward
        own = rate[k] + onward + upper[k]
        bend = around[k] * slope[slope.shape[0] - 1, k]
        for m in range(stiff.size):
            carried = upper[k] * upper[k] * pivot[k - 1, m] if k > 0 else 0.0
            pivot[k, m] = 1.0 / (own + bend * stiff[m] - carried)


@fast_kernel(inline=True)
def combine(weights: Singles, rows: Singles, total: Singles) -> None:
    """Sum of rows (n, m) times weights (n,), four at a time, so that the sum (m,) is written less often."""
    count, fours = rows.shape[0], rows.shape[0] - rows.shape[0] % 4
    for i in range(total.size):
        total[i] = NOTHING
    for k in range(0, fours, 4):
        a, b, c, d = weights[k], weights[k + 1], weights[k + 2], weights[k + 3]
        for i in range(total.size):
            total[i] += a * rows[k, i] + b * rows[k + 1, i] + c * rows[k + 2, i] + d * rows[k + 3, i]
    for k in range(fours, count):
        for i in range(total.size):
            total[i] += weights[k] * rows[k, i]


@fast_kernel(inline=True)
def to_modes(
    r: Floats, vectors: Singles, upper: Floats, pivot: Singles, modes: Singles, ring: Singles
) -> None:
    """Transform the rings of a tube, (rings, around), by vectors (around, modes), and eliminate along it."""
    for k in range(r.shape[0]):
        for j in range(r.shape[1]):
            ring[j] = r[k, j]
        combine(ring, vectors, modes[k])
        along = np.float32(upper[k])
        for m in range(modes.shape[1]):
            before = along * modes[k - 1, m] if k > 0 else NOTHING
            modes[k, m] = (modes[k, m] + before) * pivot[k, m]


@fast_kernel(inline=True)
def from_modes(
    vectors: Singles, upper: Floats, pivot: Singles, modes: Singles, ring: Singles, mean: Floats, z: Floats
) -> None:
    """Substitute back along the axis, transform back by vectors (modes, around) and add the rings' means."""
    last = z.shape[0] - 1
    for k in range(last, -1, -1):
        if k < last:
            along = np.float32(upper[k + 1])
            for m in range(modes.shape[1]):
                modes[k, m] += pivot[k, m] * along * modes[k + 1, m]
        combine(modes[k], vectors, ring)
        for j in range(z.shape[1]):
            z[k, j] = mean[k] + ring[j]
