"""V20: the regolith column against converged finite volumes (theory V20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from thermal.core.constants import LUNATION
from thermal.sky.build import compute_environment
from thermal.sky.place import Place, Span
from thermal.verify.check import Check

TITLE = "Ground temperatures of a lunar day"
ROWS = (  # site, latitude deg, A0, noon, midnight, sunrise
    ("equator, highland", 0.0, 0.12, 385.23, 99.22, 92.75),
    ("Chang'e-5, mare", 43.06, 0.07, 355.70, 94.61, 88.45),
    ("Apollo 11, mare", 0.67, 0.07, 390.60, 100.10, 93.56),
)


def run() -> Iterator[Check]:
    """Noon, midnight and sunrise of the idealised sky."""
    span = Span(datetime(2020, 12, 3, tzinfo=UTC), LUNATION, "idealised", repeats=True)
    for site, latitude, albedo, noon, midnight, sunrise in ROWS:
        sky = compute_environment(Place(np.radians(latitude), 0.0, albedo), span)
        day = max(sky.ground.at(float(t)) for t in np.linspace(0.0, 0.02, 81) * LUNATION)
        for name, value, target in (
            ("noon", day, noon),
            ("midnight", sky.ground.at(0.5 * LUNATION), midnight),
            ("sunrise", sky.ground.at(0.75 * LUNATION), sunrise),
        ):
            yield Check(f"{site}: {name}", value, target, 0.1, "K")
