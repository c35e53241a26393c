"""The couplings of a network in the form that loops take.

Most vertices lie on grids: their four couplings are streamed, each pair of neighbours standing once. What is
not of that form (edges of grids, seams of tubes, other meshes, neighbours on other ranks) is a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.model.law import GRID
from thermal.heat.network import conduction
from thermal.heat.network.enclosures import Enclosures
from thermal.heat.network.links import Links, RadiativeLinks, joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.network.build import Network

ENOUGH: Final = 0.5
"""Share of a part's vertices that must have a neighbour one stride on for it to count as a grid."""


class Couplings:
    """In-plane couplings, joints and radiative exchange of the owned vertices.

    Parameters
    ----------
    network
        The discrete model.
    part
        (local,) part of each vertex.
    uneven
        (owned,) whether the wall has a resistance.

    Attributes
    ----------
    table
        (parts here, 8) first and last vertex, where the laws of capacity and conductance start in their
        tables, whether walls have a resistance, first and last vertex whose couplings are streamed, and the
        distance between neighbours across the grid.
    onward
        (potentials, 2, owned) couplings to the next vertex and to that one stride on.
    link
        (2, owned) conductances of the same pairs in the linear system, W/K, in single precision: what solves
        that system is a correction.
    even
        (1, 2, owned) the same in double precision where conductances do not depend on temperature.
    sums
        (owned,) all conductances of each vertex in the linear system, W/K.
    links
        (owned,) those of joints and exchange alone, W/K.
    radiative
        Exchange but for that within enclosures, as the linear system takes it.
    lists
        What :func:`thermal.heat.solver.cg_kernels.bring_all` takes.
    brought
        (owned,) what lists of couplings brought last, W.

    """

    def __init__(self, network: Network, part: NDArray[np.int32], uneven: NDArray[np.bool_]) -> None:
        owned, potentials = network.owned, len(network.coupling)
        present = network.coupling.sum(axis=0) > 0.0
        offset = network.column.astype(np.int64) - np.arange(owned)[:, None]
        self.onward = np.zeros((potentials, 2, owned))
        streamed = np.zeros_like(present)
        rows = []
        for k in np.unique(part[:owned]):
            first, last = (int(v) for v in np.searchsorted(part[:owned], [k, k + 1]))
            here = slice(first, last)
            inside = present[here] & (network.column[here] >= first) & (network.column[here] < last)
            stride = _stride(offset[here][inside], last - first)
            inner, outer = (first + stride, last - stride) if stride else (first, first)
            laws = k * GRID.size, k * potentials * GRID.size
            rows.append([first, last, *laws, uneven[here].any(), inner, max(inner, outer), stride])
            for d, step in enumerate((1, stride) if stride else ()):
                hit = inside & (offset[here] == step)
                self.onward[:, d, here] = np.where(hit, network.coupling[:, here], 0.0).sum(axis=2)
            reached = slice(inner, max(inner, outer))
            streamed[reached] = np.isin(np.abs(offset[reached]), (1, stride))
            streamed[reached] &= (network.column[reached] >= first) & (network.column[reached] < last)
        self.table = np.array(rows, np.int64).reshape(-1, 8)
        self.ghost_law = part[owned:].astype(np.int64) * potentials * GRID.size
        left = present & ~streamed
        self.rest = Links.of(np.nonzero(left)[0], network.column[left], np.zeros(int(left.sum())))
        self._rest_coupling = np.ascontiguousarray(network.coupling[:, left])
        self.joints = network.joints
        self.enclosures = Enclosures(network.exchange, part)
        between = network.exchange.only(~self.enclosures.found)
        self.radiative = among = RadiativeLinks(between)
        if len(network.faced.rows):
            # Between faces the balance takes exchange by itself; its linear system does not tell faces apart.
            self.radiative = RadiativeLinks(joined(between, network.faced))
        self.link, self.even = np.zeros((2, owned), np.float32), np.zeros((1, 2, owned))
        self.sums, self.links = np.zeros(owned), np.zeros(owned)
        listed = self.rest.rows, self.joints.rows, self.radiative.rows, self.enclosures.vertex.ravel()
        self._listed = np.unique(np.concatenate(listed)).astype(np.uint32)
        self.brought = np.zeros(owned)
        self._rest = self.rest.rows, self.rest.start, self.rest.column
        self._others = self.joints.terms, among.terms, self.enclosures.terms
        self._plane_alone = not len(network.joints.rows) and not len(network.exchange.rows)
        self.lists = (
            self._listed,
            self.rest.terms,
            self.joints.terms,
            self.radiative.linearised,
            self.enclosures.linearised,
        )

    def take_for_good(self, T: NDArray[np.float64], slope: NDArray[np.float64]) -> None:
        """Do what :meth:`take` does for conductances that do not depend on temperature."""
        conduction.link_up(self.table, self.onward, slope, self.even[0])
        self.take(T, slope)

    def take(self, T: NDArray[np.float64], slope: NDArray[np.float64]) -> None:
        """Take conductances at temperatures (local,) K and sheet conductances (potentials, local) W/K."""
        rest, joints = self.rest, self.joints
        conduction.link_up(self.table, self.onward, slope, self.link)
        conduction.link_rest(rest.rows, rest.start, rest.column, self._rest_coupling, slope, rest.value)
        self.links[:] = 0.0
        conduction.add_sums(joints.rows, joints.start, joints.value, self.links)
        self.radiative.linearise(T, self.links)
        self.enclosures.linearise(T, self.links)
        self.sums[:] = self.links
        conduction.add_grid_sums(self.table, self.link, self.sums)
        conduction.add_sums(rest.rows, rest.start, rest.value, self.sums)

    def bring(self, T: NDArray[np.float64], potential: NDArray[np.float64] | None) -> NDArray[np.float64]:
        """Heat through all that is listed: :attr:`brought`.

        Where there are no potentials, conductances in the plane are those taken last.
        """
        plane = (T[None], self.rest.value[None]) if potential is None else (potential, self._rest_coupling)
        if self._plane_alone:
            conduction.bring_in_plane(plane[0], self._listed, self._rest, plane[1], self.brought)
        else:
            conduction.bring_heat(
                T, plane[0], self._listed, self._rest, plane[1], *self._others, self.brought
            )
        return self.brought


def _stride(offset: NDArray[np.int64], count: int) -> int:
    """Return the most common distance above 1 between neighbours of a part, 0 where it is no grid."""
    distances, hits = np.unique(offset[offset > 1], return_counts=True)
    if not len(hits) or hits.max() < ENOUGH * count:
        return 0
    return int(distances[hits.argmax()])
