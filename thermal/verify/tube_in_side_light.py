r"""Bowing input: the first harmonic round a thin tube in side light, a closed form (thin wall).

With k t conduction round the circle, emission outside and grey exchange inside,
T1 (k t / R^2 + 4 eps sigma T0^3 + 4 eps_i / (4 - eps_i) 4 sigma T0^3) = alpha S / 2.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.geometry.tube import tube
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.law import Law
from thermal.heat.model.part import Face, Part
from thermal.heat.time.parallel_run import integrate
from thermal.scene.telescope import Cylinder, inside_exchange
from thermal.verify.check import Check

TITLE = "Tube in side light: first harmonic"
MEAN_K, RADIUS_M, OUTSIDE, LIGHT, AROUND = 300.0, 0.0125, 0.8, 40.0, 72
ROWS = ((1e-3, 0.85), (1e-3, 0.05), (2e-3, 0.85))
"""Sheet conductance in W/K (kt/R2 of 6 to 13 W/m2/K, a CFRP tube) and emissivity inside."""


def run() -> Iterator[Check]:
    """Balance a tube lit from one side."""
    lines = np.linspace(0.0, 0.2, 5)
    surface = tube("tube", (0, 0, 0), (0, 0.2, 0), RADIUS_M, lines, around=AROUND, towards=(0, 0, 1))
    background = OUTSIDE * STEFAN_BOLTZMANN * MEAN_K**4 - LIGHT / np.pi
    rate = 4.0 * STEFAN_BOLTZMANN * MEAN_K**3
    for conductance, inside in ROWS:
        law = Law.constant(conductance)
        part = Part(surface, Law.constant(1500.0), (law, law), Face(emissivity=OUTSIDE), Face())
        shape = Cylinder("tube", np.zeros(3), np.array([0.0, 0.2, 0.0]), RADIUS_M, inside, OUTSIDE)
        exchange = inside_exchange(shape, surface, 0, np.ones(len(surface.points)))
        lit = HeatModel([part], [exchange])
        lit.absorbed = lambda _t, x, face: (
            background + LIGHT * np.maximum(x[:, 2], 0.0) / np.hypot(x[:, 0], x[:, 2])
            if face == "front"
            else None
        )
        T = next(integrate(lit, 0.0, 1.0, 1e-4)).temperature["tube"].reshape(-1, AROUND).mean(axis=0)
        first = 2.0 / AROUND * float(T @ np.cos(2.0 * np.pi * np.arange(AROUND) / AROUND))
        around = conductance / RADIUS_M**2
        exact = 0.5 * LIGHT / (around + OUTSIDE * rate + 4.0 * inside / (4.0 - inside) * rate)
        name = f"kt/R2 {around:.1f} W/m2/K, eps inside {inside:g}"
        yield Check(name, first, exact, 0.01 * exact, "K")
