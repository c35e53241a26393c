"""Conjugate gradients by the vertices' own rates on several ranks, in single precision.

What one rank does in one compiled loop (:func:`thermal.heat.solver.cg_kernels.solve_alone`) is cut where
the ranks have to hear of each other: twice an iteration for a sum, once for the neighbours of other ranks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thermal.core import dolfinx_api
from thermal.core.kernels import fast_kernel
from thermal.heat.solver import cg_kernels
from thermal.heat.vectors import BLOCK, largest_single, total

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.core.kernels.types import Singles
    from thermal.heat.network.build import Network
    from thermal.heat.network.couplings import Couplings

LEAST: Final = 1e-4
"""Share of its start to which single precision brings an error without losing its way."""


@fast_kernel
def descend_by_blocks(
    x: Singles, r: Singles, p: Singles, z: Singles, local: Singles, alpha: float
) -> tuple[np.floating[Any], np.floating[Any]]:
    """Move along the search direction block by block; returns r . z and the largest magnitude of z."""
    total, worst = cg_kernels.ZERO, cg_kernels.ZERO
    for a in range(0, x.size, BLOCK):
        b = min(a + BLOCK, x.size)
        total += cg_kernels.descend_alone(x[a:b], r[a:b], p[a:b], z[a:b], local[a:b], alpha)
        worst = max(worst, largest_single(z[a:b]))
    return total, worst


class SpreadGradients:
    """A solver on vertices that are spread over several ranks, with buffers of its own.

    Parameters
    ----------
    network
        The discrete model.
    couplings
        Its couplings, whose conductances are taken as they stand.

    """

    def __init__(self, network: Network, couplings: Couplings) -> None:
        self._network, self._couplings = network, couplings
        self._buffers = tuple(np.zeros(network.owned, np.float32) for _ in range(6))
        self._ghosts = dolfinx_api.distributed_vector(network.index, np.float32)

    def solve(
        self, residual: NDArray[np.float64], rates: NDArray[np.float64], tolerance_k: float, limit: int
    ) -> tuple[int, NDArray[np.float32], float]:
        """Solve J x = residual.

        Parameters
        ----------
        residual
            (owned,) W.
        rates
            (owned,) own rates, W/K.
        tolerance_k
            Error allowed in x, K.
        limit
            Most iterations.

        Returns
        -------
        tuple
            Iterations; x, (owned,) K; the sum over this rank of what is left of the residual, W.

        """
        couplings, everywhere = self._couplings, self._network.everywhere
        x, r, z, own, local, brought = self._buffers
        with_ghosts = self._ghosts.array
        p = with_ghosts[: len(x)]
        mine = cg_kernels.start_alone(residual, rates, couplings.sums, r, own, local, x, p)
        rz, worst = _reduced(everywhere(mine, largest_single(p)))
        tolerance_k = max(tolerance_k, LEAST * worst)
        count = 0
        while worst >= tolerance_k and count < limit:
            self._network.update(self._ghosts)
            cg_kernels.bring_all(with_ghosts, *couplings.lists, brought)
            pAp = cg_kernels.multiply(with_ghosts, couplings.table, couplings.link, own, brought, z)
            alpha = np.float32(rz / everywhere(pAp).sum())
            before = rz
            rz, worst = _reduced(everywhere(*descend_by_blocks(x, r, p, z, local, alpha)))
            cg_kernels.search(p, z, np.float32(rz / before))
            count += 1
        return count, x, total(r)


def _reduced(values: NDArray[np.float64]) -> tuple[float, float]:
    """Sum the first and take the largest of the second number of all ranks."""
    return float(values[:, 0].sum()), float(values[:, 1].max())
