"""Compiled loops over the vertices of this rank.

Arrays run over owned vertices unless said otherwise; T, potential, slope and the search direction of the
linear solver have ghosts. Units are W and W/K a vertex.
"""

from __future__ import annotations

import numba
import numpy as np

from thermal.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.heat.law import HIGHEST, LOWEST, STEP

jit = numba.njit(cache=True, fastmath={"nsz", "arcp", "contract", "afn", "reassoc"}, boundscheck=False, error_model="numpy")


@jit
def look_up(value, integral, law, T):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Integral and value of a law at T: quadratic and linear between the grid's temperatures."""
    position = (min(max(T, LOWEST), HIGHEST - 2 * STEP) - LOWEST) / STEP
    k = int(position)
    d = T - (LOWEST + k * STEP)
    slope = (value[law, k + 1] - value[law, k]) / STEP
    return integral[law, k] + d * (value[law, k] + 0.5 * slope * d), value[law, k] + slope * d


@jit
def emission(T, qf, qb, ef, eb, a, b, pf, pb, Tf, Tb):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Face temperatures, emitted flux and its derivative by T (DESIGN 2.1).

    T_f = T + a N_f - b N_b + pf, T_b likewise, with the net fluxes N = q - e T_face^4 (e = eps sigma). For the
    settled profile a = t/(3 k_z), b = t/(6 k_z) and nothing is left of the past. ``Tf``, ``Tb`` start the
    iteration.
    """
    if a == 0.0:
        T3 = T * T * T
        return T, T, (ef + eb) * T3 * T, 4.0 * (ef + eb) * T3
    for _ in range(20):
        f3, b3 = Tf * Tf * Tf, Tb * Tb * Tb
        nf, nb = qf - ef * f3 * Tf, qb - eb * b3 * Tb
        rf, rb = Tf - T - pf - a * nf + b * nb, Tb - T - pb - a * nb + b * nf
        j11, j12 = 1.0 + 4.0 * a * ef * f3, -4.0 * b * eb * b3
        j21, j22 = -4.0 * b * ef * f3, 1.0 + 4.0 * a * eb * b3
        determinant = j11 * j22 - j12 * j21
        df, db = (rf * j22 - rb * j12) / determinant, (rb * j11 - rf * j21) / determinant
        Tf, Tb = max(Tf - df, 0.5 * Tf), max(Tb - db, 0.5 * Tb)
        if abs(df) + abs(db) < 1e-9:
            break
    f3, b3 = Tf * Tf * Tf, Tb * Tb * Tb
    j11, j12 = 1.0 + 4.0 * a * ef * f3, -4.0 * b * eb * b3
    j21, j22 = -4.0 * b * ef * f3, 1.0 + 4.0 * a * eb * b3
    determinant = j11 * j22 - j12 * j21
    dE = (4.0 * ef * f3 * (j22 - j12) + 4.0 * eb * b3 * (j11 - j21)) / determinant
    return Tf, Tb, ef * f3 * Tf + eb * b3 * Tb, dE


@jit
def potentials(T, law, value, integral, potential, slope):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Kirchhoff potential (W) and sheet conductance (W/K) of every local vertex, ghosts included."""
    for q in range(potential.shape[0]):
        for i in range(T.size):
            potential[q, i], slope[q, i] = look_up(value, integral, law[i] + q, T[i])


@jit
def balance(  # type: ignore[no-untyped-def] # noqa: ANN201
    T, area, storage, law, value, integral, qf, qb, ef, eb, same, cross, past_front, past_back, sink, sink_flow, history, rate,  # noqa: ANN001
    column, coupling, potential, slope, residual, local, diagonal, Tf, Tb, enthalpy, emitted,  # noqa: ANN001
):  # fmt: skip
    """Residual of the heat balance, all but links, and the diagonal of its derivative.

    ``rate`` is 1/(gamma dt), 0 for a steady balance; ``history`` the enthalpy (J/m2) the stage starts from.
    ``local`` is the part of the diagonal that does not come from neighbours: it bounds the error, since
    the couplings form an M-matrix: max |error| <= max |residual / local|.
    """
    for i in range(residual.size):
        h, c = look_up(value, integral, law[i], T[i])
        f, b, e, de = emission(
            T[i], qf[i], qb[i], ef[i], eb[i], same[i], cross[i], past_front[i], past_back[i], Tf[i], Tb[i]
        )
        Tf[i], Tb[i], enthalpy[i], emitted[i] = f, b, h, e
        kept = storage[i] * rate
        flow = kept * (history[i] - h) + area[i] * (qf[i] + qb[i] - e) + sink_flow[i] - sink[i] * T[i]
        here = kept * c + area[i] * de + sink[i]
        neighbours = 0.0
        for q in range(coupling.shape[0]):
            for k in range(column.shape[1]):
                j = column[i, k]
                flow += coupling[q, i, k] * (potential[q, j] - potential[q, i])
                neighbours += coupling[q, i, k] * 0.5 * (slope[q, j] + slope[q, i])
        residual[i] = flow
        local[i] = here
        diagonal[i] = here + neighbours


@jit
def add_joints(T, rows, start, column, value, residual, diagonal, links):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Heat through linear links."""
    for row in range(rows.size):
        i = rows[row]
        for k in range(start[row], start[row + 1]):
            residual[i] += value[k] * (T[column[k]] - T[i])
            diagonal[i] += value[k]
            links[i] += value[k]


@jit
def add_exchange(T, rows, start, column, value, linear, residual, diagonal, links):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Heat by radiation between vertices; ``linear`` receives the equivalent conductances in W/K."""
    for row in range(rows.size):
        i = rows[row]
        Ti = T[i]
        for k in range(start[row], start[row + 1]):
            Tj = T[column[k]]
            secant = SIGMA * value[k] * (Ti * Ti + Tj * Tj) * (Ti + Tj)
            residual[i] += secant * (Tj - Ti)
            mean = 0.5 * (Ti + Tj)
            linear[k] = 4.0 * SIGMA * value[k] * mean * mean * mean
            diagonal[i] += linear[k]
            links[i] += linear[k]


@jit
def lend(local, diagonal):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Give vertices without a rate of their own (a covered tube in a steady balance) a share of their couplings."""
    for i in range(local.size):
        local[i] = max(local[i], 1e-4 * diagonal[i])


@jit
def largest(x):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Largest magnitude."""
    worst = 0.0
    for i in range(x.size):
        worst = max(worst, abs(x[i]))
    return worst


@jit
def relax(  # type: ignore[no-untyped-def] # noqa: ANN201
    T, area, storage, law, value, integral, qf, qb, ef, eb, same, cross, past_front, past_back, sink, rate,  # noqa: ANN001
    residual, local, diagonal, Tf, Tb, enthalpy, emitted,  # noqa: ANN001
):  # fmt: skip
    """Solve each vertex's own nonlinear balance with its neighbours held: Newton's start far from the answer."""
    for i in range(residual.size):
        start = T[i]
        held = sink[i] + diagonal[i] - local[i]
        kept = storage[i] * rate
        known = residual[i] + kept * enthalpy[i] + area[i] * emitted[i] + held * start
        y, f, b = start, Tf[i], Tb[i]
        for _ in range(4):
            h, c = look_up(value, integral, law[i], y)
            f, b, e, de = emission(
                y, qf[i], qb[i], ef[i], eb[i], same[i], cross[i], past_front[i], past_back[i], f, b
            )
            step = (known - kept * h - area[i] * e - held * y) / (kept * c + area[i] * de + held)
            y = min(max(y + step, 0.5 * y), 2.0 * y)
            if abs(step) < 1e-6:
                break
        T[i], Tf[i], Tb[i] = y, f, b


@jit
def multiply(x, column, coupling, slope, diagonal, y):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """y = J x with the symmetric mean conductances; returns x . y over owned vertices."""
    total = 0.0
    for i in range(y.size):
        s = diagonal[i] * x[i]
        for q in range(coupling.shape[0]):
            for k in range(column.shape[1]):
                j = column[i, k]
                s -= coupling[q, i, k] * 0.5 * (slope[q, j] + slope[q, i]) * x[j]
        y[i] = s
        total += s * x[i]
    return total


@jit
def multiply_links(x, rows, start, column, value, y):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Y -= links x; returns the change of x . y."""
    total = 0.0
    for row in range(rows.size):
        i = rows[row]
        s = 0.0
        for k in range(start[row], start[row + 1]):
            s += value[k] * x[column[k]]
        y[i] -= s
        total -= s * x[i]
    return total


@jit
def descend(x, r, p, Ap, alpha):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Move along the search direction."""
    for i in range(x.size):
        x[i] += alpha * p[i]
        r[i] -= alpha * Ap[i]


@jit
def search(p, z, r, beta):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Next search direction."""
    for i in range(r.size):
        p[i] = z[i] + beta * p[i]


@jit
def dot(r, z):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Inner product over owned vertices, and the largest magnitude of z."""
    total, worst = 0.0, 0.0
    for i in range(r.size):
        total += r[i] * z[i]
        worst = max(worst, abs(z[i]))
    return total, worst


@jit
def factor_lines(lines, off, slope, local, links, upper, pivot):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Factorise one tridiagonal matrix a line: own rates, links and the couplings along it, no others."""
    for a in range(lines.shape[0]):
        before, coupling, carried = -1, 0.0, 0.0
        for k in range(lines.shape[1]):
            i = lines[a, k]
            if i < 0:
                before, coupling = -1, 0.0
                continue
            onward = 0.0
            following = lines[a, k + 1] if k + 1 < lines.shape[1] else -1
            if following >= 0:
                for q in range(slope.shape[0]):
                    onward += off[q, a, k] * 0.5 * (slope[q, i] + slope[q, following])
            upper[a, k] = coupling
            carried = local[i] + links[i] + coupling + onward - (
                coupling * coupling / carried if before >= 0 else 0.0
            )
            pivot[a, k] = 1.0 / carried
            before, coupling = i, onward


@jit
def solve_lines(lines, upper, pivot, r, z, work):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Solve the lines that :func:`factor_lines` has factorised."""
    for a in range(lines.shape[0]):
        kept = 0.0
        for k in range(lines.shape[1]):
            i = lines[a, k]
            if i < 0:
                kept = 0.0
                continue
            kept = (r[i] + upper[a, k] * kept) * pivot[a, k]
            work[k] = kept
        ahead, pull = 0.0, 0.0
        for k in range(lines.shape[1] - 1, -1, -1):
            i = lines[a, k]
            if i < 0:
                pull = 0.0
                continue
            ahead = work[k] + pivot[a, k] * pull * ahead
            z[i] = ahead
            pull = upper[a, k]


@jit
def factor_modes(upper, diagonal, pivot):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Factorise the tridiagonal systems of a tube's ring modes, (rings, modes)."""
    for k in range(diagonal.shape[0]):
        for m in range(diagonal.shape[1]):
            carried = upper[k] * upper[k] * pivot[k - 1, m] if k > 0 else 0.0
            pivot[k, m] = 1.0 / (diagonal[k, m] - carried)


@jit
def solve_modes(grid, vectors, upper, pivot, modes, r, mean, z):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Transform every ring, solve its modes along the axis, transform back and add the ring means."""
    rings, around = grid.shape
    count = vectors.shape[1]
    for k in range(rings):
        for m in range(count):
            modes[k, m] = 0.0
        for j in range(around):
            value = r[grid[k, j]]
            for m in range(count):
                modes[k, m] += vectors[j, m] * value
        if k > 0:
            for m in range(count):
                modes[k, m] += upper[k] * modes[k - 1, m]
        for m in range(count):
            modes[k, m] *= pivot[k, m]
    for k in range(rings - 1, -1, -1):
        if k < rings - 1:
            for m in range(count):
                modes[k, m] += pivot[k, m] * upper[k + 1] * modes[k + 1, m]
        for j in range(around):
            total = mean[k]
            for m in range(count):
                total += vectors[j, m] * modes[k, m]
            z[grid[k, j]] = total


@jit
def carry_over(z, rows, start, column, value, side, source, target, r):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add to ``r`` on one side what joints bring from ``z`` on the other; columns of other ranks are left out."""
    for row in range(rows.size):
        i = rows[row]
        if side[i] != target:
            continue
        for k in range(start[row], start[row + 1]):
            j = column[k]
            if j < z.size and side[j] == source:
                r[i] += value[k] * z[j]


@jit
def correct(T, x, limit):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add a bounded correction; returns its largest component before the bound, K."""
    worst = 0.0
    for i in range(x.size):
        worst = max(worst, abs(x[i]))
        T[i] = max(T[i] + min(max(x[i], -limit), limit), LOWEST)
    return worst


@jit
def enthalpy_of(T, law, value, integral, enthalpy):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Areal enthalpy of owned vertices, J/m2."""
    for i in range(enthalpy.size):
        enthalpy[i] = look_up(value, integral, law[i], T[i])[0]
