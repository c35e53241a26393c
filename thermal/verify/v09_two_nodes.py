"""V9: flag and arm in contact, periodic and cooling, and the linear pair (theory V9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from thermal.heat.model.conductor import Conductors
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import loss
from thermal.verify.check import Check
from thermal.verify.models import both_faces, sheet

TITLE = "Two nodes in contact"
PERIOD_S, SINK_K = 7200.0, 100.0
PERIODIC = {0.0: (107.05782, 111.95307), 0.25: (255.06903, 236.51090),
            0.5: (156.73357, 187.05441), 0.75: (115.30485, 127.27313)}  # fmt: skip
COOLING = {60.0: (206.85531, 274.79140), 600.0: (141.22430, 185.62166), 3600.0: (108.94456, 115.32440)}
LINEAR = ((53.47006, -1.65143), (17.63777, -9.92674))
NAMES = ("flag", "arm")


def run() -> Iterator[Check]:
    """Half-sine Sun until it repeats, cooling from 300 K, and the cosine load of the linear pair."""
    first = 4 * PERIOD_S
    sunlit = _pair((200.0, 1500.0), (0.85, 0.8), 0.5)
    kinks = PERIOD_S / 2.0 * np.arange(1, 10)
    sunlit.absorbed = lambda t, x, face: (
        _pick(x, both_faces(SINK_K), both_faces(SINK_K, 0.8))
        + _pick(x, 408.3, 300.0) * max(0.0, np.sin(2.0 * np.pi * t / PERIOD_S))
        if face == "front"
        else None
    )
    sunlit.temperature = SINK_K
    outputs = [first + phase * PERIOD_S for phase in PERIODIC]
    found = {s.time_s: s for s in integrate(sunlit, 0.0, outputs[-1], 0.005, outputs, kinks)}
    for time_s, (phase, targets) in zip(outputs, PERIODIC.items(), strict=True):
        for name, target in zip(NAMES, targets, strict=True):
            value = float(found[time_s].temperature[name].mean())
            yield Check(f"T of the {name} at {phase:g} P", value, target, 0.01, "K")
    cooling = _pair((200.0, 1500.0), (0.85, 0.8), 0.5)
    cooling.absorbed = lambda _t, x, face: (
        _pick(x, both_faces(SINK_K), both_faces(SINK_K, 0.8)) if face == "front" else None
    )
    cooling.temperature = 300.0
    for state in integrate(cooling, 0.0, 3600.0, 0.005, COOLING):
        for name, target in zip(NAMES, COOLING.get(state.time_s, ()), strict=False):
            value = float(state.temperature[name].mean())
            yield Check(f"T of the cooling {name} at {state.time_s:g} s", value, target, 0.01, "K")
    yield from _linear()


def _linear() -> Iterator[Check]:
    """Amplitude and phase of both nodes under q = 500 cos(wt) on the first."""
    pair = _pair((200.0, 1000.0), (0.0, 0.0), 2.0, losses=(8.0, 4.0))
    pair.absorbed = lambda t, x, face: (
        _pick(x, 500.0 * np.cos(2.0 * np.pi * t / PERIOD_S), 0.0) if face == "front" else None
    )
    times = PERIOD_S * (1.0 + np.arange(73) / 72.0)
    states = [s for s in integrate(pair, 0.0, times[-1], 0.005, times) if s.time_s >= PERIOD_S]
    for name, (amplitude, phase) in zip(NAMES, LINEAR, strict=True):
        swing = np.array([s.temperature[name].mean() for s in states])[:-1]
        first = 2.0 / 72.0 * np.sum(swing * np.exp(-2j * np.pi * np.arange(72) / 72.0))
        yield Check(f"linear {name}: amplitude", float(abs(first)), amplitude, 0.01, "K")
        yield Check(f"linear {name}: phase", float(np.degrees(np.angle(first))), phase, 0.02, "deg")


def _pair(
    capacities: tuple[float, float],
    emissivities: tuple[float, float],
    conductance: float,
    losses: tuple[float, float] = (0.0, 0.0),
) -> HeatModel:
    """Two equal sheets a metre apart, each vertex tied to its like, W/m2/K."""
    parts = [
        sheet([0.0, 0.1], name=name, capacity=c, emissivity=e)
        for name, c, e in zip(NAMES, capacities, emissivities, strict=True)
    ]
    surface = parts[1].surface
    parts[1] = replace(parts[1], surface=replace(surface, points=surface.points + np.array([1.0, 0.0, 0.0])))
    count = len(surface.points)
    tie = Conductors("tie", np.arange(count), count + np.arange(count), conductance * surface.area)
    sinks = [loss(part, h, 300.0, k * count) for k, (part, h) in enumerate(zip(parts, losses, strict=True))]
    made = HeatModel(parts, [tie, *(s for s, h in zip(sinks, losses, strict=True) if h)])
    made.temperature = 300.0
    return made


def _pick(x: NDArray[np.float64], flag: float, arm: float) -> NDArray[np.float64]:
    return np.where(x[:, 0] < 0.5, flag, arm)
