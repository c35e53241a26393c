"""Graded one-dimensional grids: fine where a layer lives, growing geometrically to the plain cell size."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def graded_grid(
    length: float,
    size: float,
    *,
    refine_at: Sequence[float] = (),
    edge_size: float | None = None,
    growth: float = 1.25,
    through: Sequence[float] = (),
) -> NDArray[np.float64]:
    """Grid lines over ``[0, length]``.

    Cells are ``edge_size`` long at every position of ``refine_at`` and grow by ``growth`` from cell to cell
    until they reach ``size``. Every position of ``refine_at`` and of ``through`` is a grid line.

    Parameters
    ----------
    length, size, edge_size
        m; ``edge_size`` defaults to ``size``.
    refine_at, through
        Positions in m; those outside ``[0, length]`` are left out.
    growth
        Ratio of neighbouring cells, above 1.

    Returns
    -------
    numpy.ndarray
        Shape (n,), m, ascending, first 0 and last ``length``.

    """
    fine = sorted({float(p) for p in refine_at if -1e-12 <= p <= length + 1e-12})
    stations = sorted({0.0, length, *fine, *(float(p) for p in through if 0.0 < p < length)})
    stations = [s for k, s in enumerate(stations) if k == 0 or s - stations[k - 1] > 1e-9 * length]
    lines = [np.array([0.0])]
    for left, right in pairwise(stations):
        cells = _cells(
            right - left,
            size,
            edge_size if edge_size is not None else size,
            growth,
            [min((abs(p - side) for p in fine), default=np.inf) for side in (left, right)],
        )
        lines.append(left + np.cumsum(cells))
        lines[-1][-1] = right
    return np.concatenate(lines)


def _cells(
    length: float, size: float, edge: float, growth: float, distances: list[float]
) -> NDArray[np.float64]:
    """Cell lengths of one interval whose ends are ``distances`` away from the next refined position."""
    left, right = (_run(length, size, edge, growth, distance) for distance in distances)
    while left and right and sum(left) + sum(right) > length:
        (left if left[-1] >= right[-1] else right).pop()
    while left and sum(left) > length:
        left.pop()
    while right and sum(right) > length:
        right.pop()
    rest = length - sum(left) - sum(right)
    largest = max([*left[-1:], *right[-1:]], default=size)
    widest = min(size, largest * growth) if (left or right) else size
    count = max(int(np.ceil(rest / widest - 1e-9)), 0 if rest < 1e-12 * length else 1)
    plain = [rest / count] * count if count else []
    cells = np.array([*left, *plain, *reversed(right)], np.float64)
    return cells * (length / float(cells.sum()))


def _run(length: float, size: float, edge: float, growth: float, distance: float) -> list[float]:
    """Growing cells that start at an end ``distance`` away from a refined position, up to ``size``."""
    first = edge + distance * (growth - 1.0)
    cells: list[float] = []
    while first < size and sum(cells) < length:
        cells.append(first)
        first *= growth
    return cells
