"""V22: energy over a period (theory D7, V22): the ledger of every step, and what a periodic state keeps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.geometry.graded_grid import graded_grid
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import both_faces, model, sheet

TITLE = "Energy closure"
PERIOD_S, PEAK, SINK_K = 7200.0, 408.3, 100.0


def run() -> Iterator[Check]:
    """March a graded strip, half of it in shade, through three periods of a half-sine Sun."""
    lines = graded_grid(0.2, 0.01, refine_at=[0.1], edge_size=1e-3)
    background = both_faces(SINK_K)
    strip = model(
        sheet(lines),
        lambda t, x: background + PEAK * max(0.0, np.sin(2.0 * np.pi * t / PERIOD_S)) * (x[:, 1] < 0.1),
        temperature=SINK_K,
    )
    outputs = [2.0 * PERIOD_S, 3.0 * PERIOD_S]
    kinks = PERIOD_S / 2.0 * np.arange(1, 6)
    before, after = (
        s.ledger for s in integrate(strip, 0.0, outputs[-1], 0.01, outputs, kinks) if s.time_s in outputs
    )
    yield Check("ledger's residual over absorbed energy", after.residual_fraction, 0.0, 1e-8, "1")
    absorbed = after.absorbed_j - before.absorbed_j
    kept = absorbed + after.emitted_j - before.emitted_j
    yield Check("kept of the third period's energy", kept / absorbed, 0.0, 1e-4, "1")
