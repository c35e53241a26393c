"""Conjugate gradients on the correction: fixed couplings plus a diagonal, judged in kelvin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.solver import cg_kernels
from thermal.heat.solver.distributed_cg import SpreadGradients
from thermal.heat.vectors import dot, largest, total

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.network.build import Network
    from thermal.heat.network.couplings import Couplings
    from thermal.heat.solver.preconditioner import Preconditioner

NOTHING: Final = np.zeros(0)


class ConjugateGradients:
    """Preconditioned conjugate gradients with buffers of their own.

    Parameters
    ----------
    network
        The discrete model.
    couplings
        Its couplings, whose conductances are taken as they stand.
    precondition
        Approximate inverse.

    """

    def __init__(self, network: Network, couplings: Couplings, precondition: Preconditioner) -> None:
        self.network, self.couplings, self.precondition = network, couplings, precondition
        self.p, self._ghosts = network.vector()
        self.x, self.z, self.Ap = (np.zeros(network.owned) for _ in range(3))
        self._single = tuple(np.zeros(network.owned, np.float32) for _ in range(7))
        self._spread: SpreadGradients | None = None
        if network.index is not None and all(network.comm.allgather(precondition.plain)):
            self._spread = SpreadGradients(network, couplings)
        self.iterations = 0

    def solve(
        self,
        residual: NDArray[np.float64],
        local: NDArray[np.float64],
        tolerance_k: float,
        limit: int = 2000,
        begun: NDArray[np.float64] | None = None,
    ) -> tuple[NDArray[np.floating], float]:
        """Solve J x = residual with the preconditioner prepared for this J.

        Parameters
        ----------
        residual
            (owned,) W; may be overwritten.
        local
            (owned,) own rates, W/K.
        tolerance_k
            Error allowed in x, K.
        limit
            Most iterations.
        begun
            (owned,) what the preconditioner makes of the residual, K, where that is known.

        Returns
        -------
        tuple
            x, (owned,) K, in the solver's own buffer; and the sum over this rank of what is left of the
            residual, W.

        """
        net, couplings = self.network, self.couplings
        if net.index is None and self.precondition.plain:
            count, left = cg_kernels.solve_alone(
                residual, local, couplings.sums, self._single, couplings.table, couplings.link,
                couplings.lists, tolerance_k, limit,
            )  # fmt: skip
            self.iterations += count
            return self._single[0], left
        if self._spread is not None:
            count, x, left = self._spread.solve(residual, local, tolerance_k, limit)
            self.iterations += count
            return x, left
        if self.precondition.alone is not None:
            buffers = self.x, self.p, self.z, self.Ap, couplings.brought
            count, left = cg_kernels.solve_prepared(
                residual, local, NOTHING if begun is None else begun, buffers, self.precondition.alone,
                couplings.table, couplings.link, couplings.lists, tolerance_k, limit,
            )  # fmt: skip
            self.iterations += count
            return self.x, left
        self._solve_with_others(residual, local, tolerance_k, limit, begun)
        return self.x, total(residual)

    def _solve_with_others(
        self,
        residual: NDArray[np.float64],
        local: NDArray[np.float64],
        tolerance_k: float,
        limit: int,
        begun: NDArray[np.float64] | None,
    ) -> None:
        """Iterate with any preconditioner, on several ranks or with several sheets."""
        couplings = self.couplings
        self.x[:] = 0.0
        self.p[:] = 0.0
        before, farther = 1.0, 0.0
        for count in range(limit):
            if count == 0 and begun is not None:
                self.z[:] = begun
            else:
                self.precondition.apply(residual, self.z)
            rz, worst = self._reduce(dot(residual, self.z), largest(self.z))
            if worst < tolerance_k or not rz < np.inf:
                break
            cg_kernels.search(self.p, self.z, rz / before)
            before = rz
            self.network.update(self._ghosts)
            cg_kernels.bring_all(self.p, *couplings.lists, couplings.brought)
            pAp = self._sum(
                cg_kernels.multiply(
                    self.p, couplings.table, couplings.link, local, couplings.brought, self.Ap
                )
            )
            if not pAp > 0.0:  # nothing holds the level of what is left
                break
            cg_kernels.descend(self.x, residual, self.p, self.Ap, rz / pAp)
            self.iterations += 1
            if worst * worst < cg_kernels.SURE * tolerance_k * farther:
                break
            farther = worst

    def _sum(self, value: float) -> float:
        return float(self.network.everywhere(value).sum())

    def _reduce(self, total: float, worst: float) -> tuple[float, float]:
        values = self.network.everywhere(total, worst)
        return float(values[:, 0].sum()), float(values[:, 1].max())
