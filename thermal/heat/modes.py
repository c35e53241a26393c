"""The modes of a tube that vary round its rings: one tridiagonal system along the axis each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.compiled import loop

if TYPE_CHECKING:
    from numpy.typing import NDArray


def circle_modes(around: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Modes of a ring of vertices but for its mean: how stiff they are, and their vectors by vertices."""
    circle = 2.0 * np.eye(around) - np.roll(np.eye(around), 1, 0) - np.roll(np.eye(around), -1, 0)
    values, vectors = np.linalg.eigh(circle)
    return values[1:], np.ascontiguousarray(vectors[:, 1:])


@loop
def factor_tube(along, around, stiff, slope, rate, upper, pivot):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
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


@loop
def to_modes(grid, vectors, upper, pivot, modes, r):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Transform every ring of a tube and eliminate along the axis."""
    rings, around = grid.shape
    count = vectors.shape[1]
    for k in range(rings):
        for m in range(count):
            modes[k, m] = 0.0
        for j in range(around):
            value = r[grid[k, j]]
            for m in range(count):
                modes[k, m] += vectors[j, m] * value
        if k > 0:
            for m in range(count):
                modes[k, m] += upper[k] * modes[k - 1, m]
        for m in range(count):
            modes[k, m] *= pivot[k, m]


@loop
def from_modes(grid, vectors, upper, pivot, modes, mean, z):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Substitute back along the axis, transform back and add the means of the rings."""
    rings, around = grid.shape
    count = vectors.shape[1]
    for k in range(rings - 1, -1, -1):
        if k < rings - 1:
            for m in range(count):
                modes[k, m] += pivot[k, m] * upper[k + 1] * modes[k + 1, m]
        for j in range(around):
            total = mean[k]
            for m in range(count):
                total += vectors[j, m] * modes[k, m]
            z[grid[k, j]] = total
