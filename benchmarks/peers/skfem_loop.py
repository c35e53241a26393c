"""scikit-fem with a Newton loop of its own: both forms assembled anew, scipy's direct solver."""

from itertools import pairwise

import numpy as np
from scipy.sparse.linalg import spsolve
from skfem import Basis, BilinearForm, ElementTriP1, LinearForm, MeshTri
from skfem.helpers import dot, grad

from benchmarks import problem as p
from benchmarks.harness import Run, main


@BilinearForm
def slope(u, v, w):
    return (p.capacity(w.T) / w.step + 4.0 * p.EMISSION * w.T**3) * u * v


@LinearForm
def misfit(v, w):
    return ((p.enthalpy(w.T) - p.enthalpy(w.past)) / w.step + p.EMISSION * w.T**4 - w.load) * v


def solve(run: Run) -> None:
    domain = MeshTri.init_tensor(*p.grid(run.size_mm))
    basis = Basis(domain, ElementTriP1())
    edge = basis.boundary(domain.facets_satisfying(lambda x: np.isclose(x[0], 0.0)))
    conduction = p.SHEET_CONDUCTANCE * BilinearForm(lambda u, v, _: dot(grad(u), grad(v))).assemble(basis)
    contact = p.EDGE_CONDUCTANCE * BilinearForm(lambda u, v, _: u * v).assemble(edge)
    pull = p.EDGE_CONDUCTANCE * LinearForm(lambda v, _: 1.0 * v).assemble(edge)
    weight = LinearForm(lambda v, _: 1.0 * v).assemble(basis) / (p.WIDTH * p.HEIGHT)
    fixed = (conduction + contact).tocsr()
    x, y = domain.p
    probes = p.probe_vertices(x, y)
    T = np.full(x.size, p.START_K)
    times = p.given_steps(run.limit)
    run.start(x.size)
    for before, t in pairwise(times):
        past, load = basis.interpolate(T), basis.interpolate(p.absorbed(x, t))
        change = np.inf
        while np.abs(change).max() > 1e-4:
            here = basis.interpolate(T)
            r = misfit.assemble(basis, T=here, past=past, load=load, step=t - before)
            r += fixed @ T - pull * p.arm_k(t)
            change = spsolve((slope.assemble(basis, T=here, step=t - before) + fixed).tocsc(), -r)
            T = T + change
        if p.is_output(t):
            run.note(t, T[probes], T.max(), T.min(), weight @ T)
    run.end(len(times) - 1)


if __name__ == "__main__":
    main(solve)
