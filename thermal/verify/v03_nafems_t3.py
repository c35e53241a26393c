"""V3: NAFEMS T3, a bar with a swinging end (TNSB Rev. 3, 1990); Fourier series 36.60312 C."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import bar, held
from thermal.verify.check import Check
from thermal.verify.models import model

TITLE = "NAFEMS T3: transient conduction in a bar"
ZERO_C = 273.15


def run() -> Iterator[Check]:
    """March 32 s on 80 cells (lumped capacities: twice the benchmark's 40 consistent ones)."""
    part = bar(np.linspace(0.0, 0.1, 81), 35.0, 440.5 * 7200.0)
    ends = [
        held(part, ZERO_C),
        held(part, lambda t: ZERO_C + 100.0 * np.sin(np.pi * t / 40.0), last=True),
    ]
    state = list(integrate(model(part, lambda _t, _x: 0.0, ends, ZERO_C), 0.0, 32.0, 2e-3))[-1]
    there = np.abs(part.surface.uv[:, 0] - 0.08) < 1e-9
    yield Check(
        "T(0.08 m, 32 s)", float(state.temperature["bar"][there].mean()) - ZERO_C, 36.60312, 0.05, "C"
    )
