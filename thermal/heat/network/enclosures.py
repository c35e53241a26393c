"""Radiative exchange within small groups that all see each other, such as the inside of a tube's rings.

Groups stand side by side in (n, groups) arrays: loops run over the groups, so that vector units stream them.
Groups whose exchange differs by a factor alone, as that of a tube's rings, share one pattern of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.core.kernels import fast_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.core.kernels.types import Floats, Integers, Singles
    from thermal.heat.network.links import Links

FEWEST: Final = 4
"""Vertices that are worth a group."""
TOGETHER: Final = 4
"""Places of a group whose heat is added in one sweep."""
ALIKE: Final = 1e-9
"""Relative difference up to which exchange is the same: both ways, or in two groups."""
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
    terms, linearised
        What :func:`exchange_in_groups` and :func:`bring_by_means` take.

    """

    def __init__(self, links: Links, part: NDArray[np.int32]) -> None:
        row = np.repeat(links.rows, np.diff(links.start)).astype(np.int64)
        column = links.column.astype(np.int64)
        patterns = _by_pattern(_groups(row, column, links.value, part))
        groups = [found for alike in patterns for found in alike]
        size = max((len(group) for group, _ in groups), default=0)
        size += -size % TOGETHER
        self.vertex = np.zeros((size, len(groups)), np.int64)
        exchange = np.zeros((size, size, len(groups)))
        for k, (group, values) in enumerate(groups):
            self.vertex[:, k] = group[0]
            self.vertex[: len(group), k] = group
            exchange[: len(group), : len(group), k] = values
        self._sums = exchange.sum(axis=1)
        first = np.cumsum([0, *map(len, patterns)])
        whole = exchange.sum(axis=(0, 1))
        shares = np.moveaxis(exchange[..., first[:-1]] / whole[first[:-1]], 2, 0)
        shares[:, np.arange(size), np.arange(size)] -= shares.sum(axis=2)
        group_of = np.full(len(part), -1, np.int64)
        for k, (group, _) in enumerate(groups):
            group_of[group] = k
        self.found = (group_of[row] >= 0) & (group_of[row] == group_of[column])
        power, flow, self._rate = (np.zeros(self.vertex.shape) for _ in range(3))
        self.terms = self.vertex, first, np.ascontiguousarray(shares), whole, power, flow
        self._total = np.zeros(len(groups))
        self.linearised = self.vertex, self._rate, self._total

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
            found.append((group, 0.5 * (values + values.T)))
    return found


def _by_pattern(
    groups: list[tuple[NDArray[np.int64], NDArray[np.float64]]],
) -> list[list[tuple[NDArray[np.int64], NDArray[np.float64]]]]:
    """Put groups together whose exchange differs by a factor alone."""
    alike: dict[bytes, list[tuple[NDArray[np.int64], NDArray[np.float64]]]] = {}
    for group, values in groups:
        alike.setdefault(np.rint(values / (ALIKE * values.max())).tobytes(), []).append((group, values))
    return list(alike.values())


def _evenness(exchange: NDArray[np.float64]) -> float:
    """Smallest eigenvalue but one of the exchange (n, n) over what each vertex exchanges in all."""
    total = exchange.sum(axis=1)
    if not (total > 0.0).all():
        return 0.0
    root = 1.0 / np.sqrt(total)
    return float(np.linalg.eigvalsh(np.eye(len(total)) - root[:, None] * exchange * root)[1])


@fast_kernel(inline=True)
def send(shares: Floats, first: Floats, second: Floats, third: Floats, fourth: Floats, flow: Floats) -> None:
    """Add what four places of many groups send to one."""
    a, b, c, d = shares[0], shares[1], shares[2], shares[3]
    for k in range(flow.size):
        flow[k] += a * first[k] + b * second[k] + c * third[k] + d * fourth[k]


@fast_kernel(inline=True)
def exchange_in_groups(
    T: Floats,
    vertex: Integers,
    first: Integers,
    shares: Floats,
    whole: Floats,
    power: Floats,
    flow: Floats,
    brought: Floats,
) -> None:
    """Add what every vertex of a group gets by radiation from the others.

    Groups ``first[p]`` to ``first[p + 1]`` share pattern p of their ``whole`` exchange in m2, ``shares[p]``
    (n, n); what a vertex sends stands on the diagonal.
    """
    size, groups = vertex.shape
    for i in range(size):
        for k in range(groups):
            t = T[vertex[i, k]]
            power[i, k] = SIGMA * t * t * t * t
            flow[i, k] = 0.0
    for pattern in range(shares.shape[0]):
        here = slice(first[pattern], first[pattern + 1])
        for i in range(size):
            for j in range(0, size, TOGETHER):
                send(
                    shares[pattern, i, j:], power[j, here], power[j + 1, here], power[j + 2, here],
                    power[j + 3, here], flow[i, here],
                )  # fmt: skip
    for i in range(size):
        for k in range(groups):
            brought[vertex[i, k]] += whole[k] * flow[i, k]


@fast_kernel
def rates_of_groups(
    T: Floats, vertex: Integers, exchange: Floats, rate: Floats, total: Floats, sums: Floats
) -> None:
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


@fast_kernel(inline=True)
def bring_by_means(
    x: Singles | Floats, vertex: Integers, rate: Floats, total: Floats, brought: Singles | Floats
) -> None:
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
