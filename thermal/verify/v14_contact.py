"""V14: contact between two bars, steady and as two half-spaces (theory V14)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.geometry.graded_grid import graded_grid
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import bar, contact, end, flux_through, held
from thermal.verify.check import Check

TITLE = "Contact conductance"
PERFECT = 2e4
"""W/m2/K: after 20 s the interface is within 0.01 K of that of a perfect contact."""


def run() -> Iterator[Check]:
    """Steady flux and jump, and the interface of two half-spaces in perfect contact."""
    warm = bar(np.linspace(0.0, 0.01, 3), 0.2, 1e6, name="warm")
    cold = bar(np.linspace(0.0, 0.02, 3), 160.0, 2.4e6, name="cold", apart_m=1.0)
    count = len(warm.surface.points)
    pair = HeatModel(
        [warm, cold],
        [contact(warm, cold, 50.0), held(warm, 400.0), held(cold, 300.0, last=True, first_vertex=count)],
    )
    state = next(integrate(pair, 0.0, 1.0, 1e-4))
    above = float(state.temperature["warm"][end(warm, last=True)].mean())
    below = float(state.temperature["cold"][end(cold)].mean())
    yield Check("flux", flux_through(state.powers_w, warm), 1426.02496, 0.1, "W/m2")
    yield Check("interface, warm side", above, 328.69875, 1e-3, "K")
    yield Check("interface, cold side", below, 300.17825, 1e-3, "K")
    yield Check("jump", above - below, 28.52050, 1e-3, "K")
    # Over 20 s the front goes 16 mm deep in the one and 0.3 m in the other.
    warm = bar(graded_grid(0.02, 1e-3, refine_at=[0.02], edge_size=2e-5), 0.2, 1e6, name="warm")
    cold = bar(
        graded_grid(0.3, 5e-3, refine_at=[0.0], edge_size=2e-4), 160.0, 2.43e6, name="cold", apart_m=1.0
    )
    touching = HeatModel([warm, cold], [contact(warm, cold, PERFECT)])
    touching.temperature = {"warm": 400.0, "cold": 300.0}
    state = list(integrate(touching, 0.0, 20.0, 0.01))[-1]
    found = float(state.temperature["cold"][end(cold)].mean())
    yield Check("interface of two half-spaces", found, 302.217747, 0.05, "K")
