"""V16 with a finite joint: what a seam of given conductance lets into the cloth, exact."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import brentq

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.model.conductor import Sink
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import always, both_faces, graded_lines, model, sheet

TITLE = "Flag at an arm through a joint of finite conductance"
ROWS = ((350.0, 250.0), (250.0, 320.0))
JOINTS = (0.02, 1.0)
"""W/m/K: one that chokes the flux, and that of the reference case."""
WIDTH_M, SHEET_CONDUCTANCE, EMISSIVITY = 0.01, 4e-5, 0.85


def run() -> Iterator[Check]:
    """Compare with the flux that joint and cloth agree upon."""
    lines = graded_lines(0.15, 0.0)
    for arm, far in ROWS:
        for conductance in JOINTS:
            target = conductance * abs(arm - _hem(arm, far, conductance))
            strip = sheet(lines, [0.0, WIDTH_M])
            edge = np.flatnonzero(strip.surface.uv[:, 0] == 0.0)
            share = np.full(len(edge), conductance * WIDTH_M / len(edge))
            joint = Sink("arm", edge, share, always(arm))
            seamed = model(strip, always(both_faces(far)), [joint])
            state = next(integrate(seamed, 0.0, 1.0, 0.01))
            flux = abs(state.powers_w["sink:arm"]) / WIDTH_M
            name = f"flux, {arm:g} K arm, {far:g} K cloth, {conductance:g} W/m/K"
            yield Check(name, flux, target, 0.01 * target, "W/m")


def _hem(arm: float, far: float, conductance: float) -> float:
    """Temperature of the hem at which the joint gives what the cloth takes (V16's first integral), K."""

    def excess(hem: float) -> float:
        integral = (hem**5 - far**5) / 5.0 - far**4 * (hem - far)
        taken = np.sqrt(4.0 * EMISSIVITY * STEFAN_BOLTZMANN * SHEET_CONDUCTANCE * max(integral, 0.0))
        return float(conductance * (arm - hem) - np.sign(hem - far) * taken)

    return float(brentq(excess, min(arm, far), max(arm, far)))
