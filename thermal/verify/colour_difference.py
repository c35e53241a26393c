"""CIEDE2000: pairs of Sharma, Wu and Dalal (2005, Color Res. Appl. 30, 21-30, doi 10.1002/col.20070)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance.colour.cie import ciede2000, lab_from_srgb
from thermal.verify.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Colour difference CIEDE2000"
PAIRS = (
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
)


def run() -> Iterator[Check]:
    """Compare the published pairs, and flag red with white."""
    for number, (first, second, target) in enumerate(PAIRS, start=1):
        yield Check(f"pair {number}", float(ciede2000(first, second)), target, 5e-5, "1")
    red = lab_from_srgb(np.array([238.0, 28.0, 37.0]) / 255.0)
    yield Check("flag red to white", float(ciede2000(red, [100.0, 0.0, 0.0])), 46.49, 0.02, "1")
