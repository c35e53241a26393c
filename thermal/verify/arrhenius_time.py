"""Heat ageing (theory E8): the Arrhenius factor, and the equivalent time of a sine of temperature."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import LUNATION
from thermal.endurance.damage.arrhenius import EquivalentTime, rate_factor
from thermal.verify.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "Arrhenius ageing of a day's temperatures"
ENERGY_J_MOL = 100e3
STEPS = 1600


def run() -> Iterator[Check]:
    """Integrate 250 + 80 sin K over a day against 330 K, and compare one rate."""
    yield Check(
        "rate at 330 K over 300 K", float(rate_factor(330.0, ENERGY_J_MOL, 300.0)), 38.26811, 5e-6, "1"
    )
    ageing = EquivalentTime(1, ENERGY_J_MOL, 330.0)
    for number, time_s in enumerate(np.linspace(0.0, LUNATION, STEPS + 1)):
        temperature = 250.0 + 80.0 * math.sin(2.0 * math.pi * float(time_s) / LUNATION)
        ageing.observe(LUNATION / STEPS if number else 0.0, [temperature])
    factor = float(ageing.equivalent_s[0]) / LUNATION
    yield Check("mean rate of the sine over 330 K", factor, 0.13341570, 1e-5, "1")
