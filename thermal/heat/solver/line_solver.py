"""Tridiagonal systems along the grid lines of a sheet.

Arrays are (positions, lines): loops over lines are the inner ones, since their rounds do not wait for each
other. ``upper[k]`` couples positions k - 1 and k; there is none at 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import fast_kernel
from thermal.heat.network.build import grid_coupling

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.core.kernels.types import Floats, Indices, Singles
    from thermal.heat.network.build import Network


class LineBlock:
    """Solves along the columns of a grid of vertices, (positions, lines).

    Attributes
    ----------
    terms
        What :func:`solve_lines` takes before the residual.

    """

    def __init__(self, network: Network, grid: NDArray[np.int64]) -> None:
        self._lines = np.ascontiguousarray(grid, np.uint32)
        self._off = grid_coupling(network, grid, 0)
        self._upper = np.zeros(grid.shape, np.float32)
        self._pivot = np.zeros(grid.shape, np.float32)
        self.terms = self._lines, self._upper, self._pivot, np.zeros(grid.shape)

    def prepare(
        self, slope: NDArray[np.float64], local: NDArray[np.float64], links: NDArray[np.float64]
    ) -> None:
        """Factorise every line for sheet conductances (potentials, local), own rates and links, W/K."""
        factor_lines(self._lines, self._off, slope, local, links, self._upper, self._pivot)

    def apply(self, r: NDArray[np.float64], z: NDArray[np.float64]) -> None:
        """Solve every line for residual ``r``, (owned,) W, into ``z``."""
        solve_lines(*self.terms, r, z)


@fast_kernel
def factor_lines(
    lines: Indices, off: Floats, slope: Floats, local: Floats, links: Floats, upper: Singles, pivot: Singles
) -> None:
    """Factorise one tridiagonal matrix a line: own rates, links and the couplings along it, no others."""
    last = lines.shape[0] - 1
    for k in range(lines.shape[0]):
        for a in range(lines.shape[1]):
            i = lines[k, a]
            total = local[i] + links[i]
            if k < last:
                onward = 0.0
                for q in range(slope.shape[0]):
                    onward += off[q, k, a] * 0.5 * (slope[q, i] + slope[q, lines[k + 1, a]])
                upper[k + 1, a] = onward
                total += onward
            if k > 0:
                before = upper[k, a]
                total += before - before * before * pivot[k - 1, a]
            pivot[k, a] = 1.0 / total


@fast_kernel(inline=True)
def solve_lines(lines: Indices, upper: Singles, pivot: Singles, work: Floats, r: Floats, z: Floats) -> None:
    """Solve the lines that :func:`factor_lines` has factorised; there may be none."""
    count, last = lines.shape[1], lines.shape[0] - 1
    for a in range(count):
        work[0, a] = r[lines[0, a]] * pivot[0, a]
    for k in range(1, last + 1):
        for a in range(count):
            work[k, a] = (r[lines[k, a]] + upper[k, a] * work[k - 1, a]) * pivot[k, a]
    for a in range(count):
        z[lines[last, a]] = work[last, a]
    for k in range(last - 1, -1, -1):
        for a in range(count):
            solved = work[k, a] + pivot[k, a] * upper[k + 1, a] * work[k + 1, a]
            work[k, a] = solved
            z[lines[k, a]] = solved
