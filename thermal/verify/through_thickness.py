"""Theory W3: the eliminated profile across the cloth against a slab resolved by 80 cells, in three ramps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import sheet

TITLE = "Face temperatures against a resolved slab"
THICKNESS_M, THROUGH, CAPACITY, EMISSIVITY, ABSORPTANCE = 0.35e-3, 0.02, 200.0, 0.88, 0.52
CELLS = 80
TOLERANCE_K = 0.05


def run() -> Iterator[Check]:
    """Largest difference of mean and face temperatures through a sunrise, a sunset and an eclipse."""
    ramps: dict[str, tuple[float, float, Callable[[float], float]]] = {
        "sunrise": (75.0, 7200.0, lambda t: 1361.0 * _disc(t / 5160.0)),
        "sunset": (300.0, 7200.0, lambda t: 1361.0 * _disc(1.0 - t / 5160.0)),
        "eclipse": (300.0, 9000.0, lambda t: 1361.0 * (1.0 - _disc(t / 3300.0))),
    }
    for name, (start, stop, sunlight) in ramps.items():
        times = np.linspace(0.0, stop, 121, dtype=np.float64)
        ground = 3.0 if name == "sunrise" else 60.0
        reference = resolved_slab(start, times, sunlight, ground)
        part = sheet(
            [0.0, 0.1],
            capacity=CAPACITY,
            emissivity=EMISSIVITY,
            thickness=THICKNESS_M,
            through_conductivity=THROUGH,
        )
        flag = HeatModel([part])
        flag.absorbed = lambda t, _x, face, s=sunlight, g=ground: (
            (ABSORPTANCE * s(t) if face == "front" else 0.0) + g
        )
        flag.temperature = start
        kinks = (3300.0, 5160.0)
        states = list(integrate(flag, 0.0, stop, 0.01, times[1:], kinks))
        found = np.array(
            [[s.temperature["sheet"][0], s.front["sheet"][0], s.back["sheet"][0]] for s in states]
        )
        settled = times > 120.0
        for k, field in enumerate(("mean", "front", "back")):
            worst = float(np.abs(found - reference)[settled, k].max())
            yield Check(f"{field}, {name}: largest difference", worst, 0.0, TOLERANCE_K, "K")


def _disc(share: float) -> float:
    """Visible part of a disc that has risen by ``share`` of its diameter."""
    x = min(max(2.0 * share - 1.0, -1.0), 1.0)
    return 0.5 + (x * math.sqrt(1.0 - x * x) + math.asin(x)) / math.pi


def resolved_slab(
    start: float,
    times: NDArray[np.float64],
    sunlight: Callable[[float], float],
    ground: float,
    jump_s: float | None = None,
) -> NDArray[np.float64]:
    """Mean, front and back temperatures of a slab of finite volumes, (times, 3).

    ``jump_s`` is a time of ``times`` at which the sunlight jumps.
    """
    dz = THICKNESS_M / CELLS
    per_cell = CAPACITY / CELLS
    to_face = 2.0 * THROUGH / dz

    def surface(cell: float, absorbed: float) -> float:
        T = cell
        for _ in range(30):
            excess = absorbed - EMISSIVITY * STEFAN_BOLTZMANN * T**4 + to_face * (cell - T)
            T += excess / (4.0 * EMISSIVITY * STEFAN_BOLTZMANN * T**3 + to_face)
        return T

    def rate(t: float, T: NDArray[np.float64]) -> NDArray[np.float64]:
        flow = np.zeros(CELLS + 1)
        flow[1:-1] = -THROUGH * np.diff(T) / dz
        flow[0] = to_face * (surface(T[0], ABSORPTANCE * sunlight(t) + ground) - T[0])
        flow[-1] = to_face * (T[-1] - surface(T[-1], ground))
        return -np.diff(flow) / per_cell

    pieces = [times] if jump_s is None else [times[times <= jump_s], times[times >= jump_s]]
    state = np.full(CELLS, start)
    columns: list[NDArray[np.float64]] = []
    for piece in pieces:
        solution = solve_ivp(
            rate,
            (piece[0], piece[-1]),
            state,
            method="BDF",
            t_eval=piece,
            rtol=1e-7,
            atol=1e-5,
            max_step=60.0,
        )
        state = solution.y[:, -1]
        columns.append(solution.y if not columns else solution.y[:, 1:])
    return np.array(
        [
            (T.mean(), surface(T[0], ABSORPTANCE * sunlight(t) + ground), surface(T[-1], ground))
            for t, T in zip(times, np.concatenate(columns, axis=1).T, strict=True)
        ]
    )
