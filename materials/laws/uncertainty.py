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
        near = self.absolute + self.per_kelvin * np.abs(temperature - ROOM_K)
        return np.abs(value) * (self.share(temperature) + self.factor - 1.0) + near

    def share(self, temperature: FloatArray) -> FloatArray:
        """Relative half widths (n,) at temperatures (n,), straight between those that are given."""
        if len(self.relative) > 1:
            return np.asarray(np.interp(temperature, self.temperatures, self.relative))
        return np.full_like(temperature, self.relative[0])

    def factors(self, temperature: FloatArray) -> FloatArray:
        """Factors (n,) within which a lognormal datum is known either way at temperatures (n,)."""
        return self.share(temperature) + self.factor

    def sigma(self, temperature: FloatArray, value: FloatArray) -> FloatArray:
        """Relative standard deviations (n,) of values (n,) at temperatures (n,).

        They are those of the logarithm when lognormal, and leave out the absolute width of a value of zero.
        """
        if self.factor > 1.0:
            return np.full_like(value, np.log(self.factor))
        absolute = np.divide(self.absolute, np.abs(value), out=np.zeros_like(value), where=value != 0.0)
        share = self.share(temperature) + absolute
        if self.distribution == "uniform":
            return np.asarray(share / np.sqrt(3.0))
        return np.asarray(np.log1p(share) if self.distribution == "lognormal" else share)

    def scaled(self, factor: float) -> Self:
        """Return the uncertainty of the datum times ``factor``."""
        size = abs(factor)
        return replace(self, absolute=self.absolute * size, per_kelvin=self.per_kelvin * size)
