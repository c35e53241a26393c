"""The whole Jacobian of the steady balance, factorised: Newton's correction without an iteration inside.

In a steady balance bodies that lose next to nothing stand beside couplings of 10 kW/K, and the vertices' own
rates say little about the error of a level. A sparse factorisation in double precision knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from thermal.core.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.heat.solver.evaluation import LENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.network.build import Network
    from thermal.heat.network.links import Links

ROUNDING: Final = 1e-15
"""Of its couplings: what a body must lose for its level to count as held by that."""

_Entries = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.float64]"]


def newton_correction(
    network: Network,
    T: NDArray[np.float64],
    slope: NDArray[np.float64],
    local: NDArray[np.float64],
    residual: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Solve J x = residual, J the derivative of what leaves every vertex.

    Parameters
    ----------
    network
        The discrete model; all ranks call this together, and the first one factorises.
    T
        (local,) K.
    slope
        (potentials, local) sheet conductances at T, W/K.
    local
        (owned,) derivative of what a vertex gives off outside the model, W/K.
    residual
        (owned,) W.

    Returns
    -------
    numpy.ndarray
        (owned,) K. A body whose level is held by nothing is lent a share of its couplings.

    """
    comm, mine = network.comm, network.vertex[: network.owned]
    pieces = comm.gather((*_jacobian(network, T, slope, local), mine, residual))
    x = None
    if pieces is not None:
        row, column, value, vertex, whole = (np.concatenate(arrays) for arrays in zip(*pieces, strict=True))
        right = np.empty(len(vertex))
        right[vertex] = whole
        x = _solve(csc_array((value, (row, column)), shape=(len(vertex),) * 2), right)
    answer: NDArray[np.float64] = comm.bcast(x)[mine]
    return answer


def _solve(matrix: csc_array, right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve by a sparse factorisation; not a number where the matrix is singular."""
    try:
        x: NDArray[np.float64] = splu(matrix + _held(matrix)).solve(right)
    except RuntimeError:  # SuperLU's word for a singular matrix
        return np.full(len(right), np.nan)
    return x


def _held(matrix: csc_array) -> csc_array:
    """Hold one vertex of every body whose level is held by nothing, by a share of its couplings."""
    loss = np.asarray(matrix.sum(axis=0)).ravel()
    diagonal = matrix.diagonal()
    bodies, body = connected_components(matrix, directed=False)
    free = np.bincount(body, loss, bodies) <= ROUNDING * np.bincount(body, diagonal, bodies)
    first = np.unique(body, return_index=True)[1][free]
    return csc_array((LENT * diagonal[first], (first, first)), shape=matrix.shape)


def _jacobian(
    network: Network, T: NDArray[np.float64], slope: NDArray[np.float64], local: NDArray[np.float64]
) -> _Entries:
    """Rows of the owned vertices: numbers of row and column, W/K."""
    owned, vertex = network.owned, network.vertex
    every = np.arange(owned)
    entries: list[_Entries] = [(vertex[:owned], vertex[:owned], local)]
    for coupling, conductance in zip(network.coupling, slope, strict=True):
        row = np.repeat(every, coupling.shape[1])
        entries += _exchange(vertex, row, network.column.ravel(), coupling.ravel(), conductance)
    for links, rate in (
        (network.joints, np.ones_like(T)),
        (network.exchange, 4.0 * SIGMA * T**3),
        (network.faced, 4.0 * SIGMA * T**3),
    ):
        entries += _exchange(vertex, _rows(links), links.column, links.value, rate)
    row, column, value = (np.concatenate(arrays) for arrays in zip(*entries, strict=True))
    return row, column, value


def _exchange(
    vertex: NDArray[np.int64],
    row: NDArray[np.integer],
    column: NDArray[np.integer],
    value: NDArray[np.float64],
    rate: NDArray[np.float64],
) -> list[_Entries]:
    """Differentiate flows ``value (p_row - p_column)`` of potentials p whose derivative by T is ``rate``."""
    here, there = vertex[row], vertex[column]
    return [(here, here, value * rate[row]), (here, there, -value * rate[column])]


def _rows(links: Links) -> NDArray[np.integer]:
    return np.repeat(links.rows, np.diff(links.start))
