"""A property: a law with its range, uncertainty, source and method."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
import numpy.typing as npt

from materials.errors import OutOfRangeError
from materials.laws.basic import Polynomial, Table
from materials.laws.combined import Mixture, Product, Scaled
from materials.laws.uncertainty import ROOM_K, Distribution, Uncertainty
from materials.problems import Problem
from materials.schema.quantities import QUANTITIES
from materials.units import plain_scale

if TYPE_CHECKING:
    from materials.laws.law import FloatArray, Law

Method = Literal["measured", "published fit", "handbook", "manufacturer", "derived", "estimate"]
Confidence = Literal["P", "D", "E"]
Bound = Literal["exact", "at most", "at least", "about"]

_SLACK = 1e-9
"""K; temperatures this far outside a range are rounding."""

_SMALLEST_FACTOR = 0.05
"""A normal draw does not turn a positive quantity negative."""


@dataclass
class ClampCount:
    """How many evaluations lay outside a range and were moved to its end."""

    points: int = 0


@dataclass(frozen=True, eq=False)
class Property:
    """A function of temperature in SI units.

    Parameters
    ----------
    material
        Name of the material it belongs to.
    name, direction
        As in the database; the direction is empty where the material has none.
    law
        Value and derivative.
    range_k
        Lowest and highest temperature of the data, K; ``(0, inf)`` for what does not depend on temperature.
    spread
        How well it is known.
    source
        Keys of the bibliography.
    method, confidence, checked
        Where it comes from: method; P published, D derived, E estimate; R read, M recalled, 2 second hand.
    bound
        Whether the value is exact, a limit or a rough figure.
    locator, note
        Page or table in the source; remark.
    regression
        Pairs of temperature and SI value that the law has to give.
    clamps
        Counts what :meth:`clamped` moved; None when out of range is an error.

    """

    material: str
    name: str
    direction: str
    law: Law
    range_k: tuple[float, float]
    spread: Uncertainty = field(default_factory=Uncertainty)
    source: tuple[str, ...] = ()
    method: Method = "estimate"
    confidence: Confidence = "E"
    checked: str = ""
    bound: Bound = "exact"
    locator: str = ""
    note: str = ""
    regression: tuple[tuple[float, float], ...] = ()
    clamps: ClampCount | None = None

    @property
    def key(self) -> str:
        """``name.direction``, or the name alone."""
        return f"{self.name}.{self.direction}" if self.direction else self.name

    @property
    def unit(self) -> str:
        """SI unit of the values."""
        return QUANTITIES[self.name].unit

    @property
    def display_unit(self) -> str:
        """Unit in which people see it."""
        return QUANTITIES[self.name].display

    @property
    def display_factor(self) -> float:
        """Value in SI over value in the display unit."""
        return plain_scale(self.display_unit).factor

    @property
    def varies(self) -> bool:
        """Whether it is a function of temperature at all."""
        return math.isfinite(self.range_k[1])

    def __call__(self, temperature: npt.ArrayLike) -> FloatArray:
        """Return values in SI, shaped as ``temperature`` (K).

        Raises
        ------
        OutOfRangeError
            When a temperature is outside :attr:`range_k`, unless :meth:`clamped` was asked for, or is not a
            number.

        """
        return self.law.value(self._admit(temperature))

    def derivative(self, temperature: npt.ArrayLike) -> FloatArray:
        """Return derivatives with respect to temperature, SI per K, shaped as ``temperature`` (K).

        Raises
        ------
        OutOfRangeError
            As for the value. Where clamping holds the value the derivative is zero.

        """
        asked = np.asarray(temperature, dtype=np.float64)
        slope = self.law.derivative(self._admit(asked))
        if self.clamps is None:
            return slope
        return np.where((asked < self.range_k[0]) | (asked > self.range_k[1]), 0.0, slope)

    def uncertainty(self, temperature: npt.ArrayLike) -> FloatArray:
        """Return one-sigma-like half widths in SI, shaped as ``temperature`` (K)."""
        admitted = self._admit(temperature)
        return self.spread.half_width(admitted, self.law.value(admitted))

    @property
    def typical_k(self) -> float:
        """A temperature inside the range, 293 K if that is inside."""
        return min(max(293.0, self.range_k[0]), self.range_k[1])

    @property
    def level(self) -> float:
        """Value in SI at :attr:`typical_k`: the value itself for what does not depend on temperature."""
        return float(self(self.typical_k))

    @property
    def sigma(self) -> float:
        """Relative standard deviation at :attr:`typical_k`, of the logarithm when lognormal."""
        at, value = np.array([self.typical_k]), np.array([self.level])
        return float(self.spread.sigma(at, value)[0])

    @property
    def distribution(self) -> Distribution:
        """``"normal"``, ``"lognormal"`` or ``"uniform"``."""
        return self.spread.distribution

    def clamped(self) -> Self:
        """Return the property held at the ends of its range; :attr:`clamps` counts what was moved."""
        return replace(self, clamps=ClampCount())

    def scaled(self, factor: float) -> Self:
        """Return the property times a factor, kept within what is possible for its kind."""
        quantity = QUANTITIES[self.name]
        law = Scaled(self.law, factor, quantity.low, quantity.high)
        return replace(self, law=law, spread=self.spread.scaled(factor), regression=())

    def perturbed(self, z: float) -> Self:
        """Return the property as one draw of its uncertainty has it.

        Parameters
        ----------
        z
            Standard normal deviate; the same z for every temperature, as errors of a curve mostly are.

        """
        nodes = self._nodes()
        factor = self._factors(np.array([z]), nodes)[0]
        shift, slope = (float(part[0]) for part in self._shifts(np.array([z])))
        quantity = QUANTITIES[self.name]
        law = self.law
        if len(nodes) > 1:
            law, factor = Product(law, Table(tuple(nodes), tuple(factor), smooth=False)), np.ones(1)
        law = Scaled(law, float(factor[0]), quantity.low, quantity.high, shift)
        if slope:
            law = Mixture((1.0, slope), (law, Polynomial((-ROOM_K, 1.0))))
        return replace(self, law=law, regression=())

    def drawn(self, z: FloatArray, temperature: float | None = None) -> FloatArray:
        """Return what many draws of the uncertainty have at one temperature.

        Parameters
        ----------
        z
            (n,) standard normal deviates.
        temperature
            K; :attr:`typical_k` by default.

        Returns
        -------
        ndarray
            (n,) in SI, as ``perturbed(z)(temperature)`` gives them one by one.

        Raises
        ------
        OutOfRangeError
            As for the value.

        """
        at_k = self.typical_k if temperature is None else temperature
        value = float(self(at_k))
        inside_k = min(max(at_k, self.range_k[0]), self.range_k[1])
        nodes, (shift, slope) = self._nodes(), self._shifts(z)
        factors = self._factors(z, nodes)
        above = min(int(np.searchsorted(nodes, inside_k)), len(nodes) - 1)
        below = max(above - 1, 0)
        share = (inside_k - nodes[below]) / (nodes[above] - nodes[below]) if above > below else 0.0
        factor = (1.0 - share) * factors[:, below] + share * factors[:, above]
        quantity = QUANTITIES[self.name]
        return np.clip(factor * value + shift, quantity.low, quantity.high) + slope * (inside_k - ROOM_K)

    def _nodes(self) -> FloatArray:
        """Temperatures (m,) between which the relative width is straight; one where there is one width."""
        if len(self.spread.relative) == 1:
            return np.array([self.typical_k])
        low, high = self.range_k
        inside = [t for t in self.spread.temperatures if low < t < high]
        return np.array([low, *inside, high])

    def _factors(self, z: FloatArray, nodes: FloatArray) -> FloatArray:
        """Factors (n, m) that deviates (n,) put on the values at temperatures (m,)."""
        if self.distribution == "lognormal":
            return np.asarray(np.exp(self.spread.sigma(nodes, self.law.value(nodes)) * z[:, None]))
        return np.maximum(1.0 + self.spread.share(nodes) * self._spread_out(z)[:, None], _SMALLEST_FACTOR)

    def _shifts(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Shifts and slopes (n,), the latter per kelvin from 293 K, that deviates (n,) make."""
        if self.distribution == "lognormal":
            return np.zeros_like(z), np.zeros_like(z)
        spread_out = self._spread_out(z)
        return self.spread.absolute * spread_out, self.spread.per_kelvin * spread_out

    def _spread_out(self, z: FloatArray) -> FloatArray:
        """Half widths (n,) that standard normal deviates (n,) make: of a uniform datum between -1 and 1."""
        if self.distribution != "uniform":
            return z
        from scipy.special import erf

        return np.asarray(erf(z / math.sqrt(2.0)))

    def _admit(self, temperature: npt.ArrayLike) -> FloatArray:
        asked = np.asarray(temperature, dtype=np.float64)
        if asked.size == 0:
            return asked
        low, high = self.range_k
        coldest, hottest = float(asked.min()), float(asked.max())
        if coldest >= low and hottest <= high:
            return asked
        if self.clamps is None or math.isnan(coldest):
            if coldest < low - _SLACK or hottest > high + _SLACK or math.isnan(coldest):
                raise self._out_of_range(coldest if not coldest >= low else hottest)
        else:
            self.clamps.points += int(np.count_nonzero((asked < low) | (asked > high)))
        return np.clip(asked, low, high)

    def _out_of_range(self, temperature: float) -> OutOfRangeError:
        low, high = self.range_k
        return OutOfRangeError(
            Problem(
                "outside-data",
                f"{self.material}: {self.key}",
                f"asked for at {temperature:g} K, but its data reach from {low:g} K to {high:g} K",
                "use a material whose data reach further, or ask for clamping",
            )
        )
