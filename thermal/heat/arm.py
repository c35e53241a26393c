"""Preconditioner of an arm: telescoping tubes solved by the modes of their rings.

A metal tube is bound so strongly that it is nearly isothermal round its ring. The mean of each ring, with
everything that couples rings (axial conduction, contacts and gaps of overlaps, the root's sink), is a small
sparse system solved directly. The other modes, which die within a diameter, part once each ring's rate is
averaged: each is a tridiagonal system along the axis.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu

from thermal.heat import sweeps
from thermal.heat.network import grid_coupling

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
        self._grids = grids
        counts = np.cumsum([0, *(len(grid) for grid in grids)])
        self._slices = [slice(a, b) for a, b in pairwise(counts)]
        ring = np.full(len(network.vertex), -1, np.int64)
        for grid, part in zip(grids, self._slices, strict=True):
            ring[grid] = np.arange(part.start, part.stop)[:, None]
        self._rings = int(counts[-1])
        self._joints = _between_rings(network.joints, ring)
        self._joint_values = network.joints.value[self._joints[2]]
        self._radiative, self._exchange = radiative, _between_rings(network.exchange, ring)

    def prepare(self, slope: NDArray[np.float64], local: NDArray[np.float64]) -> None:
        """Take sheet conductances and own rates, W/K, and the exchange linearised last, and factorise."""
        rows, columns, values = [], [], []
        diagonal = np.zeros(self._rings)
        for tube, grid, part in zip(self._tubes, self._grids, self._slices, strict=True):
            tube.prepare(slope, local)
            rate = local[grid].sum(axis=1)
            diagonal[part] = rate
            k = np.arange(part.start, part.stop - 1)
            rows.append(k)
            columns.append(k + 1)
            values.append(tube.axial(slope))
        exchange = self._radiative.between(self._exchange[2])
        for (first, second, _), conductance in (
            (self._joints, self._joint_values),
            (self._exchange, exchange),
        ):
            rows.append(first)
            columns.append(second)
            values.append(conductance)
        i, j, g = (np.concatenate(arrays) for arrays in (rows, columns, values))
        diagonal += np.bincount(i, g, self._rings) + np.bincount(j, g, self._rings)
        k = np.arange(self._rings)
        matrix = csc_array(
            (np.concatenate([diagonal, -g, -g]), (np.concatenate([k, i, j]), np.concatenate([k, j, i])))
        )
        self._factor = splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write the approximate solution for residual ``r`` into the tubes' part of ``z``."""
        mean = self._factor.solve(np.concatenate([r[grid].sum(axis=1) for grid in self._grids]))
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

    def axial(self, slope: NDArray[np.float64]) -> NDArray[np.float64]:
        """Conductances from ring to ring, (rings - 1,) W/K."""
        mean = slope[0, self._grid].mean(axis=1)
        result: NDArray[np.float64] = self._along * self._grid.shape[1] * 0.5 * (mean[1:] + mean[:-1])
        return result

    def prepare(self, slope: NDArray[np.float64], local: NDArray[np.float64]) -> None:
        """Factorise with the mean conductances and rates of each ring."""
        mean = slope[:, self._grid].mean(axis=2)
        along = np.r_[0.0, self._along * 0.5 * (mean[0, 1:] + mean[0, :-1]), 0.0]
        own = local[self._grid].mean(axis=1) + along[1:] + along[:-1]
        diagonal = own[:, None] + (self._around * mean[-1])[:, None] * self._values
        self._upper = along[:-1]
        sweeps.factor_modes(self._upper, diagonal, self._pivot)

    def solve(self, r: NDArray[np.float64], mean: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write ring means (rings,) plus the modes' solution for residual ``r`` into ``z``, both (owned,)."""
        sweeps.solve_modes(self._grid, self._vectors, self._upper, self._pivot, self._modes, r, mean, z)


def _between_rings(
    links: Links, ring: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Links between different rings, once each: the two rings and where the value stands."""
    first = ring[np.repeat(links.rows, np.diff(links.start))]
    second = ring[links.column]
    at = np.flatnonzero((first >= 0) & (second > first))
    return first[at], second[at], at
