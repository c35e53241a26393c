"""A temperature field boiled down to the few numbers a series keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.core.parallel import Communicator
    from thermal.results.layout.mesh import JointMesh, Place


class Digest:
    """Minimum, mean and maximum of every part, then the value at every probe.

    Parameters
    ----------
    mesh
        The joint mesh, whose areas weigh the mean.
    places
        The probes.
    vertex
        Number in the joint mesh of each value that will be given, (own,); by default all in order.
    comm
        Communicator over which the vertices are spread, None for one process.

    """

    def __init__(
        self,
        mesh: JointMesh,
        places: Sequence[Place],
        vertex: NDArray[np.int64] | None = None,
        comm: Communicator | None = None,
    ) -> None:
        own = np.arange(len(mesh.points)) if vertex is None else vertex
        self._comm = comm if comm is not None and comm.size > 1 else None
        self._parts: list[tuple[NDArray[np.intp], NDArray[np.float64]]] = []
        for name in mesh.names:
            piece = mesh.vertices(name)
            held = np.flatnonzero((own >= piece.start) & (own < piece.stop))
            self._parts.append((held, mesh.area[own[held]] / mesh.area[piece].sum()))
        self._probes: list[tuple[NDArray[np.intp], NDArray[np.float64]]] = []
        for place in places:
            held = np.flatnonzero(np.isin(own, place.vertices))
            weight = {int(n): float(w) for n, w in zip(place.vertices, place.weights, strict=True)}
            self._probes.append((held, np.array([weight[int(n)] for n in own[held]])))

    def __call__(self, temperature: NDArray[np.float64]) -> NDArray[np.float64]:
        """Boil down.

        Parameters
        ----------
        temperature
            Values at the vertices named at the start, (own,), K.

        Returns
        -------
        numpy.ndarray
            (3 parts + probes,); the same on all ranks.

        """
        pieces = [temperature[held] for held, _ in self._parts]
        low = np.array([piece.min(initial=np.inf) for piece in pieces])
        high = np.array([piece.max(initial=-np.inf) for piece in pieces])
        sums = np.array(
            [
                *(weight @ piece for piece, (_, weight) in zip(pieces, self._parts, strict=True)),
                *(weight @ temperature[held] for held, weight in self._probes),
            ]
        )
        if self._comm is not None:
            low, high, sums = _across_ranks(self._comm, low, high, sums)
        count = len(self._parts)
        return np.concatenate([np.stack([low, sums[:count], high], axis=1).ravel(), sums[count:]])


def _across_ranks(
    comm: Communicator, low: NDArray[np.float64], high: NDArray[np.float64], sums: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    from mpi4py import MPI

    return (
        _reduced(comm, low, MPI.MIN),
        _reduced(comm, high, MPI.MAX),
        _reduced(comm, sums, MPI.SUM),
    )


def _reduced(comm: Communicator, values: NDArray[np.float64], operation: Any) -> NDArray[np.float64]:
    total = np.empty_like(values)
    comm.Allreduce(values, total, op=operation)
    return total
