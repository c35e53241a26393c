"""scikit-fem for the matrices, scipy's BDF with its own error control for the time."""

import numpy as np
from scipy.integrate import solve_ivp
from scipy.sparse import diags_array
from skfem import Basis, BilinearForm, ElementTriP1, LinearForm, MeshTri
from skfem.helpers import dot, grad

from benchmarks import problem as p
from benchmarks.harness import Run, main

RELATIVE, ABSOLUTE_K = 1e-4, 1e-2


def solve(run: Run) -> None:
    domain = MeshTri.init_tensor(*p.grid(run.size_mm))
    basis = Basis(domain, ElementTriP1())
    edge = basis.boundary(domain.facets_satisfying(lambda x: np.isclose(x[0], 0.0)))
    conduction = p.SHEET_CONDUCTANCE * BilinearForm(lambda u, v, _: dot(grad(u), grad(v))).assemble(basis)
    weight = LinearForm(lambda v, _: 1.0 * v).assemble(basis)
    contact = p.EDGE_CONDUCTANCE * LinearForm(lambda v, _: 1.0 * v).assemble(edge)
    fixed = (conduction + diags_array(contact)).tocsr()
    x, y = domain.p
    probes = p.probe_vertices(x, y)

    def rate(t, T):
        heat = p.absorbed(x, t) - p.EMISSION * T**4 + (contact * p.arm_k(t) - fixed @ T) / weight
        return heat / p.capacity(T)

    def slope(t, T):
        lumped = weight * p.capacity(T)
        own = diags_array(4.0 * p.EMISSION * T**3 / p.capacity(T) + p.CAPACITY_1 / p.capacity(T) * rate(t, T))
        return (-(diags_array(1.0 / lumped) @ fixed) - own).tocsc()

    outputs = p.OUTPUTS if run.limit is None else p.OUTPUTS[:5]
    run.start(x.size)
    # Steps no longer than the outputs are apart, or it would pass over a sunrise in the constant night.
    done = solve_ivp(
        rate,
        (0.0, outputs[-1]),
        np.full(x.size, p.START_K),
        "BDF",
        outputs,
        jac=slope,
        rtol=RELATIVE,
        atol=ABSOLUTE_K,
        max_step=p.PERIOD / 200.0,
    )
    run.end(done.nlu)
    for t, T in zip(done.t, done.y.T, strict=True):
        run.note(t, T[probes], T.max(), T.min(), weight @ T / weight.sum())


if __name__ == "__main__":
    main(solve)
