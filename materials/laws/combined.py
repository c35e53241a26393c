"""Laws made of other laws: extended, scaled, mixed, multiplied."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.laws.basic import in_blocks
from materials.laws.cubic import SearchedCubic, UniformCubic, fast_cubic

if TYPE_CHECKING:
    from collections.abc import Callable

    from materials.laws.law import FloatArray, Law

FOLLOWED_STEP_K: Final = 0.25
INTEGRAL_STEP_K: Final = 1.0
FOLLOWED_SIZE: Final = 4096
"""Points from which on an array is large."""


@dataclass(frozen=True)
class Extended:
    """A law up to a temperature, and above it monotone cubics through further points.

    The joint keeps the value of the lower law; its slope is kept too unless the upper points would then
    overshoot (three times the chord is the limit of Fritsch and Carlson).

    Parameters
    ----------
    base
        The law below the joint.
    joint
        K.
    temperatures, values
        Points above the joint, ascending.

    """

    base: Law
    joint: float
    temperatures: tuple[float, ...]
    values: tuple[float, ...]

    @cached_property
    def _cubic(self) -> UniformCubic | SearchedCubic:
        from scipy import interpolate

        at = np.array([self.joint])
        t = np.array([self.joint, *self.temperatures])
        y = np.array([float(self.base.value(at)[0]), *self.values])
        chord = (y[1] - y[0]) / (t[1] - t[0])
        slopes = interpolate.PchipInterpolator(t, y).derivative()(t) if t.size > 2 else np.full(2, chord)
        wanted = float(self.base.derivative(at)[0])
        slopes[0] = np.clip(wanted, min(0.0, 3.0 * chord), max(0.0, 3.0 * chord))
        return fast_cubic(interpolate.CubicHermiteSpline(t, y, slopes))

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return in_blocks(lambda t: self._split(t, self.base.value, self._cubic.value), temperature)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        return in_blocks(lambda t: self._split(t, self.base.derivative, self._cubic.derivative), temperature)

    def _split(
        self,
        t: FloatArray,
        below: Callable[[FloatArray], FloatArray],
        above: Callable[[FloatArray], FloatArray],
    ) -> FloatArray:
        # Both branches everywhere and a choice: quicker than sorting the temperatures into two arrays.
        return np.where(t > self.joint, above(np.maximum(t, self.joint)), below(np.minimum(t, self.joint)))


@dataclass(frozen=True)
class Followed:
    """A formula that large arrays follow by cubics, a quarter of a kelvin wide.

    Fields of a million vertices are evaluated three to five times quicker so; the difference from the formula
    is below 1e-8 of the value, a millionth of the error of any fit.

    Parameters
    ----------
    base
        The formula.
    low, high
        Range of the cubics, K; below it the formula itself is evaluated.

    """

    base: Law
    low: float
    high: float

    @cached_property
    def _cubic(self) -> UniformCubic:
        return UniformCubic.through(self.base, self.low, self.high, FOLLOWED_STEP_K)

    def _large(self, temperature: FloatArray) -> bool:
        return temperature.size >= FOLLOWED_SIZE and float(temperature.min()) >= self._cubic.start

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        if self._large(temperature):
            return in_blocks(self._cubic.value, temperature)
        return self.base.value(temperature)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        if self._large(temperature):
            return in_blocks(self._cubic.derivative, temperature)
        return self.base.derivative(temperature)


@dataclass(frozen=True)
class HeldBelow:
    """A law above a temperature and a constant below it, as NIST gives expansions.

    Parameters
    ----------
    base
        The law above.
    joint
        K.
    level
        The value below.

    """

    base: Law
    joint: float
    level: float

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        above = self.base.value(np.maximum(temperature, self.joint))
        return np.where(temperature < self.joint, self.level, above)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,); zero below the joint."""
        above = self.base.derivative(np.maximum(temperature, self.joint))
        return np.where(temperature < self.joint, 0.0, above)


@dataclass(frozen=True)
class Integral:
    """The integral of a law from a temperature on, as a length is that of its coefficient of expansion.

    Simpson's rule between the points of a grid, cubics through them that have the law as their slope.

    Parameters
    ----------
    base
        What is integrated.
    origin
        Where the integral is zero, K.
    low, high
        Range of the integral, K; it holds the origin.

    """

    base: Law
    origin: float
    low: float
    high: float

    @cached_property
    def _cubic(self) -> UniformCubic | SearchedCubic:
        from scipy import interpolate

        cells = max(1, int(np.ceil((self.high - self.low) / INTEGRAL_STEP_K)))
        width = (self.high - self.low) / cells
        t: FloatArray = self.low + width * np.arange(cells + 1, dtype=np.float64)
        ends, middle = self.base.value(t), self.base.value(t[:-1] + width / 2.0)
        simpson = width / 6.0 * (ends[:-1] + 4.0 * middle + ends[1:])
        from_low = np.concatenate([[0.0], np.cumsum(simpson)])
        cubic = interpolate.CubicHermiteSpline(t, from_low, ends)
        return fast_cubic(interpolate.CubicHermiteSpline(t, from_low - cubic(self.origin), ends))

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return in_blocks(self._cubic.value, temperature)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,): the law itself."""
        return self.base.value(temperature)


@dataclass(frozen=True)
class Scaled:
    """A law times a factor plus a shift, kept within bounds."""

    base: Law
    factor: float
    low: float = -np.inf
    high: float = np.inf
    shift: float = 0.0

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return np.clip(self.factor * self.base.value(temperature) + self.shift, self.low, self.high)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,); zero where a bound holds the value."""
        raw = self.factor * self.base.value(temperature) + self.shift
        free = (raw >= self.low) & (raw <= self.high)
        return np.where(free, self.factor * self.base.derivative(temperature), 0.0)


@dataclass(frozen=True)
class Mixture:
    """Weighted sum of laws: the rule of mixtures of yarns and laminates."""

    weights: tuple[float, ...]
    laws: tuple[Law, ...]

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        total = np.zeros_like(temperature)
        for weight, law in zip(self.weights, self.laws, strict=True):
            total += weight * law.value(temperature)
        return total

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        total = np.zeros_like(temperature)
        for weight, law in zip(self.weights, self.laws, strict=True):
            total += weight * law.derivative(temperature)
        return total


@dataclass(frozen=True)
class Product:
    """The product of two laws, such as strength at 293 K times its temperature factor."""

    first: Law
    second: Law

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return self.first.value(temperature) * self.second.value(temperature)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        return self.first.derivative(temperature) * self.second.value(temperature) + self.first.value(
            temperature
        ) * self.second.derivative(temperature)
