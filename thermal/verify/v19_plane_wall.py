"""V19: plane wall, Bi = 1 and Fo = 1, full series (theory V19)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import bar, end, held
from thermal.verify.check import Check
from thermal.verify.models import model

TITLE = "Plane wall with convection"
AROUND_K, RISE_K = 300.0, 100.0


def run() -> Iterator[Check]:
    """Half a wall with its middle at the insulated end."""
    part = bar(np.linspace(0.0, 1.0, 81), 1.0, 1.0)
    cooled = held(part, AROUND_K, last=True, conductance=1.0)
    wall = model(part, lambda _t, _x: 0.0, [cooled], AROUND_K + RISE_K)
    state = list(integrate(wall, 0.0, 1.0, 1e-3))[-1]
    theta = float(state.temperature["bar"][end(part)].mean() - AROUND_K) / RISE_K
    yield Check("theta of the middle", theta, 0.53385940, 1e-4, "1")
