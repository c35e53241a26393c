"""Dose of solar-wind protons (theory E9)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import DAY, LUNATION

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SOLAR_WIND_FLUX: Final = 2e12
"""Protons/m2/s of about 1 keV facing the wind: 2e8 /cm2/s; they stop within 20 to 30 nm."""


@dataclass(frozen=True)
class SolarWind:
    """Protons on a sunlit face, in proportion to its dose of sunlight.

    The wind comes from the Sun within a few degrees, so the sunlit geometry serves for both. For some days
    around full Moon, local day on the near side and night on the far side, the Moon is inside the Earth's
    magnetotail.

    Parameters
    ----------
    tail_days
        Days a lunation inside the magnetotail while the Sun is up: 4.5 on the near side, 0 on the far side.
    flux
        Protons/m2/s facing the wind.

    """

    tail_days: float = 4.5
    flux: float = SOLAR_WIND_FLUX

    @classmethod
    def at_longitude(cls, longitude_rad: float, tail_days: float = 4.5) -> SolarWind:
        """Wind of a site: the tail counts on the near side (|longitude| < 90 deg) alone.

        Parameters
        ----------
        longitude_rad
            East longitude in rad, any turn.
        tail_days
            Days a lunation inside the magnetotail.

        Returns
        -------
        SolarWind
            With no tail days on the far side.

        """
        return cls(tail_days if math.cos(longitude_rad) > 0.0 else 0.0)

    def fluence(self, dose_esh: ArrayLike) -> NDArray[np.float64]:
        """Protons/m2 that go with doses of sunlight in ESH, any shape."""
        in_wind = 1.0 - self.tail_days * DAY / (0.5 * LUNATION)
        return np.asarray(self.flux * 3600.0 * in_wind * np.asarray(dose_esh, dtype=float))
