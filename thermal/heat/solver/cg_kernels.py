"""Compiled loops of the linear solver: products, directions, and whole solves on one rank.

Arrays run over owned vertices unless said otherwise; the search direction has ghosts. Units are W/K a vertex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thermal.core.kernels import fast_kernel
from thermal.heat.network.conduction import bring, bring_linearised, clear
from thermal.heat.network.enclosures import bring_by_means
from thermal.heat.solver.evaluation import LENT
from thermal.heat.solver.preconditioner import approximate
from thermal.heat.vectors import BLOCK, dot, largest, largest_single, total

if TYPE_CHECKING:
    from thermal.core.kernels.types import Floats, Indices, Integers, Singles

ZERO = np.float32(0.0)
NOTHING = np.float32(1e-18)
"""W or K; what is smaller is cut off. Across a sheet at rest corrections fade until their products are no
normal numbers, which cost a hundred times as much."""
SINGLE = np.float32(1e-4)
"""Share of its start to which single precision brings an error without losing its way."""
SURE = 0.1
"""Share of the tolerance that an iteration must be expected to reach for its error not to be looked at."""


@fast_kernel(inline=True)
def multiply_on_grid(
    here: Singles | Floats,
    next_: Singles | Floats,
    before: Singles | Floats,
    above: Singles | Floats,
    below: Singles | Floats,
    to_next: Singles,
    to_before: Singles,
    to_above: Singles,
    to_below: Singles,
    local: Singles | Floats,
    brought: Singles | Floats,
    y: Singles | Floats,
) -> np.floating[Any]:
    """Y = J x where the four neighbours lie on a grid; returns x . y."""
    total = y.dtype.type(0.0)
    for i in range(y.size):
        t = here[i]
        s = (
            local[i] * t
            - brought[i]
            - to_next[i] * (next_[i] - t)
            - to_before[i] * (before[i] - t)
            - to_above[i] * (above[i] - t)
            - to_below[i] * (below[i] - t)
        )
        y[i] = s
        total += s * t
    return total


@fast_kernel(inline=True)
def multiply_alone(
    x: Singles | Floats, local: Singles | Floats, brought: Singles | Floats, y: Singles | Floats
) -> np.floating[Any]:
    """Y = J x where all couplings are listed; returns x . y."""
    total = x.dtype.type(0.0)
    for i in range(y.size):
        y[i] = local[i] * x[i] - brought[i]
        total += x[i] * y[i]
    return total


@fast_kernel(inline=True)
def multiply(
    x: Singles | Floats,
    table: Integers,
    link: Singles,
    local: Singles | Floats,
    brought: Singles | Floats,
    y: Singles | Floats,
) -> np.floating[Any]:
    """Y = J x, given what lists of couplings bring; returns x . y over owned vertices."""
    total = x.dtype.type(0.0)
    for part in range(table.shape[0]):
        first, last, a, b, stride = (
            table[part, 0], table[part, 1], table[part, 5], table[part, 6], table[part, 7],
        )  # fmt: skip
        total += multiply_alone(x[first:a], local[first:a], brought[first:a], y[first:a])
        if a < b:
            total += multiply_on_grid(
                x[a:b], x[a + 1 :], x[a - 1 :], x[a + stride :], x[a - stride :],
                link[0, a:], link[0, a - 1 :], link[1, a:], link[1, a - stride :],
                local[a:b], brought[a:b], y[a:b],
            )  # fmt: skip
        total += multiply_alone(x[b:last], local[b:last], brought[b:last], y[b:last])
    return total


@fast_kernel(inline=True)
def bring_all(
    x: Singles | Floats,
    listed: Indices,
    rest: tuple[Indices, Integers, Indices, Floats],
    joints: tuple[Indices, Integers, Indices, Floats],
    exchange: tuple[Indices, Indices, Indices, Integers, Indices, Floats, Floats, Floats, Floats],
    enclosures: tuple[Integers, Floats, Floats],
    brought: Singles | Floats,
) -> None:
    """Write what lists of couplings bring: those of the plane, joints, and linearised exchange."""
    clear(listed, brought)
    bring(x, *rest, brought)
    bring(x, *joints, brought)
    bring_linearised(x, *exchange, brought)
    bring_by_means(x, *enclosures, brought)


@fast_kernel(inline=True)
def descend(x: Floats, r: Floats, p: Floats, Ap: Floats, alpha: float) -> None:
    """Move along the search direction."""
    for i in range(x.size):
        x[i] += alpha * p[i]
        r[i] -= alpha * Ap[i]


@fast_kernel(inline=True)
def search(p: Singles | Floats, z: Singles | Floats, beta: float) -> None:
    """Next search direction."""
    for i in range(z.size):
        next_ = z[i] + beta * p[i]
        p[i] = next_ if abs(next_) > NOTHING else ZERO


@fast_kernel(inline=True)
def start_alone(
    residual: Floats,
    rates: Floats,
    sums: Floats,
    r: Singles,
    own: Singles,
    local: Singles,
    x: Singles,
    p: Singles,
) -> np.floating[Any]:
    """Begin at nothing, with the vertices' own rates for a preconditioner; returns r . z."""
    total = ZERO
    for i in range(r.size):
        own[i], local[i] = rates[i], max(rates[i], LENT * sums[i])
        r[i] = residual[i] if abs(residual[i]) > NOTHING else ZERO
        z = r[i] / local[i]
        x[i], p[i] = ZERO, z
        total += r[i] * z
    return total


@fast_kernel(inline=True)
def descend_alone(
    x: Singles, r: Singles, p: Singles, z: Singles, local: Singles, alpha: float
) -> np.floating[Any]:
    """Move along the search direction, whose product stands in ``z``; write the next z, return r . z."""
    total = ZERO
    for i in range(x.size):
        x[i] += alpha * p[i]
        left = r[i] - alpha * z[i]
        left = left if abs(left) > NOTHING else ZERO
        r[i] = left
        z[i] = left / local[i]
        total += left * z[i]
    return total


@fast_kernel
def solve_alone(
    residual: Floats,
    rates: Floats,
    sums: Floats,
    buffers: tuple[Singles, ...],
    table: Integers,
    link: Singles,
    lists: tuple[
        Indices,
        tuple[Indices, Integers, Indices, Floats],
        tuple[Indices, Integers, Indices, Floats],
        tuple[Indices, Indices, Indices, Integers, Indices, Floats, Floats, Floats, Floats],
        tuple[Integers, Floats, Floats],
    ],
    tolerance: float,
    limit: int,
) -> tuple[int, float]:
    """Conjugate gradients on one rank, preconditioned by the vertices' own rates, in single precision.

    The answer is a correction, which Newton's method judges in double precision. ``buffers`` are x, r, p, z,
    own rates, these with what is lent, and what lists of couplings bring; ``lists`` are as :func:`bring_all`
    takes them. Returns the iterations and the sum of what is left of the residual.
    """
    x, r, p, z, own, local, brought = buffers
    rz = start_alone(residual, rates, sums, r, own, local, x, p)
    worst, count = largest_single(p), 0
    tolerance = max(tolerance, SINGLE * worst)
    while worst >= tolerance and count < limit:
        bring_all(p, *lists, brought)
        alpha = rz / multiply(p, table, link, own, brought, z)
        before, rz, worst = rz, ZERO, ZERO
        for a in range(0, x.size, BLOCK):
            b = min(a + BLOCK, x.size)
            rz += descend_alone(x[a:b], r[a:b], p[a:b], z[a:b], local[a:b], alpha)
            worst = max(worst, largest_single(z[a:b]))
        search(p, z, rz / before)
        count += 1
    return count, total(r)


@fast_kernel
def solve_prepared(
    residual: Floats,
    local: Floats,
    begun: Floats,
    buffers: tuple[Floats, ...],
    precondition: tuple[
        Indices,
        Floats,
        tuple[Indices, Singles, Singles, Floats],
        tuple[
            Integers, Integers, Singles, Floats, Singles, Singles, Singles, Floats, Integers, Floats, Floats
        ],
        tuple[Indices, Integers, Indices, Floats],
        tuple[Indices, Integers, Indices, Floats],
        Floats,
    ],
    table: Integers,
    link: Singles,
    lists: tuple[
        Indices,
        tuple[Indices, Integers, Indices, Floats],
        tuple[Indices, Integers, Indices, Floats],
        tuple[Indices, Indices, Indices, Integers, Indices, Floats, Floats, Floats, Floats],
        tuple[Integers, Floats, Floats],
    ],
    tolerance: float,
    limit: int,
) -> tuple[int, float]:
    """Conjugate gradients on one rank, with the preconditioner's lines and arm.

    ``buffers`` are x, p, z, their product, and what lists of couplings bring; ``begun`` is what the
    preconditioner makes of the residual, none where it is not known. Returns the iterations and the sum of
    what is left of the residual.
    """
    x, p, z, product, brought = buffers
    x[:] = 0.0
    p[:] = 0.0
    before, farther = 1.0, 0.0
    for count in range(limit):
        if count == 0 and begun.size:
            z[:] = begun
        else:
            approximate(precondition, residual, z)
        rz = dot(residual, z)
        worst = largest(z)
        if worst < tolerance or not rz < np.inf:
            return count, total(residual)
        search(p, z, rz / before)
        before = rz
        bring_all(p, *lists, brought)
        descend(x, residual, p, product, rz / multiply(p, table, link, local, brought, product))
        if worst * worst < SURE * tolerance * farther:
            return count + 1, total(residual)
        farther = worst
    return limit, total(residual)
