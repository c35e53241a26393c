"""A tube that is warmer on one side: its tip moves by CTE a/R L^2/2 (curvature CTE a/R, exact)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance.mechanics.bending import TipDeflection, TubeShape
from thermal.geometry.tube import tube
from thermal.verify.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Thermal bending of a tube with a cosine of temperature round it"
LENGTH_M, RADIUS_M, EXPANSION, AMPLITUDE_K, ROOM_K = 2.0, 0.0125, 22.6e-6, 7.0, 293.0


def run() -> Iterator[Check]:
    """Prescribe the cosine, the same along the tube and fading to nothing at the tip."""
    start, end = np.array([0.0, 0.0, 1.0]), np.array([0.0, LENGTH_M, 1.0])
    surface = tube("arm", (0.0, 0.0, 1.0), (0.0, LENGTH_M, 1.0), RADIUS_M, np.linspace(0.0, LENGTH_M, 21))
    shape = TubeShape(
        surface.uv[:, 0], surface.normals, start, end, RADIUS_M, lambda at_k: EXPANSION * (at_k - ROOM_K)
    )
    arm = TipDeflection([shape])
    warm_east = 300.0 + AMPLITUDE_K * shape.outward[:, 0]
    curvature = EXPANSION * AMPLITUDE_K / RADIUS_M
    target = 1e3 * curvature * LENGTH_M**2 / 2.0
    yield Check(
        "tip away from the warm side", -1e3 * float(arm.at(warm_east)[0]), target, 5e-3 * target, "mm"
    )
    fading = 300.0 + (1.0 - shape.axial_m / LENGTH_M) * AMPLITUDE_K * shape.outward[:, 0]
    target = 1e3 * curvature * LENGTH_M**2 / 3.0
    yield Check(
        "the same, fading towards the tip", -1e3 * float(arm.at(fading)[0]), target, 5e-3 * target, "mm"
    )
    angle = np.arctan2(shape.outward[:, 2], shape.outward[:, 0])
    squeezed = float(np.linalg.norm(arm.at(300.0 + AMPLITUDE_K * np.cos(2.0 * angle))))
    yield Check("two warm sides bend nothing", 1e3 * squeezed, 0.0, 1e-9, "mm")
