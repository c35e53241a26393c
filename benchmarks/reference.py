"""Make the reference and the step list: `python -m benchmarks.reference [CELL_MM]`.

The one-dimensional problem on a grid of 0.05 mm where the layers are, by LSODA with tight tolerances: takes
some minutes. With cells of 0.1 mm the probes move by at most 0.001 K.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.integrate import solve_ivp

from benchmarks import problem as p

FINE_TO = 0.22
STEP_TOLERANCE_K = 0.1


def lines(cell: float):
    """Grid over the width: even up to where the shadow ends, then growing to a centimetre."""
    fine = np.linspace(0.0, FINE_TO, round(FINE_TO / cell) + 1)
    rest, size = [0.0], cell
    while rest[-1] < p.WIDTH - FINE_TO:
        size = min(1.05 * size, 0.01)
        rest.append(rest[-1] + size)
    rest = np.array(rest) * (p.WIDTH - FINE_TO) / rest[-1]
    return np.unique(np.concatenate([fine, FINE_TO + rest[1:], [1.0]]))


def solve(cell: float):
    """Rows of the reference: time, probes, maximum, minimum, mean."""
    x = lines(cell)
    gap = np.diff(x)
    share = np.zeros_like(x)
    share[:-1] += gap / 2.0
    share[1:] += gap / 2.0
    probes = [int(np.argmin(np.abs(x - px))) for px, _ in p.PROBES]

    def rate(t, T):
        flow = p.SHEET_CONDUCTANCE * np.diff(T) / gap
        net = np.zeros_like(T)
        net[:-1] += flow
        net[1:] -= flow
        net[0] += p.EDGE_CONDUCTANCE * (p.arm_k(t) - T[0])
        return (net / share + p.absorbed(x, t) - p.EMISSION * T**4) / p.capacity(T)

    T, rows, before = np.full_like(x, p.START_K), [], 0.0
    for t in p.OUTPUTS:
        # The longest step keeps the solver from passing over a sunrise in the constant night.
        run = solve_ivp(
            rate, (before, t), T, "LSODA", [t], lband=1, uband=1, rtol=1e-9, atol=1e-6, max_step=300.0
        )
        T, before = run.y[:, -1], t
        rows.append([t, *T[probes], T.max(), T.min(), share @ T / p.WIDTH])
    return np.array(rows)


def implicit_step(T: float, t: float, dt: float) -> float:
    """One backward-Euler step of the plain sheet."""
    end = T
    load = p.direct(t) + p.diffuse(t)
    for _ in range(30):
        residual = p.enthalpy(end) - p.enthalpy(T) - dt * (load - p.EMISSION * end**4)
        change = residual / (p.capacity(end) + 4.0 * dt * p.EMISSION * end**3)
        end -= change
        if abs(change) < 1e-9:
            break
    return end


def steps():
    """Steps whose error by halving is STEP_TOLERANCE_K on the plain sheet, through every output."""
    T, t, dt, times = p.START_K, 0.0, 2.0, [0.0]
    for stop in p.OUTPUTS:
        while t < stop:
            last = dt >= stop - t - 1e-6
            trial = min(dt, stop - t)
            whole = implicit_step(T, t + trial, trial)
            halves = implicit_step(implicit_step(T, t + trial / 2, trial / 2), t + trial, trial / 2)
            error = 2.0 * abs(whole - halves) / STEP_TOLERANCE_K
            factor = 0.9 / np.sqrt(max(error, 1e-12))
            if error > 1.0 and trial > 0.5:
                dt = trial * max(0.2, factor)
                continue
            T, t = whole, stop if last else t + trial
            times.append(t)
            dt = max(dt if last else 0.0, trial * min(2.0, factor))
    return np.array(times)


if __name__ == "__main__":
    cell_mm = float(sys.argv[1]) if len(sys.argv) > 1 else 0.05
    p.DATA.mkdir(exist_ok=True)
    np.savetxt(p.DATA / "steps.csv", steps(), fmt="%.6f", header="t_s", comments="")
    header = "t_s,p0,p1,p2,p3,p4,max,min,mean"
    np.savetxt(
        p.DATA / "reference.csv",
        solve(1e-3 * cell_mm),
        delimiter=",",
        fmt="%.6f",
        header=header,
        comments="",
    )
