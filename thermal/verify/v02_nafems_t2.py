"""V2: NAFEMS T2, a bar whose end radiates (The Standard NAFEMS Benchmarks, TNSB Rev. 3, 1990)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import at_points, bar, end, end_flux, flux_through, held, radiating_end
from thermal.verify.check import Check
from thermal.verify.models import model

TITLE = "NAFEMS T2: conduction with radiation at the end"
HOT_K, COLD_K, EMISSIVITY, LENGTH_M = 1000.0, 300.0, 0.98, 0.1
ROWS = ((55.6, 927.00395, 40585.80), (55.563, 926.96709, 40579.28))


def run() -> Iterator[Check]:
    """Balance the bar for both conductivities in use."""
    for conductivity, end_k, flux in ROWS:
        part = radiating_end(bar(np.linspace(0.0, LENGTH_M, 11), conductivity, 3.5e6), EMISSIVITY)
        falling = end_flux(part, EMISSIVITY * STEFAN_BOLTZMANN * COLD_K**4, last=True)
        held_bar = model(part, at_points(part, falling), [held(part, HOT_K)])
        state = next(integrate(held_bar, 0.0, 1.0, 1e-4))
        found = float(state.temperature["bar"][end(part, last=True)].mean())
        yield Check(f"T of the end, k = {conductivity:g}", found, end_k, 0.02, "K")
        yield Check(f"flux, k = {conductivity:g}", flux_through(state.powers_w, part), flux, 10.0, "W/m2")
