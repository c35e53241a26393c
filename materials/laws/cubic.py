"""Piecewise cubics on a uniform grid: the same curve as scipy's, found without a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from materials.laws.law import FloatArray, Law

STEPS_K: Final = (1.0, 0.5, 0.1, 0.01)
MOST_CELLS: Final = 100_000


@dataclass(frozen=True, eq=False)
class UniformCubic:
    """Cubic cells of equal width that hold a piecewise cubic exactly, its nodes being grid points.

    Looking up the cell is a division instead of a search: a million random temperatures take a third of the
    time that scipy's evaluation takes.

    Parameters
    ----------
    start, step
        First grid point and width of the cells, K.
    coeffs
        (4, n) coefficients of the cells by power of the local coordinate, 0 to 1.

    """

    start: float
    step: float
    coeffs: FloatArray

    @classmethod
    def of(cls, spline: Any) -> UniformCubic | None:
        """Convert a scipy piecewise cubic; None when its nodes lie on no such grid."""
        nodes = np.asarray(spline.x, dtype=np.float64)
        start, width = float(nodes[0]), float(nodes[-1] - nodes[0])
        slope = spline.derivative()
        for step in STEPS_K:
            cells = (nodes - start) / step
            if width / step <= MOST_CELLS and np.allclose(cells, np.rint(cells), rtol=0.0, atol=1e-9):
                edges = start + step * np.arange(round(width / step) + 1)
                right, left = slope(edges[:-1]) * step, slope(edges[1:] - 1e-9 * step) * step
                return cls(start, step, _hermite(spline(edges), right, left))
        return None

    @classmethod
    def through(cls, law: Law, low: float, high: float, step: float) -> UniformCubic:
        """Follow a smooth law by cubics with its values and slopes on a grid that ends at ``high`` (K)."""
        edges: FloatArray = high - step * np.arange(int((high - low) / step), -1, -1, dtype=np.float64)
        inside = 1e-9 * step
        right, left = step * law.derivative(edges[:-1] + inside), step * law.derivative(edges[1:] - inside)
        return cls(float(edges[0]), step, _hermite(law.value(edges), right, left))

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        x, cell = self._locate(temperature)
        c0, c1, c2, c3 = self.coeffs
        result: FloatArray = c3.take(cell)
        for c in (c2, c1, c0):
            result *= x
            result += c.take(cell)
        return result

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        x, cell = self._locate(temperature)
        _, c1, c2, c3 = self.coeffs
        result: FloatArray = 3.0 * c3.take(cell)
        for factor, c in ((2.0, c2), (1.0, c1)):
            result *= x
            result += factor * c.take(cell)
        result /= self.step
        return result

    def _locate(self, temperature: FloatArray) -> tuple[FloatArray, Any]:
        x = (temperature - self.start) * (1.0 / self.step)
        cell = np.clip(x.astype(np.intp), 0, self.coeffs.shape[1] - 1)
        x -= cell
        return x, cell


def _hermite(y: FloatArray, right: FloatArray, left: FloatArray) -> FloatArray:
    """Coefficients (4, n) of cells from values (n + 1,) and scaled slopes (n,) at their two ends, inside."""
    rise = np.diff(y)
    return np.stack([y[:-1], right, 3 * rise - 2 * right - left, right + left - 2 * rise])


@dataclass(frozen=True, eq=False)
class SearchedCubic:
    """A scipy piecewise cubic whose nodes lie on no uniform grid."""

    spline: Any

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        return np.asarray(self.spline(temperature), dtype=np.float64)

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) at temperatures (n,)."""
        return np.asarray(self.spline(temperature, 1), dtype=np.float64)


def fast_cubic(spline: Any) -> UniformCubic | SearchedCubic:
    """Return the quickest form of a scipy piecewise cubic."""
    uniform = UniformCubic.of(spline)
    return uniform if uniform is not None else SearchedCubic(spline)
