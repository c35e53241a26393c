"""Rainflow counting: the example of ASTM E1049-85, and a periodic history that leaves no half cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.endurance.observe.rainflow import Rainflow
from thermal.verify.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Rainflow cycles of ASTM E1049"
HISTORY = (-2.0, 1.0, -3.0, 5.0, -1.0, 3.0, -4.0, 4.0, -2.0)
CYCLES = {3: 0.5, 4: 1.5, 6: 0.5, 8: 1.0, 9: 0.5}
"""Range to number of cycles, table of the standard."""
DAY_AND_ECLIPSE_K = (330.0, 150.0, 325.0, 75.0)
"""Noon, the depth of an eclipse, afternoon, the end of the night."""


def run() -> Iterator[Check]:
    """Stream both histories through the counter."""
    counter = Rainflow(1, bin_width=1.0)
    for value in HISTORY:
        counter.observe([value])
    counts = counter.count().counts[0]
    for size, target in CYCLES.items():
        yield Check(f"cycles of range {size}", float(counts[size]), target, 0.0, "1")
    yield Check("sum of the counts", float(counts.sum()), (len(HISTORY) - 1) / 2.0, 0.0, "1")
    lunations = 3
    periodic = Rainflow(1, bin_width=1.0, bins=300)
    for _ in range(lunations):
        for value in DAY_AND_ECLIPSE_K:
            periodic.observe([value])
    counts = periodic.count(periodic=True).counts[0]
    for size, words in ((255, "days"), (175, "eclipses")):
        yield Check(f"{words} of {lunations} lunations", float(counts[size]), lunations, 0.0, "1")
    yield Check("all cycles of a periodic history", float(counts.sum()), 2.0 * lunations, 0.0, "1")
