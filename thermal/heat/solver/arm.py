"""Preconditioner of an arm: telescoping tubes solved by the modes of their rings.

A metal tube is bound so strongly that it is nearly isothermal round its ring. The mean of each ring, with
everything that couples rings (axial conduction, contacts and gaps of overlaps, the root's sink), is a small
banded system solved directly (:mod:`thermal.heat.solver.rings`). The other modes, which die within a
diameter, part once each ring's rate is averaged: each is a tridiagonal system along the axis
(:mod:`thermal.heat.solver.modes`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thermal.core.kernels import fast_kernel
from thermal.heat.network.build import grid_coupling
from thermal.heat.solver.modes import circle_modes, factor_tube, from_modes, to_modes
from thermal.heat.solver.rings import RingMatrix, RingPairs, solve_band
from thermal.heat.vectors import total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.core.kernels.types import Floats, Integers, Singles
    from thermal.heat.network.build import Network
    from thermal.heat.network.links import Links, RadiativeLinks


class ArmBlock:
    """All tubes of this rank.

    Parameters
    ----------
    network
        The discrete model.
    radiative
        Its radiative exchange but for that within enclosures.
    grids
        Local vertices of each tube, (rings, around); there may be none.

    Attributes
    ----------
    terms
        What :func:`solve_arm` takes before the residual.

    """

    def __init__(
        self, network: Network, radiative: RadiativeLinks, grids: Sequence[NDArray[np.int64]]
    ) -> None:
        rings = np.array([len(grid) for grid in grids], np.int64)
        around = np.array([grid.shape[1] for grid in grids], np.int64)
        last = np.cumsum(rings)
        modes = [circle_modes(count) for count in around]
        at = [np.cumsum([0, *(m.size for m in kind)])[:-1] for kind in zip(*modes, strict=True)]
        first = np.array([grid[0, 0] for grid in grids], np.int64)
        columns = [last - rings, last, around, *(at or [around, around]), first]
        self._table = np.array(columns, np.int64).T.copy()
        self._size = np.repeat(around, rings)
        starts = np.cumsum(self._size) - self._size
        vertices = _joined([grid.ravel() for grid in grids]).astype(np.int64)
        self._stiffness = (
            _joined([grid_coupling(network, grid, 0)[0].mean(axis=1) for grid in grids]),
            _joined([grid_coupling(network, grid, 1)[-1].mean(axis=1) for grid in grids]),
            _joined([stiff for stiff, _ in modes]),
        )
        forth, back = (
            _joined([(v.T if turned else v).ravel() for _, v in modes]) for turned in (False, True)
        )
        vectors = np.array([forth, back], np.float32)
        one_ring = np.zeros(int(around.max(initial=0)), np.float32)
        count = len(self._size)
        self._slope = np.zeros((len(network.coupling), count))
        self._rate, self._axial, power, self._upper = (np.zeros(count) for _ in range(4))
        self._pivot, work = (np.zeros(len(vertices), np.float32) for _ in range(2))
        ring = np.full(len(network.vertex), -1, np.int64)
        ring[vertices] = np.repeat(np.arange(count), self._size)
        member = ring[radiative.members]
        self._radiative, self._exchanges = radiative, member >= 0
        self._ring_of_member = member[self._exchanges]
        self._members = np.maximum(np.bincount(self._ring_of_member, minlength=count), 1)
        joints, exchange = (_between_rings(links, ring) for links in (network.joints, network.exchange))
        self._matrix = RingMatrix(np.setdiff1d(np.arange(count), last - 1), joints, exchange, count)
        self._places = self._table, starts
        self.terms = (
            *self._places, vectors, self._upper, self._pivot, work, one_ring, *self._matrix.terms, power,
        )  # fmt: skip

    def prepare(self, slope: NDArray[np.float64], local: NDArray[np.float64]) -> None:
        """Take sheet conductances and own rates, W/K, and the exchange linearised last, and factorise."""
        mean, rate = self._slope, self._rate
        average_rings(self._table, slope, local, mean, rate)
        factor_tubes(*self._places, *self._stiffness, mean, rate, self._upper, self._pivot)
        self._axial[:-1] = self._upper[1:] * self._size[1:]
        root = np.bincount(self._ring_of_member, self._radiative.root[self._exchanges], len(rate))
        self._matrix.factorise(rate * self._size, self._axial, root / self._members)

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write the approximate solution for residual ``r`` into the tubes' part of ``z``."""
        solve_arm(*self.terms, r, z)


@fast_kernel
def average_rings(table: Integers, slope: Floats, local: Floats, mean: Floats, rate: Floats) -> None:
    """Means over rings of sheet conductances (potentials, owned) and own rates (owned,), W/K."""
    for t in range(table.shape[0]):
        a, b, size, first = table[t, 0], table[t, 1], table[t, 2], table[t, 5]
        for k in range(b - a):
            here = slice(first + k * size, first + (k + 1) * size)
            rate[a + k] = total(local[here]) / size
            for q in range(slope.shape[0]):
                mean[q, a + k] = total(slope[q, here]) / size


@fast_kernel
def factor_tubes(
    table: Integers,
    starts: Integers,
    along: Floats,
    around: Floats,
    stiff: Floats,
    slope: Floats,
    rate: Floats,
    upper: Floats,
    pivot: Singles,
) -> None:
    """Factorise the modes of all tubes; joined arrays as of :func:`thermal.heat.solver.modes.factor_tube`."""
    for t in range(table.shape[0]):
        a, b, size, s = table[t, 0], table[t, 1], table[t, 2], table[t, 3]
        own = pivot[starts[a] : starts[a] + (b - a) * size].reshape((b - a, size))
        factor_tube(along[a:b], around[a:b], stiff[s : s + size], slope[:, a:b], rate[a:b], upper[a:b], own)


@fast_kernel(inline=True)
def solve_arm(
    table: Integers,
    starts: Integers,
    vectors: Singles,
    upper: Floats,
    pivot: Singles,
    work: Singles,
    one_ring: Singles,
    band: Floats,
    place: Integers,
    ordered: Floats,
    power: Floats,
    r: Floats,
    z: Floats,
) -> None:
    """Solve for the means of all rings and for the modes of every tube.

    Rows of the table of tubes: first and last ring, vertices of a ring, where the stiffnesses and the vectors
    of its modes, by vertices and by modes, start, and its first vertex: a tube's follow each other, ring by
    ring. Its pivots and modes begin at ``starts`` of its first ring.
    """
    for t in range(table.shape[0]):
        a, b, size, first = table[t, 0], table[t, 1], table[t, 2], table[t, 5]
        for k in range(b - a):
            power[a + k] = total(r[first + k * size : first + (k + 1) * size])
    solve_band(band, place, ordered, power)
    for t in range(table.shape[0]):
        a, b, size, v, first = table[t, 0], table[t, 1], table[t, 2], table[t, 4], table[t, 5]
        here, there = slice(starts[a], starts[a] + (b - a) * size), slice(first, first + (b - a) * size)
        own, found = pivot[here].reshape((b - a, size)), work[here].reshape((b - a, size))
        forth = vectors[0, v : v + size * size].reshape((size, size))
        back = vectors[1, v : v + size * size].reshape((size, size))
        to_modes(r[there].reshape((b - a, size)), forth, upper[a:b], own, found, one_ring[:size])
        from_modes(back, upper[a:b], own, found, one_ring[:size], power[a:b], z[there].reshape((b - a, size)))


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Concatenate arrays, of which there may be none."""
    return np.concatenate([np.zeros(0), *arrays])


def _between_rings(links: Links, ring: NDArray[np.int64]) -> RingPairs:
    """Links between different rings, each pair of rings once."""
    first = ring[np.repeat(links.rows, np.diff(links.start))]
    second = ring[links.column]
    once = (first >= 0) & (second > first)
    pairs, inverse = np.unique(np.stack([first, second])[:, once], axis=1, return_inverse=True)
    value = np.bincount(inverse.ravel(), links.value[once], pairs.shape[1])
    return RingPairs(pairs[0], pairs[1], np.asarray(value, np.float64))
