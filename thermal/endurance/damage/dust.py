"""Dust that settles on a face, as a stated property of the site (theory E15)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from thermal.core.constants import YEAR

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

GRAIN_DENSITY: Final = 3100.0
"""kg/m3 of a lunar grain (Carrier, Olhoeft and Mendell 1991, Lunar Sourcebook ch. 9)."""


@dataclass(frozen=True)
class DustCover:
    """Share of a face that dust covers, f(t) = 1 - (1 - f0) exp(-r t).

    Parameters
    ----------
    at_start
        f0, share covered at the start (landing, ascent plume).
    mass_rate
        Mass that settles on a horizontal face, kg/m2 a year; at most 1e-3 (100 ug/cm2 a year, Hollick and
        O'Brien 2013, doi 10.1002/2013SW000978), more likely much less.
    grain_m
        Diameter of the grains in m.
    absorptance
        Solar absorptance of dust, 0.9 (Keller and Ewert 2000, doi 10.4271/2000-01-2405).

    """

    at_start: float = 0.0
    mass_rate: float = 0.0
    grain_m: float = 50e-6
    absorptance: float = 0.9

    @classmethod
    def settling(cls, share_per_year: float) -> Self:
        """Dust that covers a share of a clean face in its first year, from 0 to below 1."""
        one = cls(mass_rate=1.0)
        return cls(mass_rate=-math.log1p(-share_per_year) / one.rate_per_year)

    @property
    def rate_per_year(self) -> float:
        """The rate r a year: a grain of diameter d hides pi d^2/4 of the face."""
        grain_area = math.pi * self.grain_m**2 / 4.0
        grain_mass = GRAIN_DENSITY * math.pi * self.grain_m**3 / 6.0
        return self.mass_rate * grain_area / grain_mass

    def cover(self, time_s: ArrayLike) -> NDArray[np.float64]:
        """Share covered after a time in s."""
        rate = self.rate_per_year / YEAR
        return np.asarray(1.0 - (1.0 - self.at_start) * np.exp(-rate * np.asarray(time_s, dtype=float)))

    def blended(self, absorptance: ArrayLike, time_s: ArrayLike) -> NDArray[np.float64]:
        """Absorptance of the dusty face, a + f (a_dust - a), area weighted.

        Parameters
        ----------
        absorptance
            Of the clean face.
        time_s
            Since the start, s.

        Returns
        -------
        NDArray
            Broadcast of both.

        """
        clean = np.asarray(absorptance, dtype=float)
        return np.asarray(clean + self.cover(time_s) * (self.absorptance - clean))
