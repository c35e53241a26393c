"""dolfinx as its tutorial teaches: a nonlinear form, NewtonSolver, LU; backward Euler on the given steps."""

from itertools import pairwise

import numpy as np
import ufl
from dolfinx import fem, mesh
from dolfinx.fem.petsc import NonlinearProblem
from dolfinx.nls.petsc import NewtonSolver
from mpi4py import MPI

from benchmarks import problem as p
from benchmarks.harness import Run, main


def solve(run: Run) -> None:
    domain = mesh.create_rectangle(MPI.COMM_WORLD, [[0.0, 0.0], [p.WIDTH, p.HEIGHT]], p.cells(run.size_mm))
    edge = mesh.locate_entities_boundary(domain, 1, lambda x: np.isclose(x[0], 0.0))
    tags = mesh.meshtags(domain, 1, np.sort(edge), np.ones(len(edge), np.int32))
    arm = ufl.Measure("ds", domain=domain, subdomain_data=tags)(1)
    space = fem.functionspace(domain, ("Lagrange", 1))
    now, past, load = (fem.Function(space) for _ in range(3))
    test = ufl.TestFunction(space)
    step, arm_k = fem.Constant(domain, 1.0), fem.Constant(domain, 250.0)
    balance = (p.enthalpy(now) - p.enthalpy(past)) / step + p.EMISSION * now**4 - load
    form = balance * test * ufl.dx + p.SHEET_CONDUCTANCE * ufl.dot(ufl.grad(now), ufl.grad(test)) * ufl.dx
    form += p.EDGE_CONDUCTANCE * (now - arm_k) * test * arm
    newton = NewtonSolver(domain.comm, NonlinearProblem(form, now))
    newton.convergence_criterion = "incremental"
    newton.rtol, newton.atol = 1e-7, 1e-6
    newton.krylov_solver.setType("preonly")
    newton.krylov_solver.getPC().setType("lu")
    total = fem.form(now * ufl.dx)
    points = space.tabulate_dof_coordinates()
    probes = p.probe_vertices(points[:, 0], points[:, 1])
    now.x.array[:] = past.x.array[:] = p.START_K
    times = p.given_steps(run.limit)
    run.start(len(points))
    for before, t in pairwise(times):
        step.value, arm_k.value = t - before, p.arm_k(t)
        load.interpolate(lambda x, t=t: p.absorbed(x[0], t))
        newton.solve(now)
        past.x.array[:] = now.x.array
        if p.is_output(t):
            T = now.x.array
            run.note(t, T[probes], T.max(), T.min(), fem.assemble_scalar(total) / (p.WIDTH * p.HEIGHT))
    run.end(len(times) - 1)


if __name__ == "__main__":
    main(solve)
