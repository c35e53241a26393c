"""From surfaces to a network of couplings between the vertices this rank owns.

dolfinx distributes the mesh and assembles the directional stiffness matrices once; their off-diagonal entries
are couplings in the sense of a thermal network, and so are joints and radiative exchange. Everything that
changes in time is diagonal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from materials.problems import Problem
from thermal.core import dolfinx_api
from thermal.core.errors import CaseError
from thermal.heat.model.conductor import Conductors, merge
from thermal.heat.model.face_exchange import FaceExchange, couplings_of
from thermal.heat.network.links import Links
from thermal.heat.network.partition import share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpi4py import MPI
    from numpy.typing import NDArray

    from thermal.heat.model.part import Part


TOLERATED = 0.02
"""Of the strongest coupling of a vertex: a negative one below it is left out."""


@dataclass(frozen=True)
class Network:
    """The discrete model of this rank.

    Parameters
    ----------
    comm
        MPI communicator.
    owned
        Number of vertices owned here; they come first in local arrays, ghosts follow.
    vertex
        (local,) number of each local vertex, counted through all parts in order.
    column, coupling
        (owned, width) neighbours and (potentials, owned, width) in-plane couplings: times a sheet conductance
        in W/K they are W/K; not negative, padded with zero couplings to the vertex itself.
    joints, exchange, faced
        Linear (W/K) and radiative (m2) couplings, and (m2) those between faces.
    index
        dolfinx index map, or None on one rank.

    """

    comm: MPI.Intracomm
    owned: int
    vertex: NDArray[np.int64]
    column: NDArray[np.uint32]
    coupling: NDArray[np.float64]
    joints: Links
    exchange: Links
    faced: Links
    index: Any

    def vector(self) -> tuple[NDArray[np.float64], Any]:
        """Return a local array with ghosts, and what its :meth:`update` needs."""
        if self.index is None:
            return np.zeros(self.owned), None
        vector = dolfinx_api.distributed_vector(self.index)
        return vector.array, vector

    def everywhere(self, *values: float) -> NDArray[np.float64]:
        """Numbers of all ranks, (ranks, numbers)."""
        mine = np.array(values, np.float64)
        if self.index is None:
            return mine[None]
        all_of_them = np.empty((self.comm.size, len(mine)))
        self.comm.Allgather(mine, all_of_them)
        return all_of_them

    @staticmethod
    def update(handle: Any) -> None:
        """Fetch the ghosts of an array made by :meth:`vector` from the ranks that own them."""
        if handle is not None:
            handle.scatter_forward()


def build_network(
    parts: Sequence[Part],
    joints: Sequence[Conductors],
    exchange: Sequence[Conductors],
    comm: MPI.Intracomm,
    *,
    separate_laws: bool,
    faced: Sequence[FaceExchange] = (),
) -> Network:
    """Discretise parts with linear elements and add the couplings between them.

    Parameters
    ----------
    parts
        Parts in the order in which their vertices are counted.
    joints, exchange
        Linear and radiative couplings.
    comm
        MPI communicator.
    separate_laws
        Whether warp and weft need potentials of their own, because their conductances do not keep one ratio
        over temperature. Otherwise the weft's constant ratio is folded into one matrix.
    faced
        What faces send each other.

    Raises
    ------
    CaseError
        Where a mesh has obtuse angles enough to make a coupling negative: the solution could oscillate.

    """
    offsets = np.cumsum([0, *(len(part.surface.points) for part in parts)])
    points = np.concatenate([part.surface.rest_points for part in parts])
    triangles = np.concatenate(
        [part.surface.triangles + o for part, o in zip(parts, offsets[:-1], strict=True)]
    )
    here = comm.rank == 0
    domain = dolfinx_api.create_surface_mesh(
        comm, points if here else points[:0], triangles if here else triangles[:0]
    )
    cells = domain.topology.original_cell_index
    layers = np.sqrt(np.concatenate([part.triangle_layers for part in parts]))[cells, None]
    fields = [
        np.concatenate([getattr(part.surface, d) for part in parts])[cells] * layers for d in ("warp", "weft")
    ]
    if not separate_laws:
        ratio = np.concatenate(
            [
                np.full(len(p.surface.triangles), p.conductance[1].values[0] / p.conductance[0].values[0])
                for p in parts
            ]
        )
        fields[1] = fields[1] * np.sqrt(ratio[cells])[:, None]
    space, matrices = dolfinx_api.assemble_stiffness(domain, fields)
    dofmap = space.dofmap
    owned = dofmap.index_map.size_local
    vertex = dolfinx_api.given_vertices(domain, space)

    everything = np.concatenate(comm.allgather(vertex[:owned]))
    triplets = [_couplings(matrix, vertex[:owned], everything) for matrix in matrices]
    if not separate_laws:
        triplets = [_sum(triplets)]
    _refuse_negative(triplets, parts, offsets)
    owner = share_out(parts, comm.size)
    triplets = [_sent(rows, owner, comm) for rows in triplets]
    mine = owner == comm.rank
    links = [_of_rows(found, mine) for found in (merge(*joints), merge(*exchange), couplings_of(faced))]

    own = np.flatnonzero(mine)
    order = np.argsort(owner, kind="stable")
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    needed = np.unique(np.concatenate([t[1] for t in (*triplets, *links)]))
    ghosts = np.sort(number[needed[~mine[needed]]])
    local = np.concatenate([own, order[ghosts]])
    place = np.full(len(order), -1, np.int64)
    place[local] = np.arange(len(local))
    column, coupling = _padded([(place[r], place[c], v) for r, c, v in triplets], len(own))
    listed = [Links.of(place[rows], place[columns], values) for rows, columns, values in links]
    return Network(
        comm=comm,
        owned=len(own),
        vertex=local,
        column=column,
        coupling=coupling,
        joints=listed[0],
        exchange=listed[1],
        faced=listed[2],
        index=None if comm.size == 1 else dolfinx_api.index_map(comm, len(own), ghosts, owner[order[ghosts]]),
    )


_Triplets = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.float64]"]


def _couplings(matrix: Any, owned: NDArray[np.int64], everything: NDArray[np.int64]) -> _Triplets:
    """Off-diagonal entries of the owned rows, sign turned, as vertex numbers and values.

    ``owned`` are the vertices of this rank, ``everything`` those of all ranks in the order of dolfinx.
    """
    start = matrix.indptr[: len(owned) + 1]
    row = owned[np.repeat(np.arange(len(owned)), np.diff(start))]
    column = everything[matrix.index_map(1).local_to_global(matrix.indices[: start[-1]])]
    value = -matrix.data[: start[-1]]
    keep = (row != column) & (np.abs(value) > 1e-12 * np.abs(matrix.data).max())
    return row[keep], column[keep], value[keep]


def _sent(triplets: _Triplets, owner: NDArray[np.int64], comm: MPI.Intracomm) -> _Triplets:
    """Bring rows from the ranks that assembled them to those that own them."""
    if comm.size == 1:
        return triplets
    to = owner[triplets[0]]
    pieces = comm.alltoall([[array[to == rank] for array in triplets] for rank in range(comm.size)])
    rows, columns, values = (np.concatenate([piece[k] for piece in pieces]) for k in range(3))
    return rows, columns, values


def _of_rows(triplets: _Triplets, kept: NDArray[np.bool_]) -> _Triplets:
    """Keep the entries of some rows."""
    rows, columns, values = triplets
    keep = kept[rows]
    return rows[keep], columns[keep], values[keep]


def _sum(triplets: Sequence[_Triplets]) -> _Triplets:
    """Add matrices given as triplets."""
    rows, columns, values = (np.concatenate([t[k] for t in triplets]) for k in range(3))
    pairs, inverse = np.unique(np.stack([rows, columns], 1), axis=0, return_inverse=True)
    total = np.asarray(np.bincount(inverse.ravel(), values, len(pairs)), np.float64)
    return pairs[:, 0], pairs[:, 1], total


def _refuse_negative(
    triplets: Sequence[_Triplets], parts: Sequence[Part], offsets: NDArray[np.int64]
) -> None:
    """Raise where a coupling is negative beyond what can be left out."""
    for rows, _, values in triplets:
        largest = np.zeros(offsets[-1])
        np.maximum.at(largest, rows, values)
        wrong = np.flatnonzero(values < -TOLERATED * largest[rows])
        if len(wrong):
            part = parts[int(np.searchsorted(offsets, rows[wrong[0]], side="right")) - 1]
            raise CaseError(
                Problem(
                    "obtuse-mesh",
                    part.name,
                    f"the mesh of {part.name!r} has obtuse triangles: the temperature could oscillate",
                    "give a mesh of right or acute triangles",
                )
            )


def _padded(triplets: Sequence[_Triplets], owned: int) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    """Bring matrices to one pattern of fixed width (ELLPACK), padded with zero couplings."""
    keys = np.unique(np.concatenate([r * (1 << 32) + c for r, c, _ in triplets]))
    row, column = keys >> 32, keys & 0xFFFFFFFF
    slot = np.arange(len(keys)) - np.searchsorted(row, row)
    width = int(slot.max(initial=0)) + 1
    columns = np.repeat(np.arange(owned, dtype=np.uint32)[:, None], width, axis=1)
    columns[row, slot] = column
    values = np.zeros((len(triplets), owned, width))
    for q, (r, c, v) in enumerate(triplets):
        at = np.searchsorted(keys, r * (1 << 32) + c)
        values[q, row[at], slot[at]] = np.maximum(v, 0.0)
    return columns, values


def grid_coupling(network: Network, grid: NDArray[np.int64], direction: int) -> NDArray[np.float64]:
    """Couplings from every vertex of a grid of local vertices to the next in a direction.

    The last couples to the first; vertices of other ranks stand as -1 and have no couplings.

    Returns
    -------
    numpy.ndarray
        (potentials, rows, columns), to be multiplied by a sheet conductance in W/K.

    """
    following = np.roll(grid, -1, axis=direction)
    here = (grid >= 0) & (following >= 0)
    a, b = grid[here], following[here]
    hit = network.column[a] == b[:, None]
    everywhere = np.zeros((len(network.coupling), *grid.shape))
    everywhere[:, here] = np.where(hit[None], network.coupling[:, a], 0.0).sum(axis=2)
    return everywhere
