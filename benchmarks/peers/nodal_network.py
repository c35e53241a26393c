"""A thermal network as spacecraft codes solve it: nodes relaxed colour after colour on the given steps."""

from itertools import pairwise

import numpy as np

from benchmarks import problem as p
from benchmarks.harness import Run, main
from benchmarks.peers.volumes import Volumes

OVERRELAXED = 1.1
CLOSE_K = 1e-3


def solve(run: Run) -> None:
    v = Volumes(run.size_mm)
    shape = v.shape
    chequered = np.indices(shape).sum(axis=0).ravel() % 2
    colours = [np.flatnonzero(chequered == colour) for colour in (0, 1)]
    stiff = v.conduction.diagonal()
    rows = [v.conduction[nodes] for nodes in colours]
    T = np.full(v.x.size, p.START_K)
    times = p.given_steps(run.limit)
    run.start(v.x.size)
    for before, t in pairwise(times):
        dt, past = t - before, p.enthalpy(T)
        gain = v.area * p.absorbed(v.x, t) + v.contact * p.arm_k(t)
        worst = np.inf
        while worst > CLOSE_K:
            worst = 0.0
            for nodes, matrix in zip(colours, rows, strict=True):
                here, area, contact = T[nodes], v.area[nodes], v.contact[nodes]
                r = area * ((past[nodes] - p.enthalpy(here)) / dt - p.EMISSION * here**4)
                r += gain[nodes] - contact * here - matrix @ T
                own = area * (p.capacity(here) / dt + 4.0 * p.EMISSION * here**3) + contact + stiff[nodes]
                change = r / own
                T[nodes] += OVERRELAXED * change
                worst = max(worst, float(np.abs(change).max()))
        if p.is_output(t):
            v.note(run, t, T)
    run.end(len(times) - 1)


if __name__ == "__main__":
    main(solve)
