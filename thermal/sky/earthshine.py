"""Light and heat from the Earth on the Moon's near side: 0.075 and 0.066 W/m2 at the mean distance."""

from __future__ import annotations

import math
from typing import Final

from thermal.core.constants import EARTH_RADIUS, SOLAR_CONSTANT

EARTH_ALBEDO: Final = 0.3
"""Bond albedo of the Earth."""


def earth_loads(phase: float, earth_m: float, sun_au: float) -> tuple[float, float]:
    """Return sunlight reflected by the Earth, and its own infrared, on a surface normal to it.

    Parameters
    ----------
    phase
        Angle Sun - Earth - Moon, rad; 0 is full Earth.
    earth_m
        Distance of the Earth, m.
    sun_au
        Distance of the Sun, AU.

    Returns
    -------
    tuple of float
        Short wave of a Lambert sphere, ``S (2/3) A (R/d)^2 (sin a + (pi - a) cos a)/pi``, and infrared
        ``S (1 - A)/4 (R/d)^2``, W/m2.

    """
    solid = (EARTH_RADIUS / earth_m) ** 2
    sunlight = SOLAR_CONSTANT / sun_au**2
    lambert = (math.sin(phase) + (math.pi - phase) * math.cos(phase)) / math.pi
    reflected = sunlight * (2.0 / 3.0) * EARTH_ALBEDO * solid * lambert
    return reflected, sunlight * (1.0 - EARTH_ALBEDO) / 4.0 * solid
