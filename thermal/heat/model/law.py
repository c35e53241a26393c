"""Property laws as the kernels read them: piecewise linear in temperature, with their exact integral.

A conductivity law's integral is the Kirchhoff potential, so that the flux between two vertices is exact for
any k(T); a capacity law's integral is the enthalpy, so that stored energy is exact. Both derive from the same
table, which makes Newton's derivative the true one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWEST: Final = 2.0
HIGHEST: Final = 1502.0
STEP: Final = 0.5
GRID: Final = np.arange(LOWEST, HIGHEST + STEP / 2, STEP)
"""K, the common grid of all laws: at 0.5 K a cubic c_p(T) is met to 1e-5 of its value."""


@dataclass(frozen=True)
class Law:
    """A positive property over temperature.

    Parameters
    ----------
    values
        Shape of :data:`GRID`, SI.
    range_k
        Temperatures between which the source holds; outside them the values at the ends are held.
    name
        What messages call it.

    """

    values: NDArray[np.float64]
    range_k: tuple[float, float] = (LOWEST, HIGHEST)
    name: str = "property"

    @classmethod
    def constant(cls, value: float, name: str = "property") -> Law:
        """Law that does not depend on temperature."""
        return cls(np.full(GRID.shape, float(value)), name=name)

    @classmethod
    def of(
        cls,
        function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
        range_k: tuple[float, float] = (LOWEST, HIGHEST),
        name: str = "property",
    ) -> Law:
        """Tabulate ``function`` (K to SI, vectorised) inside ``range_k`` and hold its ends outside."""
        inside = np.clip(GRID, *range_k)
        return cls(np.asarray(function(inside), float), range_k, name)

    def scaled(self, factor: float) -> Law:
        """Return the law times a constant."""
        return Law(self.values * factor, self.range_k, self.name)

    def is_multiple_of(self, other: Law) -> bool:
        """Whether the two differ by a factor that does not depend on temperature."""
        ratio = other.values / self.values
        return bool(np.ptp(ratio) < 1e-9 * ratio.max())

    def integral(self) -> NDArray[np.float64]:
        """Integral from the grid's first temperature, at the grid's temperatures."""
        return np.concatenate([[0.0], np.cumsum(0.5 * STEP * (self.values[1:] + self.values[:-1]))])


@dataclass(frozen=True)
class LawTable:
    """Several laws side by side, as the kernels take them.

    ``value`` and ``integral`` have shape (laws, grid).
    """

    value: NDArray[np.float64]
    integral: NDArray[np.float64]

    @classmethod
    def of(cls, laws: Sequence[Law]) -> LawTable:
        """Stack laws in order."""
        return cls(np.stack([law.values for law in laws]), np.stack([law.integral() for law in laws]))

    def value_at(self, law: NDArray[np.int32], temperature: NDArray[np.float64]) -> NDArray[np.float64]:
        """Value of law ``law[i]`` at ``temperature[i]``."""
        position = (np.clip(temperature, LOWEST, HIGHEST - STEP) - LOWEST) / STEP
        k = position.astype(np.int64)
        result: NDArray[np.float64] = self.value[law, k] + (position - k) * (
            self.value[law, k + 1] - self.value[law, k]
        )
        return result
