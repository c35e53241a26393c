"""Fatigue laws (theory E1 to E3): Coffin-Manson life, its form in temperature, and Miner's sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.endurance.damage.fatigue import StrainLife, TemperatureCoffinManson, miner
from thermal.endurance.observe.rainflow import Rainflow
from thermal.verify.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Coffin-Manson life and Miner's sum"


def run() -> Iterator[Check]:
    """Compare lives with the closed values, and a streamed sum with cycles over life."""
    strain = StrainLife(ductility=0.3, ductility_exponent=-0.6)
    yield Check("cycles at a strain range of 1 %", float(strain.cycles(0.01)), 459.786, 5e-4, "1")
    law = TemperatureCoffinManson(1e4, 255.0, 2.0)
    share = float(law.cycles(255.0) / law.cycles(180.0))
    yield Check("damage of an eclipse over a day's", share, (180.0 / 255.0) ** 2, 1e-9, "1")
    days = 20
    counter = Rainflow(1, law.table())
    for _ in range(days):
        counter.observe([330.0])
        counter.observe([75.0])
    counter.observe([330.0])
    target = float(miner([days], [1e4]))
    yield Check("Miner's sum of 20 days", float(counter.count().damage[0]), target, 1e-6 * target, "1")
