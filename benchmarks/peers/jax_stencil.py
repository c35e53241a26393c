"""JAX: a five-point stencil on the even rectangle, the run compiled as one scan; given steps, Newton, CG."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.sparse.linalg import cg

from benchmarks import problem as p
from benchmarks.harness import Run, main

jax.config.update("jax_enable_x64", True)  # noqa: FBT003  (the way JAX has it)


def solve(run: Run) -> None:
    nx, ny = p.cells(run.size_mm)
    cell = p.WIDTH / nx
    xs, _ = p.grid(run.size_mm)
    g = p.SHEET_CONDUCTANCE / cell**2
    contact = jnp.zeros((nx + 1, 1)).at[0].set(2.0 * p.EDGE_CONDUCTANCE / cell)
    halved = [np.r_[0.5, np.ones(n - 1), 0.5] for n in (nx, ny)]
    weight = jnp.array(halved[0][:, None] * halved[1])
    times = p.given_steps(run.limit)
    loads = np.array([[p.direct(t), p.diffuse(t), p.arm_k(t), p.shadow_edge(t)] for t in times[1:]])
    places = [(round(px / cell), round(py / cell)) for px, py in p.PROBES]
    rows, columns = (np.array(k) for k in zip(*places, strict=True))
    x = jnp.array(xs)[:, None]

    def laplace(T):
        wide = jnp.pad(T, 1, mode="reflect")
        return wide[2:, 1:-1] + wide[:-2, 1:-1] + wide[1:-1, 2:] + wide[1:-1, :-2] - 4.0 * T

    def step(T, now):
        dt, sun, rest, arm, edge = now
        z = jnp.clip((x - edge) / p.SHADOW_EDGE + 0.5, 0.0, 1.0)
        load = sun * z * z * (3.0 - 2.0 * z) + rest
        past = p.enthalpy(T)

        def newton(state):
            y, _ = state
            r = (past - p.enthalpy(y)) / dt + load - p.EMISSION * y**4 + g * laplace(y) + contact * (arm - y)
            own = p.capacity(y) / dt + 4.0 * p.EMISSION * y**3 + contact
            change, _ = cg(
                lambda v: weight * (own * v - g * laplace(v)),
                weight * r,
                M=lambda v: v / (weight * (own + 4.0 * g)),
                tol=1e-5,
            )
            return y + change, jnp.abs(change).max()

        T, _ = jax.lax.while_loop(lambda state: state[1] > 1e-2, newton, (T, jnp.array(1.0)))
        return T, jnp.concatenate([T[rows, columns], jnp.array([T.max(), T.min(), (weight * T).sum()])])

    start = jnp.full((nx + 1, ny + 1), p.START_K)
    inputs = jnp.concatenate([np.diff(times)[:, None], loads], axis=1)
    compiled = jax.jit(lambda T, given: jax.lax.scan(step, T, given)).lower(start, inputs).compile()
    run.start(start.size)
    seen = np.array(compiled(start, inputs)[1])
    run.end(len(times) - 1)
    for t, row in zip(times[1:], seen, strict=True):
        if p.is_output(t):
            run.note(t, row[:5], row[5], row[6], row[7] / float(weight.sum()))


if __name__ == "__main__":
    main(solve)
