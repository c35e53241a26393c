"""V16: the flux from an arm into the hem (theory V16), exact: the test of grading next to the arm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.model.conductor import Sink
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import always, both_faces, graded_lines, model, sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

TITLE = "Flag at a warm or cold arm: flux through the joint"
ROWS = ((350.0, 250.0, 1.8926407), (250.0, 320.0, 1.4111598))
WIDTH_M = 0.01
STIFF_JOINT = 1e4
"""W/m/K: the edge takes the arm's temperature to 1e-4 K."""


def run() -> Iterator[Check]:
    """Hold the edge of a strip at the arm's temperature and take the joint's reaction."""
    for arm, far, target in ROWS:
        fluxes = [_flux(graded_lines(0.15, 0.0, halvings), arm, far) for halvings in (0, 1, 2)]
        name = f"{arm:g} K arm at {far:g} K cloth"
        yield Check(f"flux, {name}", fluxes[0], target, 0.01 * target, "W/m")
        coarse, fine = (abs(flux - target) for flux in fluxes[1:])
        yield Check(f"order, {name}", float(np.log2(coarse / fine)), 2.0, 0.2, "1")


def _flux(lines: NDArray[np.float64], arm: float, far: float) -> float:
    """Flux through the edge, W/m."""
    strip = sheet(lines, [0.0, WIDTH_M])
    edge = np.flatnonzero(strip.surface.uv[:, 0] == 0.0)
    joint = Sink("arm", edge, np.full(len(edge), STIFF_JOINT * WIDTH_M / len(edge)), always(arm))
    held = model(strip, always(both_faces(far)), [joint])
    state = next(integrate(held, 0.0, 1.0, 0.001))
    return abs(state.powers_w["sink:arm"]) / WIDTH_M
