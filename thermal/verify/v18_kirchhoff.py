"""V18: conductivity with T^3, whose flux the Kirchhoff potential gives exactly (theory V18)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.heat.model.law import Law
from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import bar, flux_through, held
from thermal.verify.check import Check
from thermal.verify.models import model

TITLE = "Conductivity with T^3"


def run() -> Iterator[Check]:
    """Balance a slab between 250 and 350 K on four cells."""
    law = Law.of(lambda T: 1e-3 * (1.0 + 2.7 * (T / 350.0) ** 3))
    part = bar(np.linspace(0.0, 0.02, 5), law, 1e6)
    ends = [held(part, 250.0), held(part, 350.0, last=True)]
    state = next(integrate(model(part, lambda _t, _x: 0.0, ends), 0.0, 1.0, 1e-5))
    flux = flux_through(state.powers_w, part, last=True)
    yield Check("flux", flux, 13.7376094, 1e-5 * 13.7, "W/m2")
    middle = np.abs(part.surface.uv[:, 0] - 0.01) < 1e-9
    yield Check("mid-plane", float(state.temperature["bar"][middle].mean()), 307.716603, 1e-3, "K")
