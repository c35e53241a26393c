"""V17: the edge of a shadow (theory V17), exact: T = (4/5)(T1^5 - T2^5)/(T1^4 - T2^4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from thermal.geometry.graded_grid import graded_grid
from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import both_faces, graded_lines, model, sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray

TITLE = "Shadow edge with vertices on it, on five lines across the sheet"
LENGTH_M, EDGE_M = 0.2, 0.1


def run() -> Iterator[Check]:
    """Steady strip, lit on one half."""
    plain, target = _edge(graded_grid(LENGTH_M, 0.001), 320.0, 250.0), _exact(320.0, 250.0)
    yield Check("edge temperature", float(max(plain, key=lambda k: abs(k - target))), target, 0.05, "K")
    graded = [_edge(graded_lines(LENGTH_M, EDGE_M, k), 310.0, 80.0) for k in (0, 1, 2)]
    exact = _exact(310.0, 80.0)
    yield Check("coldest line, graded, 310 K to 80 K", float(graded[0].min()), exact, 0.05, "K")
    yield Check("hottest line, graded, 310 K to 80 K", float(graded[0].max()), exact, 0.05, "K")
    coarse, fine = (float(np.abs(lines - exact).max()) for lines in graded[1:])
    yield Check("order, graded", float(np.log2(coarse / fine)), 2.0, 0.2, "1")


def _edge(along: NDArray[np.float64], lit_k: float, dark_k: float) -> NDArray[np.float64]:
    """Temperatures where five lines along the strip cross the edge of the shadow, K."""
    strip = sheet(along, np.linspace(0.0, 0.01, 5))
    light = np.where(np.abs(along - EDGE_M) < 1e-9, 0.5, np.where(along < EDGE_M, 1.0, 0.0))
    absorbed = both_faces(dark_k) + (both_faces(lit_k) - both_faces(dark_k)) * light
    half = model(strip, lambda _time, x: np.interp(x[:, 1], along, absorbed))
    state = next(integrate(half, 0.0, 1.0, 0.001))
    return state.temperature["sheet"][np.abs(strip.surface.uv[:, 0] - EDGE_M) < 1e-9]


def _exact(lit_k: float, dark_k: float) -> float:
    return 0.8 * (lit_k**5 - dark_k**5) / (lit_k**4 - dark_k**4)
