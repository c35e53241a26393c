"""V13: grey exchange of plates, with a shield, and in a triangle (theory V13)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.radiation import grey_exchange
from thermal.verify.check import Check

TITLE = "Radiative exchange"
FACING = np.array([[0.0, 1.0], [1.0, 0.0]])
TRIANGLE = 0.5 * (np.ones((3, 3)) - np.eye(3))
BLACKBODY = STEFAN_BOLTZMANN * np.array([350.0, 100.0]) ** 4


def run() -> Iterator[Check]:
    """Exchange of W/m2 between the first surface and the rest."""
    for name, emissivity, target in (
        ("plates, eps 0.85 and 0.05", (0.85, 0.05), 41.892371),
        ("black plates", (1.0, 1.0), 845.240187),
    ):
        yield _check(name, _lost(grey_exchange(FACING, np.ones(2), emissivity), BLACKBODY), target)
    gap = grey_exchange(FACING, np.ones(2), (0.85, 0.05))[0, 1]
    yield _check("plates with a shield", 0.5 * gap * float(BLACKBODY[0] - BLACKBODY[1]), 20.946185)
    triangle = grey_exchange(TRIANGLE, np.ones(3), (0.8, 0.5, 0.5))
    hot, cold = STEFAN_BOLTZMANN * np.array([400.0, 300.0]) ** 4
    adiabatic = (triangle[2, 0] * hot + triangle[2, 1] * cold) / (triangle[2, 0] + triangle[2, 1])
    yield _check(
        "triangle with an adiabatic side", _lost(triangle, np.array([hot, cold, adiabatic])), 384.12214
    )


def _lost(exchange: NDArray[np.float64], blackbody: NDArray[np.float64]) -> float:
    return float(exchange[0] @ (blackbody[0] - blackbody))


def _check(name: str, value: float, target: float) -> Check:
    return Check(name, value, target, 1e-3 * target, "W/m2")
