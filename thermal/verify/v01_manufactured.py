"""V1: rates of convergence on a manufactured solution, and of the time stepping on a cooling sheet."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.model.conductor import Sink
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import both_faces, model, sheet

TITLE = "Rates of convergence"
WIDTH, HEIGHT, PERIOD_S, CAPACITY, EMISSIVITY = 2.0, 0.9, 600.0, 200.0, 1.7
STOP_S = 150.0
MESHES = ((10, 5), (20, 10), (40, 20), (80, 40))
TOLERANCES = (1.0, 0.1, 0.01, 1e-3)
AFTER_S = 60.0


def run() -> Iterator[Check]:
    """L2 and H1 rates of the last two of four meshes; rate of the error over the number of steps."""
    for conductance in (4.0, 4e-5):
        errors = np.array([_errors(conductance, *cells) for cells in MESHES[-3:]])
        for k, (norm, order) in enumerate((("L2", 2.0), ("H1", 1.0))):
            for left in (0, 1):
                rate = float(np.log2(errors[left, k] / errors[left + 1, k]))
                name = f"rate in {norm}, kt = {conductance:g}, meshes {left + 2} and {left + 3}"
                yield Check(name, rate, order, 0.1, "1")
    steps, misses = zip(*(_cooling(tolerance) for tolerance in TOLERANCES), strict=True)
    rate = -float(np.log(misses[-1] / misses[0]) / np.log(steps[-1] / steps[0]))
    yield Check("rate in time over the number of steps", rate, 2.0, 0.25, "1")


def _exact(t: float, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(300.0 + 80.0 * np.sin(np.pi * x / WIDTH) * np.cos(np.pi * y / HEIGHT) * _swing(t))


def _swing(t: float) -> float:
    return 1.0 + 0.5 * float(np.sin(2.0 * np.pi * t / PERIOD_S))


def _errors(conductance: float, columns: int, rows: int) -> tuple[float, float]:
    """L2 and H1 errors at the stop time, by the midpoints of all triangles' sides."""
    part = sheet(
        np.linspace(0.0, WIDTH, columns + 1),
        np.linspace(0.0, HEIGHT, rows + 1),
        capacity=CAPACITY,
        conductance=conductance,
    )
    bend = (np.pi / WIDTH) ** 2 + (np.pi / HEIGHT) ** 2

    def source(t: float, points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = points[:, 1], points[:, 2]
        shape = 80.0 * np.sin(np.pi * x / WIDTH) * np.cos(np.pi * y / HEIGHT)
        rate = 0.5 * 2.0 * np.pi / PERIOD_S * float(np.cos(2.0 * np.pi * t / PERIOD_S))
        emitted = EMISSIVITY * STEFAN_BOLTZMANN * (300.0 + shape * _swing(t)) ** 4
        return np.asarray(CAPACITY * shape * rate + conductance * bend * shape * _swing(t) + emitted)

    def base(_t: float) -> float:
        return 300.0

    uv, triangles = part.surface.uv, part.surface.triangles
    sides = np.flatnonzero((uv[:, 0] == 0.0) | (uv[:, 0] == WIDTH))
    held = Sink("sides", sides, np.full(len(sides), 1e4), base)
    made = model(part, source, [held], {"sheet": _exact(0.0, uv[:, 0], uv[:, 1])})
    T = list(integrate(made, 0.0, STOP_S, 1e-3))[-1].temperature["sheet"]
    corner, value, area = uv[triangles], T[triangles], part.surface.triangle_area
    slope = np.linalg.solve(corner[:, 1:] - corner[:, :1], (value[:, 1:] - value[:, :1])[:, :, None])[:, :, 0]
    lack, tilt = 0.0, 0.0
    for a, b in ((0, 1), (1, 2), (2, 0)):
        x, y = 0.5 * (corner[:, a] + corner[:, b]).T
        lack += float(area @ (0.5 * (value[:, a] + value[:, b]) - _exact(STOP_S, x, y)) ** 2) / 3.0
        wide = 80.0 * _swing(STOP_S) * np.pi / WIDTH * np.cos(np.pi * x / WIDTH) * np.cos(np.pi * y / HEIGHT)
        high = (
            -80.0 * _swing(STOP_S) * np.pi / HEIGHT * np.sin(np.pi * x / WIDTH) * np.sin(np.pi * y / HEIGHT)
        )
        tilt += float(area @ ((slope[:, 0] - wide) ** 2 + (slope[:, 1] - high) ** 2)) / 3.0
    return lack**0.5, tilt**0.5


def _cooling(tolerance_k: float) -> tuple[int, float]:
    """Cool V7's sheet to space; return steps and error."""
    node = model(sheet([0.0, 0.1]), lambda _t, _x: both_faces(0.0), temperature=350.0)
    state = list(integrate(node, 0.0, AFTER_S, tolerance_k))[-1]
    exact = 350.0 * (1.0 + 3.0 * EMISSIVITY * STEFAN_BOLTZMANN * 350.0**3 * AFTER_S / CAPACITY) ** (
        -1.0 / 3.0
    )
    return state.steps, abs(float(state.temperature["sheet"].mean()) - exact)
