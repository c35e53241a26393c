"""Thermal ageing: equivalent time at a reference temperature (theory E8).

t_eq = integral of exp[-(Ea/R) (1/T - 1/T_ref)] dt, by Simpson's rule on the temperature's straight line
over each accepted step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.kernels import kernel
from thermal.endurance.observe.checkpointable import Kept

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

GAS_CONSTANT: Final = 8.31446261815324
"""J/mol/K, exact in the SI of 2019."""

REFERENCE_K: Final = 293.15
"""Room temperature: equivalent time is time on a shelf on Earth."""


def rate_factor(temperature_k: ArrayLike, activation_j_mol: float, reference_k: float) -> NDArray[np.float64]:
    """Rate relative to the reference temperature, exp[-(Ea/R)(1/T - 1/T_ref)].

    Parameters
    ----------
    temperature_k
        K, any shape.
    activation_j_mol
        Activation energy Ea in J/mol.
    reference_k
        T_ref in K.

    Returns
    -------
    NDArray
        Same shape as the temperature.

    """
    inverse = 1.0 / np.asarray(temperature_k, dtype=float) - 1.0 / reference_k
    return np.asarray(np.exp(-activation_j_mol / GAS_CONSTANT * inverse))


@kernel
def _advance(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    step_s: float,
    activation_k: NDArray[np.float64],
    reference_k: float,
    equivalent_s: NDArray[np.float64],
    last_rate: NDArray[np.float64],
) -> None:
    """Add a step's equivalent time; the rate at its end is kept for the next step."""
    for row in range(after.size):
        middle = 0.5 * (before[row] + after[row])
        centre = np.exp(-activation_k[row] * (1.0 / middle - 1.0 / reference_k))
        end = np.exp(-activation_k[row] * (1.0 / after[row] - 1.0 / reference_k))
        equivalent_s[row] += step_s * (last_rate[row] + 4.0 * centre + end) / 6.0
        last_rate[row] = end


class EquivalentTime(Kept):
    """Arrhenius equivalent time of n vertices.

    Parameters
    ----------
    size
        Number of vertices n.
    activation_j_mol
        Activation energy in J/mol, a number or (n,); nan where there is no datum.
    reference_k
        Reference temperature in K.

    Attributes
    ----------
    equivalent_s
        Equivalent time at the reference temperature in s, (n,).

    """

    _records = (
        ("equivalent_s", np.array),
        ("_before", np.array),
        ("_last_rate", np.array),
    )

    def __init__(self, size: int, activation_j_mol: ArrayLike, reference_k: float = REFERENCE_K) -> None:
        energy = np.broadcast_to(np.asarray(activation_j_mol, dtype=float), (size,))
        self._activation_k = energy / GAS_CONSTANT
        self._reference_k = reference_k
        self.equivalent_s = np.zeros(size)
        self._before: NDArray[np.float64] | None = None
        self._last_rate: NDArray[np.float64] = np.zeros(size)

    def observe(self, step_s: float, temperature_k: ArrayLike) -> None:
        """Take the temperatures, (n,) in K, at the end of a step of length `step_s` in s."""
        values = np.array(temperature_k, dtype=np.float64)
        if self._before is None:
            self._before = values
            self._last_rate = np.exp(-self._activation_k * (1.0 / values - 1.0 / self._reference_k))
        _advance(
            self._before,
            values,
            step_s,
            np.ascontiguousarray(self._activation_k),
            self._reference_k,
            self.equivalent_s,
            self._last_rate,
        )
        self._before = values
