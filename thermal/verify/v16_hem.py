"""V16: the flux from an arm into the hem (theory V16), exact: the test of grading next to the arm."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.geometry.graded_grid import graded_grid
from thermal.heat.model.conductor import Sink
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import always, both_faces, model, sheet

TITLE = "Flag at a warm or cold arm: flux through the joint"
ROWS = ((350.0, 250.0, 1.892641), (250.0, 320.0, 1.411160))
WIDTH_M = 0.01
STIFF_JOINT = 1e4
"""W/m/K: the edge takes the arm's temperature to 1e-4 K."""


def run() -> Iterator[Check]:
    """Hold the edge of a strip at the arm's temperature and take the joint's reaction."""
    lines = graded_grid(0.15, 0.01, refine_at=[0.0], edge_size=0.25e-3, growth=1.25)
    for arm, far, target in ROWS:
        strip = sheet(lines, [0.0, WIDTH_M])
        edge = np.flatnonzero(strip.surface.uv[:, 0] == 0.0)
        joint = Sink("arm", edge, np.full(len(edge), STIFF_JOINT * WIDTH_M / len(edge)), always(arm))
        held = model(strip, always(both_faces(far)), [joint])
        state = next(integrate(held, 0.0, 1.0, 0.01))
        flux = abs(state.powers_w["sink:arm"]) / WIDTH_M
        yield Check(f"flux, {arm:g} K arm at {far:g} K cloth", flux, target, 0.01 * target, "W/m")
