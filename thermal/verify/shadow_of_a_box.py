"""V17 and penumbra by rays: the edge of a box's shadow on cloth, and the width of an arm's penumbra."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.core.constants import ASTRONOMICAL_UNIT, SUN_RADIUS
from thermal.heat.time.parallel_run import integrate
from thermal.radiation import Body, Occluders, box, cylinder, sun_visibility
from thermal.verify.bars import at_points
from thermal.verify.check import Check
from thermal.verify.models import both_faces, model, sheet

TITLE = "Shadows by rays: edge of a box, penumbra of an arm"
LIT_K, DARK_K = 320.0, 250.0
SMALL_SUN = 1e-4
"""rad: at 0.1 m the penumbra is then 0.02 mm wide, a fiftieth of a cell."""
DISTANCES_M = (0.5, 1.0, 2.0)


def run() -> Iterator[Check]:
    """Light a strip past a box whose edge is over its middle; then look along lines behind an arm."""
    strip = sheet(np.linspace(0.0, 0.2, 201), [0.0, 0.01])
    # The strip faces east; the box stands 0.1 m before it and hides its northern half.
    occluders = Occluders([Body("box", box((0.2, 0.2, -0.5), (0.2, 0.2, 1.0)))])
    seen = sun_visibility(
        occluders, strip.surface.points, strip.surface.normals, np.array([1.0, 0.0, 0.0]), SMALL_SUN
    )
    falling = both_faces(DARK_K) + (both_faces(LIT_K) - both_faces(DARK_K)) * seen
    state = next(integrate(model(strip, at_points(strip, falling)), 0.0, 1.0, 0.01))
    edge = float(state.temperature["sheet"][np.abs(strip.surface.uv[:, 0] - 0.1) < 1e-9].mean())
    yield Check("edge of the box's shadow", edge, 289.247157, 0.05, "K")
    radius = float(np.arcsin(SUN_RADIUS / ASTRONOMICAL_UNIT))
    for distance in DISTANCES_M:
        arm = Occluders([Body("arm", cylinder((-3.0, 0.0, distance), (3.0, 0.0, distance), 0.03, 256))])
        y = np.linspace(0.0, 0.04, 4001)
        points = np.stack([0.0 * y, y, 0.0 * y], axis=1)
        up = np.tile([0.0, 0.0, 1.0], (len(y), 1))
        share = sun_visibility(arm, points, up, np.array([0.0, 0.0, 1.0]), radius)
        cut = y[(share > 0.0) & (share < 1.0)]
        exact = 2.0 * np.tan(radius) * distance
        yield Check(
            f"penumbra at {distance:g} m", 1e3 * float(cut[-1] - cut[0]), 1e3 * exact, 20.0 * exact, "mm"
        )
