"""Compiled loops over the vertices of this rank.

Arrays run over owned vertices unless said otherwise; T, potential, slope and the search direction of the
linear solver have ghosts. Units are W and W/K a vertex.
"""

from __future__ import annotations

import numba
import numpy as np

from thermal.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.heat.law import GRID, HIGHEST, LOWEST, STEP

LENT = 1e-4
"""Of a vertex's couplings: the least that counts as its own rate."""

jit = numba.njit(
    cache=True, fastmath={"nsz", "arcp", "contract", "afn", "reassoc"}, boundscheck=False, error_model="numpy"
)


@jit
def look_up(value, integral, law, T):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Integral and value of a law at T: quadratic and linear between the grid's temperatures.

    ``law`` is where the law starts in the flat tables. Unsigned indices spare the test for negative ones.
    """
    position = (min(max(T, LOWEST), HIGHEST - 2 * STEP) - LOWEST) * (1.0 / STEP)
    k = np.uint32(np.int32(position))
    d = T - (LOWEST + k * STEP)
    at = law + k
    here = value[at]
    slope = (value[at + np.uint32(1)] - here) * (1.0 / STEP)
    return integral[at] + d * (here + 0.5 * slope * d), here + slope * d


@jit
def emission(T, qf, qb, ef, eb, a, b, pf, pb, Tf, Tb):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Face temperatures, emitted flux and its derivative by T (DESIGN 2.1).

    T_f = T + a N_f - b N_b + pf, T_b likewise, with net fluxes N = q - e T_face^4 (e = eps sigma). For the
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
def conduct(T, law, value, integral, column, coupling, potential, slope, flow):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Heat from neighbours by Kirchhoff potentials (W), whose derivative is the sheet conductance (W/K)."""
    for q in range(potential.shape[0]):
        shift = np.uint32(q * GRID.size)
        for i in range(T.size):
            potential[q, i], slope[q, i] = look_up(value, integral, law[i] + shift, T[i])
    for i in range(flow.size):
        total = 0.0
        for q in range(coupling.shape[0]):
            here = potential[q, i]
            for k in range(column.shape[1]):
                total += coupling[q, i, k] * (potential[q, column[i, k]] - here)
        flow[i] = total


@jit
def conduct_evenly(T, column, link, flow):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Heat from neighbours through conductances that do not depend on temperature."""
    for i in range(flow.size):
        here, total = T[i], 0.0
        for k in range(column.shape[1]):
            total += link[i, k] * (T[column[i, k]] - here)
        flow[i] = total


@jit
def link_up(column, coupling, slope, link, neighbours):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Conductances between neighbours, (owned, width) W/K, symmetric, and their sums."""
    for i in range(neighbours.size):
        total = 0.0
        for k in range(column.shape[1]):
            j, g = column[i, k], 0.0
            for q in range(coupling.shape[0]):
                g += coupling[q, i, k] * 0.5 * (slope[q, j] + slope[q, i])
            link[i, k] = g
            total += g
        neighbours[i] = total


@jit
def radiate(T, qf, qb, ef, eb, same, cross, past_front, past_back, Tf, Tb, emitted, steepness):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Emission of every vertex and its derivative by the mean temperature; see :func:`emission`."""
    for i in range(emitted.size):
        Tf[i], Tb[i], emitted[i], steepness[i] = emission(
            T[i], qf[i], qb[i], ef[i], eb[i], same[i], cross[i], past_front[i], past_back[i], Tf[i], Tb[i]
        )


@jit
def radiate_evenly(T, ef, eb, Tf, Tb, emitted, steepness):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Emission where no wall has a resistance: both faces have the mean temperature."""
    for i in range(emitted.size):
        t = T[i]
        cube = (ef[i] + eb[i]) * t * t * t
        Tf[i], Tb[i], emitted[i], steepness[i] = t, t, cube * t, 4.0 * cube


@jit
def balance(  # type: ignore[no-untyped-def] # noqa: ANN201
    T, area, storage, law, value, integral, qf, qb, emitted, steepness, sink, sink_flow, history, rate, flow,  # noqa: ANN001
    neighbours, residual, local, diagonal, enthalpy,  # noqa: ANN001
):  # fmt: skip
    """Residual of the heat balance, all but links, and the diagonal of its derivative.

    ``rate`` is 1/(gamma dt), 0 for a steady balance; ``history`` the enthalpy (J/m2) the stage starts from.
    ``local`` is the part of the diagonal that does not come from neighbours: it bounds the error, since
    the couplings form an M-matrix: max |error| <= max |residual / local|, which is returned. Vertices without
    a rate of their own (a covered tube in a steady balance) get a share of their couplings. A residual that
    is not finite is without bound. Also returned are the sums of residual, W, and local, W/K.
    """
    worst, total, rates = 0.0, 0.0, 0.0
    for i in range(residual.size):
        h, c = look_up(value, integral, law[i], T[i])
        enthalpy[i] = h
        kept = storage[i] * rate
        r = (
            kept * (history[i] - h)
            + area[i] * (qf[i] + qb[i] - emitted[i])
            + sink_flow[i]
            - sink[i] * T[i]
            + flow[i]
        )
        here = kept * c + area[i] * steepness[i] + sink[i]
        full = here + neighbours[i]
        here = max(here, LENT * full)
        residual[i], local[i], diagonal[i] = r, here, full
        worst = max(worst, abs(r / here))
        total += r
        rates += here
    return worst if np.isfinite(total) else np.inf, total, rates


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
def lend(rows, local, diagonal):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Give vertices with links their share of these too, as :func:`balance` does of neighbours."""
    for row in range(rows.size):
        i = rows[row]
        local[i] = max(local[i], LENT * diagonal[i])


@jit
def largest(x):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Largest magnitude."""
    worst = 0.0
    for i in range(x.size):
        worst = max(worst, abs(x[i]))
    return worst


@jit
def largest_share(x, y):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Largest magnitude of x / y."""
    worst = 0.0
    for i in range(x.size):
        worst = max(worst, abs(x[i] / y[i]))
    return worst


@jit
def relax(  # type: ignore[no-untyped-def] # noqa: ANN201
    T, area, storage, law, value, integral, qf, qb, ef, eb, same, cross, past_front, past_back, rate,  # noqa: ANN001
    residual, diagonal, Tf, Tb, enthalpy, emitted, steepness,  # noqa: ANN001
):  # fmt: skip
    """Solve each vertex's own nonlinear balance, neighbours held: Newton's start far from the answer."""
    for i in range(residual.size):
        start = T[i]
        kept = storage[i] * rate
        capacity = look_up(value, integral, law[i], start)[1]
        held = diagonal[i] - kept * capacity - area[i] * steepness[i]
        known = residual[i] + kept * enthalpy[i] + area[i] * emitted[i] + held * start
        step = residual[i] / diagonal[i]
        y, f, b = start, Tf[i], Tb[i]
        for _ in range(3):
            y = min(max(y + step, 0.5 * y), 2.0 * y)
            f, b = f + step, b + step
            if abs(step) < 1e-3:
                break
            h, c = look_up(value, integral, law[i], y)
            f, b, e, de = emission(
                y, qf[i], qb[i], ef[i], eb[i], same[i], cross[i], past_front[i], past_back[i], f, b
            )
            step = (known - kept * h - area[i] * e - held * y) / (kept * c + area[i] * de + held)
        T[i], Tf[i], Tb[i] = y, max(f, LOWEST), max(b, LOWEST)


@jit
def correct(T, x, limit, area, steepness, local):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add a bounded correction; returns its largest component before the bound, K.

    What Newton's method leaves of the fourth power, 6 e T^2 x^2, is known and taken off at once (Chebyshev's
    method) as far as a vertex's own rate answers it.
    """
    worst = 0.0
    for i in range(x.size):
        worst = max(worst, abs(x[i]))
        step = min(max(x[i], -limit), limit)
        bend = 1.5 * area[i] * steepness[i] * step / (T[i] * local[i])
        T[i] = max(T[i] + step * (1.0 - min(max(bend, -0.2), 0.2)), LOWEST)
    return worst


@jit
def enthalpy_of(T, law, value, integral, enthalpy):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Areal enthalpy of owned vertices, J/m2."""
    for i in range(enthalpy.size):
        enthalpy[i] = look_up(value, integral, law[i], T[i])[0]


@jit
def gain(area, front, back, front_flux, back_flux):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add the fluxes of a load; returns its power, W."""
    power = 0.0
    for i in range(area.size):
        front_flux[i] += front[i]
        back_flux[i] += back[i]
        power += area[i] * (front[i] + back[i])
    return power


@jit
def shift(T, Tf, Tb, direction, factor):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Move mean and face temperatures alike."""
    for i in range(direction.size):
        step = factor * direction[i]
        T[i] += step
        Tf[i] += step
        Tb[i] += step


@jit
def estimate(a, b, c, start, middle, end, storage, local, error):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Error in K from weighted fluxes of the stages and the rates of the last."""
    for i in range(error.size):
        error[i] = (a * start[i] + b * middle[i] + c * end[i]) * storage[i] / local[i]


@jit
def add_squares(part, area, error, sums):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add squares weighted by area to the sum of each vertex's part."""
    for i in range(error.size):
        sums[part[i]] += area[i] * error[i] * error[i]
