"""V17: the edge of a shadow (theory V17), exact: T = (4/5)(T1^5 - T2^5)/(T1^4 - T2^4)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import both_faces, model, sheet

TITLE = "Shadow edge with 1 mm cells and a vertex on the edge"
LIT_K, DARK_K = 320.0, 250.0


def run() -> Iterator[Check]:
    """Steady strip, lit on one half."""
    strip = sheet(np.linspace(0.0, 0.2, 201, dtype=np.float64))
    y = strip.surface.uv[:, 0]
    lit, dark = both_faces(LIT_K), both_faces(DARK_K)
    share = np.where(y < 0.1 - 1e-6, 1.0, np.where(y > 0.1 + 1e-6, 0.0, 0.5))
    half = model(strip, lambda _t, x: dark + (lit - dark) * np.interp(x[:, 1], y[::2], share[::2]))
    state = next(integrate(half, 0.0, 1.0, 0.01))
    edge = float(state.temperature["sheet"][np.abs(y - 0.1) < 1e-6].mean())
    yield Check("edge temperature", edge, 289.247157, 0.05, "K")
