"""Physical and astronomical constants, SI, each with its source."""

from __future__ import annotations

from typing import Final

STEFAN_BOLTZMANN: Final = 5.670374419e-8
"""W/m2/K4, exact in the SI of 2019."""

SOLAR_CONSTANT: Final = 1361.0
"""W/m2 at 1 AU (Kopp and Lean 2011, doi 10.1029/2010GL045777)."""

DAY: Final = 86400.0
"""s."""

LUNATION: Final = 29.530589 * DAY
"""s, mean synodic month: one lunar day."""

YEAR: Final = 365.25 * DAY
"""s, Julian year."""

ASTRONOMICAL_UNIT: Final = 149597870700.0
"""m, exact (IAU 2012 B2)."""

SUN_RADIUS: Final = 695_700e3
"""m, nominal (IAU 2015 B3)."""

EARTH_RADIUS: Final = 6371e3
"""m, mean radius, which the eclipse formula takes (theory S7)."""

MOON_RADIUS: Final = 1737.4e3
"""m, mean radius (WGCCRE)."""
