"""Dose of sunlight on both faces in equivalent sun hours (ESH).

One ESH is an hour of unhindered sunlight at normal incidence and 1 AU: 1361 W/m2 x 3600 s over all
wavelengths. The direct light comes from the run itself, so shadows, penumbra, eclipses and the Sun's
distance are in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import SOLAR_CONSTANT
from thermal.endurance.observe.checkpointable import Kept

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

SUN_HOUR: Final = SOLAR_CONSTANT * 3600.0
"""J/m2 in one equivalent sun hour."""


class SunDose(Kept):
    """Dose of n vertices on both faces, summed over the accepted steps.

    Parameters
    ----------
    size
        Number of vertices n.

    Attributes
    ----------
    front_esh, back_esh
        Dose so far in ESH, (n,).
    total_s
        Time observed in s.

    """

    _records = (
        ("front_esh", np.array),
        ("back_esh", np.array),
        ("total_s", float),
    )

    def __init__(self, size: int) -> None:
        self.front_esh = np.zeros(size)
        self.back_esh = np.zeros(size)
        self.total_s = 0.0

    def observe(self, step_s: float, sunlight_front: ArrayLike, sunlight_back: ArrayLike) -> None:
        """Take the light of an accepted step.

        Parameters
        ----------
        step_s
            Length of the step in s.
        sunlight_front, sunlight_back
            Direct sunlight on each face before absorption, mean over the step, (n,), W/m2.

        """
        self.front_esh += step_s / SUN_HOUR * np.asarray(sunlight_front)
        self.back_esh += step_s / SUN_HOUR * np.asarray(sunlight_back)
        self.total_s += step_s
