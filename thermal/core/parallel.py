"""Values of vertices that are spread over ranks, gathered in the order of the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Communicator = Any
"""An mpi4py communicator; its package has no types."""


class OrderedGather:
    """Gathers values of vertices that ranks own; all ranks of the communicator make one together.

    Parameters
    ----------
    comm
        Communicator over which the vertices are spread; None for one process.
    vertex
        (own,) number of each vertex of this rank, counted through all parts; each stands on one rank.

    """

    def __init__(self, comm: Communicator | None, vertex: NDArray[np.int64]) -> None:
        self._comm = comm if comm is not None and comm.size > 1 else None
        numbers = [vertex] if self._comm is None else self._comm.allgather(vertex)
        self._counts, self._order = [len(own) for own in numbers], np.concatenate(numbers)

    @property
    def size(self) -> int:
        """Number of vertices of all ranks."""
        return len(self._order)

    def to_all(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Copy (own,) values into the order of the parts, (size,), whole on every rank."""
        pieces = np.ascontiguousarray(values)
        if self._comm is not None:
            own, pieces = pieces, np.empty(self.size)
            self._comm.Allgatherv(own, (pieces, self._counts))
        return self._in_order(pieces)

    def to_first(self, values: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Copy (own,) values into the order of the parts, (size,), on the first rank; None on the others."""
        pieces = np.ascontiguousarray(values)
        if self._comm is not None:
            own, pieces = pieces, np.empty(self.size)
            self._comm.Gatherv(own, (pieces, self._counts))
            if self._comm.rank:
                return None
        return self._in_order(pieces)

    def _in_order(self, pieces: NDArray[np.float64]) -> NDArray[np.float64]:
        whole = np.empty_like(pieces)
        whole[self._order] = pieces
        return whole
