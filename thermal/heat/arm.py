"""Preconditioner of an arm: telescoping tubes solved by the modes of their rings.

A metal tube is bound so strongly that it is nearly isothermal round its ring. The mean of each ring, with
everything that couples rings (axial conduction, contacts and gaps of overlaps, the root's sink), is a small
banded system solved directly (:mod:`thermal.heat.rings`). The other modes, which die within a diameter,
part once each ring's rate is averaged: each is a tridiagonal system along the axis.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat import sweeps
from thermal.heat.network import grid_coupling
from thermal.heat.rings import RingMatrix, RingPairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.heat.links import Links, RadiativeLinks
    from thermal.heat.network import Network


class ArmBlock:
    """All tubes of this rank.

    Parameters
    ----------
    network
        The discrete model.
    radiative
        Its radiative exchange.
    grids
        Local vertices of each tube, (rings, around).

    """

    def __init__(
        self, network: Network, radiative: RadiativeLinks, grids: Sequence[NDArray[np.int64]]
    ) -> None:
        self._tubes = [RingModes(network, grid) for grid in grids]
        counts = np.cumsum([0, *(len(grid) for grid in grids)])
        self._slices = [slice(a, b) for a, b in pairwise(counts)]
        around = np.concatenate([np.full(len(grid), grid.shape[1]) for grid in grids])
        self._vertices = np.concatenate([grid.ravel() for grid in grids])
        self._starts, self._around = np.cumsum(around) - around, around
        ring = np.full(len(network.vertex), -1, np.int64)
        ring[self._vertices] = np.repeat(np.arange(len(around)), around)
        self._radiative, self._ring_of_member = radiative, ring[radiative.members]
        inner = np.setdiff1d(np.arange(len(around) - 1), counts[1:-1] - 1)
        joints, exchange = (_between_rings(links, ring) for links in (network.joints, network.exchange))
        self._matrix = RingMatrix(inner, joints, exchange, len(around))

    def prepare(self, slope: NDArray[np.float64], local: NDArray[np.float64]) -> None:
        """Take sheet conductances and own rates, W/K, and the exchange linearised last, and factorise."""
        rate = np.add.reduceat(local[self._vertices], self._starts)
        mean = np.add.reduceat(slope[:, self._vertices], self._starts, axis=1) / self._around
        axial = []
        for tube, part in zip(self._tubes, self._slices, strict=True):
            tube.prepare(mean[:, part], rate[part] / self._around[part])
            axial.append(tube.axial)
        inside = self._ring_of_member >= 0
        member = self._ring_of_member[inside]
        root = np.bincount(member, self._radiative.root[inside], len(rate))
        members = np.maximum(np.bincount(member, minlength=len(rate)), 1)
        self._matrix.factorise(rate, np.concatenate(axial), np.divide(root, members))

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write the approximate solution for residual ``r`` into the tubes' part of ``z``."""
        mean = self._matrix.solve(np.add.reduceat(r[self._vertices], self._starts))
        for tube, part in zip(self._tubes, self._slices, strict=True):
            tube.solve(r, mean[part], z)


class RingModes:
    """The modes of a tube that vary round its rings: one tridiagonal system along the axis each."""

    def __init__(self, network: Network, grid: NDArray[np.int64]) -> None:
        self._grid = grid
        rings, around = grid.shape
        self._along = grid_coupling(network, grid, 0)[0, :-1].mean(axis=1)
        self._around = grid_coupling(network, grid, 1)[-1].mean(axis=1)
        circle = 2.0 * np.eye(around) - np.roll(np.eye(around), 1, 0) - np.roll(np.eye(around), -1, 0)
        values, vectors = np.linalg.eigh(circle)
        self._values, self._vectors = values[1:], np.ascontiguousarray(vectors[:, 1:])
        self._pivot = np.zeros((rings, around - 1))
        self._upper = np.zeros(rings)
        self._modes = np.zeros((rings, around - 1))

    def prepare(self, slope: NDArray[np.float64], local: NDArray[np.float64]) -> None:
        """Factorise with the rings' mean sheet conductances (potentials, rings) and rates (rings,), W/K."""
        along = np.r_[0.0, self._along * 0.5 * (slope[0, 1:] + slope[0, :-1]), 0.0]
        own = local + along[1:] + along[:-1]
        diagonal = own[:, None] + (self._around * slope[-1])[:, None] * self._values
        self._upper = along[:-1]
        sweeps.factor_modes(self._upper, diagonal, self._pivot)

    @property
    def axial(self) -> NDArray[np.float64]:
        """Conductances from ring to ring, (rings - 1,) W/K."""
        result: NDArray[np.float64] = self._upper[1:] * self._grid.shape[1]
        return result

    def solve(self, r: NDArray[np.float64], mean: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write ring means (rings,) plus the modes' solution for residual ``r`` into ``z``, both (owned,)."""
        sweeps.solve_modes(self._grid, self._vectors, self._upper, self._pivot, self._modes, r, mean, z)


def _between_rings(links: Links, ring: NDArray[np.int64]) -> RingPairs:
    """Links between different rings, each pair of rings once."""
    first = ring[np.repeat(links.rows, np.diff(links.start))]
    second = ring[links.column]
    once = (first >= 0) & (second > first)
    pairs, inverse = np.unique(np.stack([first, second])[:, once], axis=1, return_inverse=True)
    value = np.bincount(inverse.ravel(), links.value[once], pairs.shape[1])
    return RingPairs(pairs[0], pairs[1], np.asarray(value, np.float64))
