"""Explicit finite volumes in compiled loops: cheap steps, bound by the stability limit."""

import numba
import numpy as np

from benchmarks import problem as p
from benchmarks.harness import Run, main
from benchmarks.peers.volumes import Volumes

SAFETY = 0.9
JITTED = numba.njit(fastmath=True, cache=True)
CAPACITY_0, CAPACITY_1, EMISSION = p.CAPACITY_0, p.CAPACITY_1, p.EMISSION


@JITTED
def advance(T, new, g, shade, sun, rest, contact, arm, dt):
    """One Euler step; ``shade`` (nx,) is the lit share, ``contact`` W/m2/K of the first column."""
    nx, ny = T.shape
    stiffest = 0.0
    for i in range(nx):
        west, east = (i - 1 if i > 0 else 1), (i + 1 if i < nx - 1 else nx - 2)
        load, touch = sun * shade[i] + rest, contact if i == 0 else 0.0
        for j in range(ny):
            south, north = (j - 1 if j > 0 else 1), (j + 1 if j < ny - 1 else ny - 2)
            here = T[i, j]
            flow = T[west, j] + T[east, j] + T[i, south] + T[i, north] - 4.0 * here
            kept = 1.0 / (CAPACITY_0 + CAPACITY_1 * here)
            cube = EMISSION * here * here * here
            new[i, j] = here + dt * kept * (load - cube * here + g * flow + touch * (arm - here))
            stiffest = max(stiffest, kept * (4.0 * cube + 8.0 * g + touch))
    return stiffest


def solve(run: Run) -> None:
    v = Volumes(run.size_mm)
    xs, _ = p.grid(run.size_mm)
    g = p.SHEET_CONDUCTANCE / (xs[1] - xs[0]) ** 2
    contact = 2.0 * p.EDGE_CONDUCTANCE / (xs[1] - xs[0])
    T = np.full(v.shape, p.START_K)
    new = T.copy()
    advance(T, new, g, p.lit(xs, 0.0), 0.0, 0.0, contact, 0.0, 0.0)
    t, count, limit = 0.0, 0, run.limit
    stiffest = advance(T, new, g, p.lit(xs, 0.0), 0.0, 0.0, contact, 0.0, 0.0)
    run.start(T.size)
    for stop in p.OUTPUTS:
        while t < stop and (limit is None or count < limit):
            dt = min(SAFETY * 2.0 / stiffest, 60.0, stop - t)
            stiffest = advance(T, new, g, p.lit(xs, t), p.direct(t), p.diffuse(t), contact, p.arm_k(t), dt)
            T, new = new, T
            t = stop if stop - t <= dt else t + dt
            count += 1
        if t >= stop:
            v.note(run, stop, T.ravel())
    run.end(count)
    run.more = {"reached": t / p.STOP}


if __name__ == "__main__":
    main(solve)
