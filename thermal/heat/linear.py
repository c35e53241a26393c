"""Conjugate gradients on the correction: the fixed network plus a diagonal, judged in kelvin."""

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
        diagonal: NDArray[np.float64],
        exchange: NDArray[np.float64],
        tolerance_k: float,
        limit: int = 2000,
    ) -> NDArray[np.float64]:
        """Solve J x = residual with the preconditioner prepared for this J.

        Parameters
        ----------
        residual
            (owned,) W; overwritten.
        slope
            (potentials, local) sheet conductances, W/K.
        diagonal
            (owned,) W/K.
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
        before = 1.0
        for _ in range(limit):
            self.precondition.apply(residual, self.z)
            rz, worst = self._reduce(*kernels.dot(residual, self.z))
            if worst < tolerance_k:
                break
            kernels.search(self.p, self.z, residual, rz / before)
            before = rz
            net.update(self._ghosts)
            pAp = kernels.multiply(self.p, net.column, net.coupling, slope, diagonal, self.Ap)
            for links, value in ((net.joints, net.joints.value), (net.exchange, exchange)):
                pAp += kernels.multiply_links(self.p, links.rows, links.start, links.column, value, self.Ap)
            kernels.descend(self.x, residual, self.p, self.Ap, rz / self._sum(pAp))
            self.iterations += 1
        return self.x

    def _sum(self, value: float) -> float:
        return float(self.network.comm.allreduce(value)) if self.network.index is not None else value

    def _reduce(self, total: float, worst: float) -> tuple[float, float]:
        if self.network.index is None:
            return total, worst
        values = self.network.comm.allgather((total, worst))
        return sum(v[0] for v in values), max(v[1] for v in values)
