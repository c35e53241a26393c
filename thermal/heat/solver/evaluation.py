"""Compiled loops that evaluate the heat balance, block by block, for :mod:`thermal.heat.solver.balance`.

Units are W and W/K a vertex, but for fluxes of faces, W/m2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import fast_kernel
from thermal.heat.model.look_up import look_up
from thermal.heat.network.conduction import flow_within
from thermal.heat.vectors import BLOCK, largest

if TYPE_CHECKING:
    from thermal.core.kernels.types import Floats, Integers

LENT = 1e-4
"""Of a vertex's couplings: the least that counts as its own rate where errors are judged."""
FACES_K = 1e-6
"""Last correction of face temperatures; Newton's method squares it."""
MOST_FACE_STEPS = 20


@fast_kernel(inline=True)
def radiate(T: Floats, emission: Floats, radiated: Floats, steepness: Floats) -> None:
    """Emission where both faces have the mean temperature, and its derivative; ``emission`` is in W/K4."""
    for i in range(T.size):
        t = T[i]
        cube = emission[i] * t * t * t
        radiated[i], steepness[i] = cube * t, 4.0 * cube


@fast_kernel(inline=True)
def move_faces(
    T: Floats,
    qf: Floats,
    qb: Floats,
    ef: Floats,
    eb: Floats,
    same: Floats,
    cross: Floats,
    past_front: Floats,
    past_back: Floats,
    Tf: Floats,
    Tb: Floats,
    moved: Floats,
) -> None:
    """One of Newton's steps towards the face temperatures (theory W2, W3).

    T_f = T + a N_f - b N_b + pf, T_b likewise, with net fluxes N = q - e T_face^4 (e = eps sigma). For the
    settled profile a = t/(3 k_z), b = t/(6 k_z) and nothing is left of the past.
    """
    for i in range(T.size):
        f, back, a, b = Tf[i], Tb[i], same[i], cross[i]
        ef3, eb3 = ef[i] * f * f * f, eb[i] * back * back * back
        nf, nb = qf[i] - ef3 * f, qb[i] - eb3 * back
        rf = f - T[i] - past_front[i] - a * nf + b * nb
        rb = back - T[i] - past_back[i] - a * nb + b * nf
        j11, j12 = 1.0 + 4.0 * a * ef3, -4.0 * b * eb3
        j21, j22 = -4.0 * b * ef3, 1.0 + 4.0 * a * eb3
        inverse = 1.0 / (j11 * j22 - j12 * j21)
        df, db = (rf * j22 - rb * j12) * inverse, (rb * j11 - rf * j21) * inverse
        Tf[i], Tb[i] = max(f - df, 0.5 * f), max(back - db, 0.5 * back)
        moved[i] = abs(df) + abs(db)


@fast_kernel(inline=True)
def radiate_from_faces(
    area: Floats,
    ef: Floats,
    eb: Floats,
    same: Floats,
    cross: Floats,
    Tf: Floats,
    Tb: Floats,
    radiated: Floats,
    steepness: Floats,
) -> None:
    """Emission of walls with a resistance, and its derivative by the mean temperature."""
    for i in range(area.size):
        f, back, a, b = Tf[i], Tb[i], same[i], cross[i]
        ef3, eb3 = ef[i] * f * f * f, eb[i] * back * back * back
        j11, j12 = 1.0 + 4.0 * a * ef3, -4.0 * b * eb3
        j21, j22 = -4.0 * b * ef3, 1.0 + 4.0 * a * eb3
        radiated[i] = area[i] * (ef3 * f + eb3 * back)
        steepness[i] = 4.0 * area[i] * (ef3 * (j22 - j12) + eb3 * (j11 - j21)) / (j11 * j22 - j12 * j21)


@fast_kernel(inline=True)
def balance(
    T: Floats,
    flow: Floats,
    storage: Floats,
    value: Floats,
    integral: Floats,
    gained: Floats,
    sink: Floats,
    sums: Floats,
    radiated: Floats,
    steepness: Floats,
    history: Floats,
    rate: float,
    residual: Floats,
    local: Floats,
    enthalpy: Floats,
    share: Floats,
) -> tuple[float, float]:
    """Residual of the heat balance and the part of its derivative that does not come from neighbours.

    ``share`` is residual over local: it bounds the error, since the couplings form an M-matrix. Vertices
    without a rate of their own (a covered tube in a steady balance) are lent a share of their couplings.
    Returned are the sums of residual and local.
    """
    total, rates = 0.0, 0.0
    for i in range(T.size):
        h, c = look_up(value, integral, T[i])
        kept = storage[i] * rate
        left = kept * (history[i] - h) + gained[i] - radiated[i] - sink[i] * T[i] + flow[i]
        own = kept * c + steepness[i] + sink[i]
        residual[i], local[i], enthalpy[i], share[i] = left, own, h, left / max(own, LENT * sums[i])
        total += left
        rates += own
    return total, rates


@fast_kernel(inline=True)
def follow(T: Floats, Tf: Floats, Tb: Floats) -> None:
    """Give both faces the mean temperature."""
    for i in range(T.size):
        Tf[i] = Tb[i] = T[i]


@fast_kernel
def evaluate(
    T: Floats,
    table: Integers,
    conduct: tuple[Floats, Floats, Floats],
    store: tuple[Floats, Floats, Floats],
    faces: tuple[Floats, ...],
    outside: tuple[Floats, Floats, Floats],
    sums: Floats,
    history: Floats,
    rate: float,
    found: tuple[Floats, ...],
) -> tuple[float, float, float]:
    """Evaluate the whole balance at T.

    Parameters
    ----------
    T
        (local,) K.
    table
        Rows of parts; see :class:`thermal.heat.network.couplings.Couplings`.
    conduct
        Potentials (potentials, local), their couplings onward (potentials, 2, owned), and what lists of
        couplings bring, (owned,) W.
    store
        ``storage``, and value and integral of the capacity laws.
    faces
        Area, absorbed fluxes and emission of front and back, and the walls' four coefficients.
    outside
        Heat absorbed and brought by sinks in W, emission in W/K4, and the sinks' conductance in W/K.
    sums
        (owned,) conductances of every vertex, W/K.
    history, rate
        (owned,) enthalpy the stage starts from, J/m2; 1/(gamma dt), 0 for a steady balance.
    found
        Written: residual, local, enthalpy, face temperatures (none where they are the mean's), emission in W
        and its derivative in W/K.

    Returns
    -------
    tuple
        Largest error that the residual can mean, K; sums of residual in W and local in W/K.

    """
    x, onward, brought = conduct
    storage, value, integral = store
    area, qf, qb, ef, eb, same, cross, past_front, past_back = faces
    gained, emission, sink = outside
    residual, local, enthalpy, Tf, Tb, radiated, steepness = found
    flow, share = np.empty(BLOCK), np.empty(BLOCK)
    worst, total, rates = 0.0, 0.0, 0.0
    for part in range(table.shape[0]):
        law = table[part, 2]
        for a in range(table[part, 0], table[part, 1], BLOCK):
            b = min(a + BLOCK, table[part, 1])
            here = T[a:b]
            flow[: b - a] = brought[a:b]
            for q in range(x.shape[0]):
                flow_within(x[q], onward[q], table[part, 5], table[part, 6], table[part, 7], a, b, flow)
            if table[part, 4]:
                wall = same[a:b], cross[a:b]
                for _ in range(MOST_FACE_STEPS):
                    move_faces(
                        here, qf[a:b], qb[a:b], ef[a:b], eb[a:b], *wall, past_front[a:b], past_back[a:b],
                        Tf[a:b], Tb[a:b], share,
                    )  # fmt: skip
                    if largest(share[: b - a]) < FACES_K:
                        break
                radiate_from_faces(
                    area[a:b], ef[a:b], eb[a:b], *wall, Tf[a:b], Tb[a:b], radiated[a:b], steepness[a:b]
                )
            else:
                radiate(here, emission[a:b], radiated[a:b], steepness[a:b])
                if Tf.size:
                    follow(here, Tf[a:b], Tb[a:b])
            left, own = balance(
                here, flow, storage[a:b], value[law:], integral[law:], gained[a:b], sink[a:b], sums[a:b],
                radiated[a:b], steepness[a:b], history[a:b], rate,
                residual[a:b], local[a:b], enthalpy[a:b], share,
            )  # fmt: skip
            total += left
            rates += own
            worst = max(worst, largest(share[: b - a]))
    return worst if np.isfinite(total) else np.inf, total, rates
