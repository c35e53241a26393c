"""V10: the radiating fin theta'' = lam theta^4 (Lieblein, NASA TN D-196, 1959), a tube held at its root."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.geometry.tube import tube
from thermal.heat.model.conductor import Sink
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.law import Law
from thermal.heat.model.part import Face, Part
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check

TITLE = "Radiating fin on a tube"
ROOT_K, LENGTH_M, RADIUS_M, EMISSIVITY = 300.0, 0.5, 0.0125, 0.85
AROUND, CELLS = 12, 200
ROWS = (  # lam, theta of the surroundings, tip theta, -theta'(0)
    (0.1, 0.0, 0.95682050, 0.08900351),
    (1.0, 0.0, 0.77914516, 0.53398921),
    (10.0, 0.0, 0.48838572, 1.97201899),
    (1.0, 0.5, 0.79559616, 0.49693626),
)


def run() -> Iterator[Check]:
    """Balance tubes of the conductance that each lam asks for."""
    for lam, around, tip, slope in ROWS:
        sheet_conductance = EMISSIVITY * STEFAN_BOLTZMANN * ROOT_K**3 * LENGTH_M**2 / lam
        law = Law.constant(sheet_conductance)
        lines = np.linspace(0.0, LENGTH_M, CELLS + 1, dtype=np.float64)
        surface = tube("tube", (0, 0, 0), (0, LENGTH_M, 0), RADIUS_M, lines, around=AROUND)
        part = Part(surface, Law.constant(2700.0), (law, law), Face(emissivity=EMISSIVITY), Face())
        root = Sink("root", np.arange(AROUND), np.full(AROUND, 1e4), lambda _t: ROOT_K)
        fin = HeatModel([part], [root])
        falling = EMISSIVITY * STEFAN_BOLTZMANN * (around * ROOT_K) ** 4
        fin.absorbed = lambda _t, _x, face, q=falling: q if face == "front" else None
        state = next(integrate(fin, 0.0, 1.0, 1e-4))
        section = sheet_conductance * 2.0 * np.pi * RADIUS_M * ROOT_K / LENGTH_M
        name = f"lam {lam:g}, surroundings {around:g}"
        found = float(state.temperature["tube"][-AROUND:].mean()) / ROOT_K
        yield Check(f"tip theta, {name}", found, tip, 1e-4 * tip, "1")
        yield Check(f"root slope, {name}", state.powers_w["sink:root"] / section, slope, 2e-4 * slope, "1")
