"""This project's core through its public Python interface, with its own error control."""

import numpy as np

import thermal
from benchmarks import problem as p
from benchmarks.harness import Run, main

TOLERANCE_K = 2.0
"""Steps end on 200 outputs and are short enough for the 0.03 K reached here; 4 K would give 0.15 K."""
SHADOWED_TO = 0.21
SUM_TO = 2e5


def sheet(run: Run):
    """Cells of one size, or columns graded to 1.6 mm where shadow and arm make layers."""
    x, y = p.grid(run.size_mm)
    if run.grade:
        fine = np.linspace(0.0, 0.21, 127)
        x = np.concatenate(
            [
                fine,
                fine[-1]
                + thermal.graded_grid(p.WIDTH - fine[-1], 0.04, refine_at=[0.0], edge_size=1.7e-3)[1:],
            ]
        )
    return thermal.flat_sheet("cloth", x, y)


class Sunlight:
    """Absorbed flux; only vertices that the shadow can reach are treated one by one."""

    def __init__(self):
        self._points = None

    def __call__(self, t, points, face):
        if face == "back":
            return None
        if points is not self._points:
            self._points = points
            self._reached = np.flatnonzero(points[:, 1] < SHADOWED_TO)
            self._x = points[self._reached, 1]
            self._flux = np.zeros(len(points))
        sun, rest = p.direct(t), p.diffuse(t)
        if sun == 0.0:
            return rest
        self._flux[:] = sun + rest
        self._flux[self._reached] = sun * p.lit(self._x, t) + rest
        return self._flux


def model(surface):
    """The problem's sheet, its contact with the arm, and its loads."""
    conductance = thermal.Law.constant(p.SHEET_CONDUCTANCE)
    optics = thermal.Face(p.ABSORPTANCE, p.EMISSIVITY)
    cloth = thermal.Part(surface, thermal.Law.of(p.capacity), (conductance, conductance), optics, optics)
    edge = np.flatnonzero(surface.uv[:, 0] == 0.0)
    gap = np.diff(surface.uv[edge, 1])
    length = np.r_[gap, 0.0] / 2.0 + np.r_[0.0, gap] / 2.0
    heat = thermal.HeatModel([cloth], [thermal.Sink("arm", edge, p.EDGE_CONDUCTANCE * length, p.arm_k)])
    heat.temperature = p.START_K
    return heat


def solve(run: Run) -> None:
    surface = sheet(run)
    heat = model(surface)
    probes = p.probe_vertices(*surface.uv.T)
    weight = surface.area / surface.area.sum()
    outputs = p.OUTPUTS[: run.limit] if run.limit else p.OUTPUTS
    heat.absorbed = Sunlight()
    # A run first, so that compiled code is loaded and the clock sees the time loop alone.
    for _ in thermal.integrate(heat, 0.0, SUM_TO, TOLERANCE_K):
        pass
    states = thermal.integrate(heat, 0.0, float(outputs[-1]), TOLERANCE_K, outputs.tolist(), p.sun_events())
    state = next(states)
    run.start(len(surface.points))
    for state in states:
        T = state.temperature["cloth"]
        run.note(state.time_s, T[probes], T.max(), T.min(), weight @ T)
    run.end(state.steps)
    run.more = {
        "rejected": state.rejected,
        "newton_iterations": state.newton_iterations,
        "linear_iterations": state.linear_iterations,
        "ledger": state.ledger.residual_fraction,
    }


if __name__ == "__main__":
    main(solve)
