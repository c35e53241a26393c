"""Preconditioners made for thin walls: solve along the grid lines that bind strongly, leave the rest.

A cloth graded to a quarter of a millimetre at its hem is bound a hundred times stronger across the hem than it
loses heat: its columns are solved as tridiagonal systems. A metal tube is bound strongly both ways and is
nearly isothermal: with its own rate averaged it is a tensor product, solved exactly in the eigenvectors of
its axis and its ring (fast diagonalisation, Lynch, Rice and Thomas 1964). Other vertices get their own rate.

What is left out of the approximate inverse M is couplings that form an M-matrix with zero row sums, so that
max |M^-1 r| bounds the temperature error that a residual r means: the solver and Newton's method are judged
by it, in kelvin. The usual norms are not the error: smooth errors of fine cold meshes are tens of times larger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from thermal.heat import kernels
from thermal.heat.law import LOWEST, STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.heat.network import Network
    from thermal.heat.part import Part


WEAK = 3.0
"""W/m2/K: conduction between neighbours up to which a sheet is left to its own rates."""


class Block(Protocol):
    """Preconditioner of some of the vertices."""

    def prepare(
        self, slope: NDArray[np.float64], local: NDArray[np.float64], links: NDArray[np.float64]
    ) -> None:
        """Take the present sheet conductances, own rates and sums of links, W/K."""

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write the approximate solution for residual ``r`` into this block's part of ``z``."""


class Preconditioner:
    """One block a part, and the diagonal for what no block covers.

    Parameters
    ----------
    network
        Couplings of this rank.
    parts
        Parts in order.

    """

    def __init__(self, network: Network, parts: Sequence[Part]) -> None:
        place = np.full(sum(len(p.surface.points) for p in parts), -1, np.int64)
        place[network.vertex[: network.owned]] = np.arange(network.owned)
        self._blocks: list[Block] = []
        first = 0
        for part in parts:
            surface = part.surface
            count = len(surface.points)
            mine = place[first : first + count]
            first += count
            if not surface.lines or not (mine >= 0).any():
                continue
            grid = mine.reshape(len(surface.lines[0]), len(surface.lines[1]))
            if surface.closed and (mine >= 0).all():
                self._blocks.append(TensorBlock(network, grid))
            elif _binding(part) > WEAK:
                finest = [np.diff(lines).min() for lines in surface.lines]
                self._blocks.append(
                    LineBlock(network, grid if finest[1] <= finest[0] else np.ascontiguousarray(grid.T))
                )

    def prepare(
        self, slope: NDArray[np.float64], local: NDArray[np.float64], links: NDArray[np.float64]
    ) -> None:
        """Take the present matrix."""
        self._local = local
        for block in self._blocks:
            block.prepare(slope, local, links)

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Write the approximate solution for residual ``r`` into ``z``, (owned,)."""
        np.divide(r, self._local, out=z)
        for block in self._blocks:
            block.apply(r, z)


class LineBlock:
    """Tridiagonal solves along the second direction of a grid of vertices; -1 marks those of other ranks."""

    def __init__(self, network: Network, grid: NDArray[np.int64]) -> None:
        self._lines = grid
        self._off = _coupling(network, grid, 1)
        self._upper = np.zeros(grid.shape)
        self._pivot = np.ones(grid.shape)
        self._work = np.zeros(grid.shape[1])

    def prepare(
        self, slope: NDArray[np.float64], local: NDArray[np.float64], links: NDArray[np.float64]
    ) -> None:
        """Factorise every line."""
        kernels.factor_lines(self._lines, self._off, slope, local, links, self._upper, self._pivot)

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Solve every line."""
        kernels.solve_lines(self._lines, self._upper, self._pivot, r, z, self._work)


class TensorBlock:
    """Exact inverse of a closed tube whose own rate is taken as uniform."""

    def __init__(self, network: Network, grid: NDArray[np.int64]) -> None:
        rings, around = grid.shape
        self._vertices = grid.ravel()
        self._shape = grid.shape
        axial = _coupling(network, grid, 0).mean(axis=2)
        ring = _coupling(network, grid, 1)
        # Lengths along the axis up to one factor: circumferential couplings are proportional to them.
        length = ring[-1].mean(axis=1)
        self._length = length / length.mean()
        matrix = np.zeros((rings, rings))
        k = np.arange(rings - 1)
        g = axial[0][:-1]
        np.add.at(matrix, (k, k), g)
        np.add.at(matrix, (k + 1, k + 1), g)
        np.add.at(matrix, (k, k + 1), -g)
        np.add.at(matrix, (k + 1, k), -g)
        root = np.sqrt(self._length)
        self._axial_values, self._axial_vectors = np.linalg.eigh(matrix / np.outer(root, root))
        circle = 2.0 * np.eye(around) - np.roll(np.eye(around), 1, 0) - np.roll(np.eye(around), -1, 0)
        self._ring_values, self._ring_vectors = np.linalg.eigh(length.mean() * circle)
        self._scale = 1.0 / root[:, None]
        self._inverse = np.zeros(grid.shape)

    def prepare(
        self, slope: NDArray[np.float64], local: NDArray[np.float64], links: NDArray[np.float64]
    ) -> None:
        """Invert the eigenvalues for the mean conductance and rate."""
        mean = slope[:, self._vertices].mean(axis=1)
        rate = local[self._vertices].sum() / (self._length.sum() * self._shape[1])
        self._inverse = 1.0 / (
            mean[0] * self._axial_values[:, None] + mean[-1] * self._ring_values[None, :] + rate
        )

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Transform, divide, transform back."""
        scaled = r[self._vertices].reshape(self._shape) * self._scale
        modes = self._axial_vectors.T @ scaled @ self._ring_vectors * self._inverse
        z[self._vertices] = ((self._axial_vectors @ modes @ self._ring_vectors.T) * self._scale).ravel()


def _binding(part: Part) -> float:
    """Strongest conduction between neighbouring vertices at room temperature, W/m2/K."""
    room = int((300.0 - LOWEST) / STEP)
    conductance = max(law.values[room] for law in part.conductance)
    finest = min(np.diff(lines).min() for lines in part.surface.lines)
    return float(conductance / finest**2)


def _coupling(
    network: Network, grid: NDArray[np.int64], direction: int
) -> NDArray[np.float64]:
    """Couplings from every vertex of a grid to the next one in a direction, (potentials, *grid).

    The last couples to the first; couplings to vertices of other ranks are 0.
    """
    following = np.roll(grid, -1, axis=direction)
    here = (grid >= 0) & (following >= 0)
    a, b = grid[here], following[here]
    hit = network.column[a] == b[:, None]
    everywhere = np.zeros((len(network.coupling), *grid.shape))
    everywhere[:, here] = np.where(hit[None], network.coupling[:, a], 0.0).sum(axis=2)
    return everywhere
