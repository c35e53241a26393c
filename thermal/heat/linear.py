"""Conjugate gradients on the correction, judged in kelvin.

The matrix is the fixed network plus a diagonal. The usual residual norm is not the error: on fine cold meshes
smooth errors are tens of times larger. The local rate bounds it: with couplings that form an M-matrix,
max |error| <= max |residual / local|.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thermal.heat import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.network import Network


class ConjugateGradients:
    """Jacobi-preconditioned conjugate gradients with buffers of their own.

    Parameters
    ----------
    network
        Couplings of this rank.

    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.p, self._ghosts = network.vector()
        self.x, self.Ap = np.zeros(network.owned), np.zeros(network.owned)
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
        rz, worst = self._reduce(*kernels.descend(self.x, residual, self.Ap, self.Ap, diagonal, local, 0.0))
        beta = 0.0
        for _ in range(limit):
            if worst < tolerance_k:
                break
            kernels.search(self.p, residual, diagonal, beta)
            net.update(self._ghosts)
            pAp = kernels.multiply(self.p, net.column, net.coupling, slope, diagonal, self.Ap)
            for links, value in ((net.joints, net.joints.value), (net.exchange, exchange)):
                pAp += kernels.multiply_links(self.p, links.rows, links.start, links.column, value, self.Ap)
            alpha = rz / self._sum(pAp)
            after, worst = self._reduce(
                *kernels.descend(self.x, residual, self.p, self.Ap, diagonal, local, alpha)
            )
            beta, rz = after / rz, after
            self.iterations += 1
        return self.x

    def _sum(self, value: float) -> float:
        return float(self.network.comm.allreduce(value)) if self.network.index is not None else value

    def _reduce(self, rz: float, worst: float) -> tuple[float, float]:
        if self.network.index is None:
            return rz, worst
        values: list[Any] = self.network.comm.allgather((rz, worst))
        return sum(v[0] for v in values), max(v[1] for v in values)
