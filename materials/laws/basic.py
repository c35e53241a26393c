"""The laws a property can follow: values and derivatives, vectorised, in SI and kelvin.

A law does not know its range of validity: :class:`~materials.prop.Property` watches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from materials.laws.cubic import SearchedCubic, UniformCubic, fast_cubic

if TYPE_CHECKING:
    from collections.abc import Callable

    from materials.laws.law import FloatArray

LN10 = float(np.log(10.0))
BLOCK = 16384
"""Points evaluated at a time: temporary arrays then stay in the cache."""


def horner(coeffs: tuple[float, ...], x: FloatArray) -> FloatArray:
    """Sum of ``coeffs[i] * x**i``."""
    result = np.full_like(x, coeffs[-1])
    for c in coeffs[-2::-1]:
        result *= x
        result += c
    return result


def slope_coeffs(coeffs: tuple[float, ...]) -> tuple[float, ...]:
    """Coefficients of the derivative of :func:`horner`."""
    return tuple(i * c for i, c in enumerate(coeffs))[1:] or (0.0,)


def in_blocks(function: Callable[[FloatArray], FloatArray], x: FloatArray) -> FloatArray:
    """Apply an elementwise function block by block."""
    if x.size <= BLOCK:
        return function(x)
    flat = x.ravel()
    result = np.empty_like(flat)
    for start in range(0, flat.size, BLOCK):
        result[start : start + BLOCK] = function(flat[start : start + BLOCK])
    return result.reshape(x.shape)


@dataclass(frozen=True)
class Constant:
    """The same value at every temperature."""

    level: float

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return np.full_like(temperature, self.level)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return zeros (n,)."""
        return np.zeros_like(temperature)


@dataclass(frozen=True)
class Table:
    """Points joined by monotone cubics (Fritsch and Carlson 1980, as scipy's pchip) or by straight lines.

    Parameters
    ----------
    temperatures, values
        Points, at least two, temperatures ascending.
    smooth
        Monotone cubics when true, straight lines when false.

    """

    temperatures: tuple[float, ...]
    values: tuple[float, ...]
    smooth: bool = True

    @cached_property
    def _cubic(self) -> UniformCubic | SearchedCubic:
        from scipy import interpolate

        if self.smooth and len(self.temperatures) > 2:
            return fast_cubic(interpolate.PchipInterpolator(self.temperatures, self.values))
        slopes = np.diff(self.values) / np.diff(self.temperatures)
        lines = np.array([slopes, self.values[:-1]])
        return fast_cubic(interpolate.PPoly(lines, np.array(self.temperatures)))

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return in_blocks(self._cubic.value, temperature)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        return in_blocks(self._cubic.derivative, temperature)


@dataclass(frozen=True)
class Polynomial:
    """Sum of ``coeffs[i] * T**i``, the NIST form of moduli and expansions."""

    coeffs: tuple[float, ...]

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return in_blocks(lambda t: horner(self.coeffs, t), temperature)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        return in_blocks(lambda t: horner(slope_coeffs(self.coeffs), t), temperature)


@dataclass(frozen=True)
class Log10Polynomial:
    """log10(y / scale) = sum of ``coeffs[i] * log10(T)**i``, the NIST form of k and c_p."""

    coeffs: tuple[float, ...]
    scale: float = 1.0

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return in_blocks(self._value, temperature)

    def _value(self, t: FloatArray) -> FloatArray:
        exponent = horner(self.coeffs, np.log10(t))
        exponent *= LN10
        return self.scale * np.exp(exponent, out=exponent)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,): dy/dT = y/T times the slope in the logarithms."""
        return in_blocks(
            lambda t: self._value(t) / t * horner(slope_coeffs(self.coeffs), np.log10(t)), temperature
        )


@dataclass(frozen=True)
class NistErf:
    """The NIST form for Kevlar 49, two branches blended by an error function.

    With x = log10 T: log10(y / scale) = (a + b x)(1 - erf(2(x - c)))/2
    + (d + e exp(-x/f))(1 + erf(2(x - c)))/2.
    """

    coeffs: tuple[float, ...]
    scale: float = 1.0

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return in_blocks(lambda t: self._both(t)[0], temperature)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        return in_blocks(lambda t: self._both(t)[1], temperature)

    def _both(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        from scipy.special import erf

        a, b, c, d, e, f = self.coeffs
        x = np.log10(t)
        blend = erf(2.0 * (x - c))
        low, high = a + b * x, d + e * np.exp(-x / f)
        y = self.scale * 10.0 ** (low * (1.0 - blend) / 2.0 + high * (1.0 + blend) / 2.0)
        blend_slope = 4.0 / np.sqrt(np.pi) * np.exp(-4.0 * (x - c) ** 2)
        high_slope = -e / f * np.exp(-x / f)
        slope = (b * (1.0 - blend) + high_slope * (1.0 + blend) + (high - low) * blend_slope) / 2.0
        return y, y / t * slope
