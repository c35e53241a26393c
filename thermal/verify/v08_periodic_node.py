"""V8: one node under a half-sine Sun, periodic (theory V8; DOP853 at 1e-12)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import both_faces, model, sheet

TITLE = "One node, periodic half-sine Sun"
PERIOD_S, PEAK, SINK_K = 7200.0, 408.3, 100.0
TARGETS = {0.0: 100.02618, 0.25: 256.55871, 0.5: 150.33936, 0.75: 100.85204}
PERIODS = 4


def run() -> Iterator[Check]:
    """March until the period repeats and compare the last one."""
    background = both_faces(SINK_K)
    node = model(
        sheet([0.0, 0.1]),
        lambda t, _x: background + PEAK * max(0.0, np.sin(2.0 * np.pi * t / PERIOD_S)),
        temperature=SINK_K,
    )
    first = (PERIODS - 1) * PERIOD_S
    outputs = first + PERIOD_S * np.linspace(0.0, 1.0, 721)
    kinks = PERIOD_S / 2.0 * np.arange(1, 2 * PERIODS)
    times, values = [], []
    for state in integrate(node, 0.0, PERIODS * PERIOD_S, 0.002, outputs, kinks):
        if state.time_s >= first:
            times.append(state.time_s - first)
            values.append(state.temperature["sheet"].mean())
    T = np.array(values)
    for phase, target in TARGETS.items():
        yield Check(f"T({phase:g} P)", float(np.interp(phase * PERIOD_S, times, T)), target, 0.01, "K")
    yield Check("largest T", T.max(), 256.58132, 0.01, "K")
    fourth = float(np.trapezoid(T**4, times)) / PERIOD_S
    exact = PEAK / (np.pi * 1.7 * STEFAN_BOLTZMANN) + SINK_K**4
    yield Check("mean T^4 over the exact one", fourth / exact, 1.0, 1e-3, "1")
