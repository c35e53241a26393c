"""V11: semi-infinite regolith-like solid (theory V11)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.core.constants import LUNATION
from thermal.geometry.graded_grid import graded_grid
from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import at_points, bar, end_flux, held
from thermal.verify.check import Check
from thermal.verify.models import model

TITLE = "Semi-infinite solid"
CONDUCTIVITY, CAPACITY, BASE_K, DAY_S = 1e-3, 1300.0 * 600.0, 300.0, 86400.0
WAVES = ((0.01, 0.733516, 1.183752), (0.05, 0.212348, 5.918759))


def run() -> Iterator[Check]:
    """Constant flux, a step, a convective step after a day; a wave over lunations."""
    lines = graded_grid(0.25, 5e-3, refine_at=[0.0], edge_size=1e-4, growth=1.1, through=[0.01, 0.05])
    part = bar(lines, CONDUCTIVITY, CAPACITY)
    along = part.surface.uv[:, 0]
    flux = end_flux(part, 10.0)
    heated = model(part, at_points(part, flux), (), BASE_K)
    state = list(integrate(heated, 0.0, DAY_S, 0.01))[-1]
    rise = float(state.temperature["bar"][along == 0.0].mean()) - BASE_K
    yield Check("surface after a day of 10 W/m2", rise, 118.758480, 0.12, "K")
    for name, conductance, target in (("step", 1e4, 0.501676), ("convective step", 0.05, 0.160766)):
        stepped = model(part, lambda _t, _x: 0.0, [held(part, 400.0, conductance=conductance)], BASE_K)
        state = list(integrate(stepped, 0.0, DAY_S, 0.01))[-1]
        theta = (float(state.temperature["bar"][np.abs(along - 0.01) < 1e-9].mean()) - BASE_K) / 100.0
        yield Check(f"{name}: theta at 1 cm after a day", theta, target, 1e-3, "1")
    yield from _wave()


def _wave() -> Iterator[Check]:
    """Amplitude and lag of the third lunation of a swinging surface."""
    lines = graded_grid(
        0.35, 5e-3, refine_at=[0.0], edge_size=1e-3, growth=1.1, through=[d for d, *_ in WAVES]
    )
    part = bar(lines, CONDUCTIVITY, CAPACITY)
    turn = 2.0 * np.pi / LUNATION
    swung = model(
        part,
        lambda _t, _x: 0.0,
        [held(part, lambda t: BASE_K + 100.0 * np.cos(turn * t), conductance=1e4)],
        BASE_K,
    )
    times = LUNATION * (2.0 + np.arange(48) / 48.0)
    states = [s for s in integrate(swung, 0.0, float(times[-1]), 0.02, times) if s.time_s >= times[0]]
    for depth, amplitude, lag in WAVES:
        there = np.abs(part.surface.uv[:, 0] - depth) < 1e-9
        swing = np.array([s.temperature["bar"][there].mean() for s in states])
        first = 2.0 / 48.0 * np.sum(swing * np.exp(-2j * np.pi * np.arange(48) / 48.0)) / 100.0
        yield Check(f"wave at {depth * 100:g} cm: amplitude", float(abs(first)), amplitude, 1e-3, "1")
        hours = -float(np.angle(first)) / (2.0 * np.pi) * 24.0
        yield Check(f"wave at {depth * 100:g} cm: lag", hours, lag, 0.01, "h of 24")
