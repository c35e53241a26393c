"""Conjugate gradients on the correction, judged in kelvin.

The matrix is the fixed network plus a diagonal. The usual residual norm is not the error: on fine cold meshes
smooth errors are tens of times larger. The local rate bounds it: with couplings that form an M-matrix,
max |error| <= max |residual / local|.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.heat import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.network import Network
    from thermal.heat.precondition import Preconditioner


class ConjugateGradients:
    """Preconditioned conjugate gradients with buffers of their own.

    Parameters
    ----------
    network
        Couplings of this rank.
    precondition
        Approximate inverse.

    """

    def __init__(self, network: Network, precondition: Preconditioner) -> None:
        self.network, self.precondition = network, precondition
        self.p, self._ghosts = network.vector()
        self.x, self.z, self.Ap = (np.zeros(network.owned) for _ in range(3))
        self.iterations = 0

    def solve(
        self,
        residual: NDArray[np.float64],
        slope: NDArray[np.float64],
        local: NDArray[np.float64],
        diagonal: NDArray[np.float64],
        exchange: NDArray[np.float64],
        tolerance_k: float,
        limit: int = 2000,
    ) -> NDArray[np.float64]:
        """Solve J x = residual.

        Parameters
        ----------
        residual
            (owned,) W; overwritten.
        slope
            (potentials, local) sheet conductances, W/K.
        local, diagonal
            (owned,) own rate and whole diagonal, W/K.
        exchange
            Linearised radiative couplings, W/K, in the order of the network's links.
        tolerance_k
            Error allowed in x, K.
        limit
            Most iterations.

        Returns
        -------
        numpy.ndarray
            (owned,) K; the solver's own buffer.

        """
        net = self.network
        self.x[:] = 0.0
        self.p[:] = 0.0
        self.precondition.prepare(slope, local, diagonal)
        worst = self._largest(kernels.descend(self.x, residual, self.Ap, self.Ap, local, 0.0))
        before = 1.0
        for _ in range(limit):
            if worst < tolerance_k:
                break
            self.precondition.apply(residual, self.z)
            rz = self._sum(kernels.dot(residual, self.z))
            kernels.search(self.p, self.z, residual, rz / before)
            before = rz
            net.update(self._ghosts)
            pAp = kernels.multiply(self.p, net.column, net.coupling, slope, diagonal, self.Ap)
            for links, value in ((net.joints, net.joints.value), (net.exchange, exchange)):
                pAp += kernels.multiply_links(self.p, links.rows, links.start, links.column, value, self.Ap)
            alpha = rz / self._sum(pAp)
            worst = self._largest(kernels.descend(self.x, residual, self.p, self.Ap, local, alpha))
            self.iterations += 1
        return self.x

    def _sum(self, value: float) -> float:
        return float(self.network.comm.allreduce(value)) if self.network.index is not None else value

    def _largest(self, value: float) -> float:
        return float(max(self.network.comm.allgather(value))) if self.network.index is not None else value
