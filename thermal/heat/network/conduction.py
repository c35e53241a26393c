"""Compiled loops over the couplings between vertices; their form: :mod:`thermal.heat.network.couplings`.

``x`` are temperatures or potentials of all vertices of this rank with ghosts. Rows of the table of parts are
(first, last, capacity law, conductance law, wall, inner, outer, stride).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.core.kernels import fast_kernel
from thermal.heat.model.law import GRID
from thermal.heat.model.look_up import look_up
from thermal.heat.network.enclosures import exchange_in_groups

if TYPE_CHECKING:
    from thermal.core.kernels.types import Floats, Indices, Integers, Singles


@fast_kernel(inline=True)
def flow_on_grid(
    here: Floats,
    next_: Floats,
    before: Floats,
    above: Floats,
    below: Floats,
    to_next: Floats,
    to_before: Floats,
    to_above: Floats,
    to_below: Floats,
    flow: Floats,
) -> None:
    """Add heat from the four neighbours on a grid to ``flow``."""
    for i in range(flow.size):
        t = here[i]
        flow[i] += (
            to_next[i] * (next_[i] - t)
            + to_before[i] * (before[i] - t)
            + to_above[i] * (above[i] - t)
            + to_below[i] * (below[i] - t)
        )


@fast_kernel(inline=True, may_overlap=True)
def flow_within(
    x: Floats, onward: Floats, inner: int, outer: int, stride: int, first: int, last: int, flow: Floats
) -> None:
    """Add to ``flow``, of vertices first to last, what those between inner and outer have from their grid."""
    a, b = max(first, inner), min(last, outer)
    if a < b:
        flow_on_grid(
            x[a:b], x[a + 1 :], x[a - 1 :], x[a + stride :], x[a - stride :],
            onward[0, a:], onward[0, a - 1 :], onward[1, a:], onward[1, a - stride :],
            flow[a - first : b - first],
        )  # fmt: skip


@fast_kernel(inline=True)
def bring(
    x: Singles | Floats,
    rows: Indices,
    start: Integers,
    column: Indices,
    value: Floats,
    brought: Singles | Floats,
) -> None:
    """Add heat through linear links."""
    for row in range(rows.size):
        i = rows[row]
        here, total = x[i], 0.0
        for k in range(start[row], start[row + 1]):
            total += value[k] * (x[column[k]] - here)
        brought[i] += total


@fast_kernel(inline=True)
def clear(rows: Indices, brought: Singles | Floats) -> None:
    """Set ``brought`` to nothing at some vertices; elsewhere it never is anything else."""
    for row in range(rows.size):
        brought[rows[row]] = 0.0


@fast_kernel
def potentials_of(
    T: Floats,
    table: Integers,
    ghost_law: Integers,
    value: Floats,
    integral: Floats,
    potential: Floats,
    slope: Floats,
) -> None:
    """Kirchhoff potentials (W) and sheet conductances (W/K) of all vertices."""
    for q in range(potential.shape[0]):
        for part in range(table.shape[0]):
            first, last, law = table[part, 0], table[part, 1], table[part, 3] + q * GRID.size
            look_up_all(
                T[first:last], value[law:], integral[law:], potential[q, first:last], slope[q, first:last]
            )
        owned = T.size - ghost_law.size
        for k in range(ghost_law.size):
            law = ghost_law[k] + q * GRID.size
            potential[q, owned + k], slope[q, owned + k] = look_up(value[law:], integral[law:], T[owned + k])


@fast_kernel(inline=True)
def look_up_all(T: Floats, value: Floats, integral: Floats, total: Floats, slope: Floats) -> None:
    """Integral and value of one law at many temperatures."""
    for i in range(T.size):
        total[i], slope[i] = look_up(value, integral, T[i])


@fast_kernel(inline=True)
def link_pairs(coupling: Floats, here: Floats, there: Floats, link: Floats | Singles) -> None:
    """Add conductances of pairs, W/K."""
    for i in range(link.size):
        link[i] += coupling[i] * 0.5 * (here[i] + there[i])


@fast_kernel
def link_up(table: Integers, onward: Floats, slope: Floats, link: Floats | Singles) -> None:
    """Conductances onward along the grids, (2, owned) W/K."""
    link[:] = 0.0
    for q in range(slope.shape[0]):
        for part in range(table.shape[0]):
            first, last, stride = table[part, 0], table[part, 1], table[part, 7]
            if stride:
                for d, step in ((0, 1), (1, stride)):
                    link_pairs(
                        onward[q, d, first : last - step], slope[q, first:], slope[q, first + step :],
                        link[d, first : last - step],
                    )  # fmt: skip


@fast_kernel
def link_rest(
    rows: Indices, start: Integers, column: Indices, coupling: Floats, slope: Floats, link: Floats
) -> None:
    """Conductances of couplings outside the grids, W/K."""
    link[:] = 0.0
    for q in range(slope.shape[0]):
        for row in range(rows.size):
            i = rows[row]
            for k in range(start[row], start[row + 1]):
                link[k] += coupling[q, k] * 0.5 * (slope[q, i] + slope[q, column[k]])


@fast_kernel(inline=True)
def add_four(
    to_next: Singles, to_before: Singles, to_above: Singles, to_below: Singles, sums: Floats
) -> None:
    """Add the conductances to the four neighbours on a grid."""
    for i in range(sums.size):
        sums[i] += to_next[i] + to_before[i] + to_above[i] + to_below[i]


@fast_kernel(may_overlap=True)
def add_grid_sums(table: Integers, link: Singles, sums: Floats) -> None:
    """Add what :func:`flow_within` couples each vertex with, W/K."""
    for part in range(table.shape[0]):
        a, b, stride = table[part, 5], table[part, 6], table[part, 7]
        if a < b:
            add_four(link[0, a:], link[0, a - 1 :], link[1, a:], link[1, a - stride :], sums[a:b])


@fast_kernel
def add_sums(rows: Indices, start: Integers, value: Floats, sums: Floats) -> None:
    """Add the conductances of each row, W/K."""
    for row in range(rows.size):
        total = 0.0
        for k in range(start[row], start[row + 1]):
            total += value[k]
        sums[rows[row]] += total


@fast_kernel(inline=True)
def bring_radiation(
    T: Floats,
    members: Indices,
    own: Indices,
    rows: Indices,
    start: Integers,
    column: Indices,
    value: Floats,
    sums: Floats,
    power: Floats,
    brought: Floats,
) -> None:
    """Add heat by radiation between vertices."""
    for k in range(members.size):
        t = T[members[k]]
        power[k] = t * t * t * t
    for row in range(rows.size):
        total = 0.0
        for k in range(start[row], start[row + 1]):
            total += value[k] * power[column[k]]
        brought[rows[row]] += SIGMA * (total - sums[row] * power[own[row]])


@fast_kernel(inline=True)
def bring_in_plane(
    x: Floats, listed: Indices, rest: tuple[Indices, Integers, Indices], coupling: Floats, brought: Floats
) -> None:
    """Write heat by conduction in the plane; arguments as for :func:`bring_heat`."""
    clear(listed, brought)
    for q in range(x.shape[0]):
        bring(x[q], *rest, coupling[q], brought)


@fast_kernel
def bring_heat(
    T: Floats,
    x: Floats,
    listed: Indices,
    rest: tuple[Indices, Integers, Indices],
    coupling: Floats,
    joints: tuple[Indices, Integers, Indices, Floats],
    radiative: tuple[Indices, Indices, Indices, Integers, Indices, Floats, Floats, Floats],
    enclosures: tuple[Integers, Integers, Floats, Floats, Floats, Floats],
    brought: Floats,
) -> None:
    """Write all heat that lists of couplings bring.

    Parameters
    ----------
    T
        (local,) K.
    listed
        Vertices that the lists name.
    x, rest, coupling
        Potentials (potentials, local), and couplings of the plane: rows, start, column, and the couplings
        (potentials, couplings).
    joints, radiative, enclosures
        What :func:`bring`, :func:`bring_radiation` and
        :func:`thermal.heat.network.enclosures.exchange_in_groups` take.
    brought
        (owned,) W.

    """
    bring_in_plane(x, listed, rest, coupling, brought)
    bring(T, *joints, brought)
    bring_radiation(T, *radiative, brought)
    exchange_in_groups(T, *enclosures, brought)


@fast_kernel
def linearise_radiation(
    T: Floats,
    members: Indices,
    own: Indices,
    rows: Indices,
    start: Integers,
    column: Indices,
    value: Floats,
    root: Floats,
    conductance: Floats,
    sums: Floats,
) -> None:
    """Write T^1.5 of the members and the sum of equivalent conductances of each row, and add it, W/K."""
    for k in range(members.size):
        t = T[members[k]]
        root[k] = t * np.sqrt(t)
    for row in range(rows.size):
        total = 0.0
        for k in range(start[row], start[row + 1]):
            total += value[k] * root[column[k]]
        conductance[row] = 4.0 * SIGMA * root[own[row]] * total
        sums[rows[row]] += conductance[row]


@fast_kernel(inline=True)
def bring_linearised(
    x: Singles | Floats,
    members: Indices,
    own: Indices,
    rows: Indices,
    start: Integers,
    column: Indices,
    value: Floats,
    root: Floats,
    conductance: Floats,
    rooted: Floats,
    brought: Singles | Floats,
) -> None:
    """Add heat through the equivalent conductances 4 sigma value (T_i T_j)^1.5."""
    for k in range(members.size):
        rooted[k] = root[k] * x[members[k]]
    for row in range(rows.size):
        i = rows[row]
        total = 0.0
        for k in range(start[row], start[row + 1]):
            total += value[k] * rooted[column[k]]
        brought[i] += 4.0 * SIGMA * root[own[row]] * total - conductance[row] * x[i]
