"""Conjugate gradients on the correction: the fixed network plus a diagonal, judged in kelvin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.heat import sweeps

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
        link: NDArray[np.float64],
        local: NDArray[np.float64],
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
        link
            (owned, width) conductances between neighbours, W/K.
        local, diagonal
            (owned,) own rates, and with all couplings, W/K.
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
        joints = (net.joints.rows, net.joints.start, net.joints.column)
        radiative = (net.exchange.rows, net.exchange.start, net.exchange.column, exchange)
        if net.index is None and self.precondition.plain:
            self.iterations += sweeps.solve_alone(
                self.x, residual, self.p, self.Ap, local, net.column, link, diagonal,
                (*joints, net.joints.value), radiative, tolerance_k, limit,
            )  # fmt: skip
            return self.x
        self.x[:] = 0.0
        self.p[:] = 0.0
        before = 1.0
        for _ in range(limit):
            self.precondition.apply(residual, self.z)
            rz, worst = self._reduce(*sweeps.dot(residual, self.z))
            if worst < tolerance_k:
                break
            sweeps.search(self.p, self.z, residual, rz / before)
            before = rz
            net.update(self._ghosts)
            pAp = sweeps.multiply(self.p, net.column, link, diagonal, self.Ap)
            for links in ((*joints, net.joints.value), radiative):
                if len(links[0]):
                    pAp += sweeps.multiply_links(self.p, *links, self.Ap)
            sweeps.descend(self.x, residual, self.p, self.Ap, rz / self._sum(pAp))
            self.iterations += 1
        total, rates = net.everywhere(*sweeps.level(self.x, residual, local)).sum(axis=0)
        self.x += total / rates
        return self.x

    def _sum(self, value: float) -> float:
        return float(self.network.everywhere(value).sum())

    def _reduce(self, total: float, worst: float) -> tuple[float, float]:
        values = self.network.everywhere(total, worst)
        return float(values[:, 0].sum()), float(values[:, 1].max())
