"""How well a datum is known, in a form that studies can draw from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, Self

import numpy as np

if TYPE_CHECKING:
    from materials.laws.law import FloatArray

ROOM_K: Final = 293.0
"""Where lengths are taken to be known."""

Distribution = Literal["normal", "lognormal", "uniform"]


@dataclass(frozen=True)
class Uncertainty:
    """One-sigma-like half width of a datum.

    Parameters
    ----------
    relative
        Half width over value; one number, or one for each of ``temperatures``. Zero when not used.
    absolute
        Half width in SI, added to the relative one. Zero when not used.
    per_kelvin
        Half width in SI for every kelvin away from 293 K, added: of a length that a coefficient gives.
    factor
        The value is known within this factor either way; 1 when not used.
    distribution
        ``"normal"``, ``"lognormal"`` or ``"uniform"`` (between plus and minus the half width).
    temperatures
        Of the relative half widths, K.

    """

    relative: tuple[float, ...] = (0.0,)
    absolute: float = 0.0
    per_kelvin: float = 0.0
    factor: float = 1.0
    distribution: Distribution = "normal"
    temperatures: tuple[float, ...] = ()

    def half_width(self, temperature: FloatArray, value: FloatArray) -> FloatArray:
        """Half width (n,) in SI of values (n,) at temperatures (n,); for a factor f it is value * (f - 1)."""
        if len(self.relative) > 1:
            share = np.interp(temperature, self.temperatures, self.relative)
        else:
            share = np.full_like(temperature, self.relative[0])
        near = self.absolute + self.per_kelvin * np.abs(temperature - ROOM_K)
        return np.abs(value) * (share + self.factor - 1.0) + near

    def sigma(self, value: float) -> float:
        """Relative standard deviation of a datum of this typical value (of its logarithm when lognormal).

        The largest of the relative half widths counts; zero for a value of zero.
        """
        if self.factor > 1.0:
            return float(np.log(self.factor))
        share = max(self.relative) + (self.absolute / abs(value) if value else 0.0)
        if self.distribution == "uniform":
            return share / float(np.sqrt(3.0))
        return float(np.log1p(share)) if self.distribution == "lognormal" else share

    def scaled(self, factor: float) -> Self:
        """Return the uncertainty of the datum times ``factor``."""
        size = abs(factor)
        return replace(self, absolute=self.absolute * size, per_kelvin=self.per_kelvin * size)
