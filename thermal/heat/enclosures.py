"""Radiative exchange within small groups that all see each other, such as the inside of a tube's rings.

Groups stand side by side: loops run over the groups of one pair of places, (n, groups) arrays, so that vector
units stream them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.heat.compiled import loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.links import Links

FEWEST: Final = 4
"""Vertices that are worth a group."""
ALIKE: Final = 1e-9
"""Relative difference up to which exchange is the same both ways."""
EVEN: Final = 0.5
"""Least share of what a vertex exchanges that any pattern in a group evens out by, for its mean to stand for
it: 0 where a group falls into two, 1 where all see all alike, above that inside a convex ring."""


class Enclosures:
    """Groups of vertices of one part, numbered consecutively, each of which exchanges with all others.

    Parameters
    ----------
    links
        Radiative exchange, m2: what is found to be an enclosure.
    part
        (local,) part of each vertex.

    Attributes
    ----------
    vertex
        (n, groups) vertices; where a group has fewer, its first is repeated with an exchange of 0.
    found
        (couplings of the links,) which of them are within enclosures.
    linearised
        What :func:`bring_by_means` takes.

    """

    def __init__(self, links: Links, part: NDArray[np.int32]) -> None:
        row = np.repeat(links.rows, np.diff(links.start)).astype(np.int64)
        column = links.column.astype(np.int64)
        groups = _groups(row, column, links.value, part)
        size = max((len(group) for group, _ in groups), default=0)
        self.vertex = np.zeros((size, len(groups)), np.int64)
        exchange = np.zeros((size, size, len(groups)))
        for k, (group, values) in enumerate(groups):
            self.vertex[:, k] = group[0]
            self.vertex[: len(group), k] = group
            exchange[: len(group), : len(group), k] = values
        self._sums = exchange.sum(axis=1)
        self._pairs = exchange[np.triu_indices(size, 1)]
        group_of = np.full(len(part), -1, np.int64)
        for k, (group, _) in enumerate(groups):
            group_of[group] = k
        self.found = (group_of[row] >= 0) & (group_of[row] == group_of[column])
        self._power, self._flow, self._rate = (np.zeros(self.vertex.shape) for _ in range(3))
        self._total = np.zeros(len(groups))
        self.linearised = self.vertex, self._rate, self._total

    def bring(self, T: NDArray[np.float64], brought: NDArray[np.float64]) -> None:
        """Add heat at temperatures (local,) K to ``brought``, (owned,) W."""
        exchange_in_groups(T, self.vertex, self._pairs, self._power, self._flow, brought)

    def linearise(self, T: NDArray[np.float64], sums: NDArray[np.float64]) -> None:
        """Take conductances at temperatures (local,) K and add them to ``sums``, (owned,) W/K.

        In the linear system a vertex exchanges with the mean of its group: 4 sigma T^3 times its exchange
        with all others. Newton's method judges by the exchange itself.
        """
        rates_of_groups(T, self.vertex, self._sums, self._rate, self._total, sums)


def _groups(
    row: NDArray[np.int64], column: NDArray[np.int64], value: NDArray[np.float64], part: NDArray[np.int32]
) -> list[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Vertices (n,) of every enclosure and their exchange (n, n), m2."""
    inside = (part[row] == part[column]) & (row != column)
    row, column, value = row[inside], column[inside], value[inside]
    order = np.lexsort((column, row))
    row, column, value = row[order], column[order], value[order]
    vertices, start, count = np.unique(row, return_index=True, return_counts=True)
    first = np.minimum(vertices, column[start])
    last = np.maximum(vertices, column[start + count - 1])
    dense = last - first == count
    found = []
    for begin, size in zip(*np.unique(first[dense], return_counts=True), strict=True):
        if size < FEWEST:
            continue
        here = np.flatnonzero(dense & (first == begin))
        group = np.arange(begin, begin + size)
        if (vertices[here] != group).any() or (last[here] != group[-1]).any():
            continue
        values = np.zeros((size, size))
        off = ~np.eye(size, dtype=bool)
        values[off] = np.concatenate([value[start[k] : start[k] + count[k]] for k in here])
        if np.abs(values - values.T).max() <= ALIKE * values.max() and _evenness(values) > EVEN:
            found.append((group, values))
    return found


def _evenness(exchange: NDArray[np.float64]) -> float:
    """Smallest eigenvalue but one of the exchange (n, n) over what each vertex exchanges in all."""
    total = exchange.sum(axis=1)
    if not (total > 0.0).all():
        return 0.0
    root = 1.0 / np.sqrt(total)
    return float(np.linalg.eigvalsh(np.eye(len(total)) - root[:, None] * exchange * root)[1])


@loop
def exchange_in_groups(T, vertex, pairs, power, flow, brought):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add what every vertex of a group gets by radiation from the others."""
    size, groups = vertex.shape
    for i in range(size):
        for k in range(groups):
            t = T[vertex[i, k]]
            power[i, k] = SIGMA * t * t * t * t
            flow[i, k] = 0.0
    pair = 0
    for i in range(size):
        for j in range(i + 1, size):
            for k in range(groups):
                heat = pairs[pair, k] * (power[j, k] - power[i, k])
                flow[i, k] += heat
                flow[j, k] -= heat
            pair += 1
    for i in range(size):
        for k in range(groups):
            brought[vertex[i, k]] += flow[i, k]


@loop
def rates_of_groups(T, vertex, exchange, rate, total, sums):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Write and add the conductance of every vertex of a group to the others, and sum it over groups, W/K."""
    size, groups = vertex.shape
    total[:] = 0.0
    for i in range(size):
        for k in range(groups):
            t = T[vertex[i, k]]
            g = 4.0 * SIGMA * exchange[i, k] * t * t * t
            rate[i, k] = g
            total[k] += g
            sums[vertex[i, k]] += g


@loop
def bring_by_means(x, vertex, rate, total, brought):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add heat in the linear system: every vertex follows the mean of its group."""
    size, groups = vertex.shape
    mean = np.zeros(groups)
    for i in range(size):
        for k in range(groups):
            mean[k] += rate[i, k] * x[vertex[i, k]]
    for k in range(groups):
        mean[k] /= total[k]
    for i in range(size):
        for k in range(groups):
            j = vertex[i, k]
            brought[j] += rate[i, k] * (mean[k] - x[j])
