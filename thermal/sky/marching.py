"""March a regolith column through given steps: SDIRK2 in enthalpy form, Newton on the tridiagonal system.

Alexander's two-stage method with gamma = 1 - 1/sqrt(2) is L-stable, second order and stiffly accurate, and
has no memory, so that one lunar day is a map of the temperatures alone.  What enters a control volume is
counted at the stages, hence energy is conserved to the accuracy of the Newton iteration.  Conduction uses
the exact integral of k over temperature at each interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numba
import numpy as np
from numpy.typing import NDArray

from thermal.constants import STEFAN_BOLTZMANN
from thermal.errors import ConvergenceError, Problem
from thermal.sky.regolith import CHI_OVER_T3, CP_COEFFICIENTS, Column

GAMMA: Final = 1.0 - 1.0 / np.sqrt(2.0)
"""First stage at t + GAMMA h, the second at t + h."""

_C0, _C1, _C2, _C3, _C4 = CP_COEFFICIENTS
_NEWTON_LIMIT: Final = 60


@dataclass(frozen=True, slots=True)
class March:
    """A march's outcome.

    Parameters
    ----------
    history
        Temperatures of the recorded vertices at every time, shape (steps + 1, recorded).
    final
        Temperatures of all vertices at the end, shape (n,).
    sensitivity
        Derivative of `final` with respect to the start, shape (n, n); empty unless asked for.
    emitted
        Energy the surface emitted, J/m2.

    """

    history: NDArray[np.float64]
    final: NDArray[np.float64]
    sensitivity: NDArray[np.float64]
    emitted: float


def march(
    column: Column,
    start: NDArray[np.float64],
    steps: NDArray[np.float64],
    absorbed: NDArray[np.float64],
    *,
    recorded: int = 1,
    sensitivity: bool = False,
) -> March:
    """March the column.

    Parameters
    ----------
    column
        The grid and material.
    start
        Temperatures in K, shape (n,).
    steps
        Step lengths in s, shape (m,).
    absorbed
        Power the surface absorbs at the two stages of each step in W/m2, shape (m, 2).
    recorded
        How many vertices, counted from the surface, the history holds.
    sensitivity
        Also propagate the derivative with respect to the start.

    Raises
    ------
    ConvergenceError
        The Newton iteration of a step did not settle.

    """
    size = start.size
    history = np.empty((steps.size + 1, recorded))
    final = start.astype(np.float64)
    tangent = np.eye(size) if sensitivity else np.empty((0, 0))
    material = column.regolith
    failed, emitted = _march(
        final,
        tangent,
        history,
        np.ascontiguousarray(steps),
        np.ascontiguousarray(absorbed),
        column.mass,
        column.coupling,
        material.emissivity * STEFAN_BOLTZMANN,
        material.heat_flow,
    )
    if failed >= 0:
        raise ConvergenceError(
            Problem(
                "ground-not-converged",
                f"ground step {failed}",
                f"the regolith column did not settle in a step of {steps[failed]:.6g} s",
                "look for jumps in the Sun table",
            )
        )
    return March(history, final, tangent, emitted)


@numba.njit(cache=True)  # type: ignore[misc]  # (numba has no types)
def _enthalpy(t):  # type: ignore[no-untyped-def]
    return t * (_C0 + t * (_C1 / 2 + t * (_C2 / 3 + t * (_C3 / 4 + t * _C4 / 5))))


@numba.njit(cache=True)  # type: ignore[misc]
def _heat_capacity(t):  # type: ignore[no-untyped-def]
    return _C0 + t * (_C1 + t * (_C2 + t * (_C3 + t * _C4)))


@numba.njit(cache=True)  # type: ignore[misc]
def _solve_stage(temp, energy, step, absorbed, mass, coupling, radiance, heat_flow, low, diag, up, work):  # type: ignore[no-untyped-def]
    """Solve mass e(T) - step F(T) = energy for `temp`, in place; leaves the factors of the last Jacobian.

    `low`, `diag` and `up` hold the factorised tridiagonal matrix (multipliers, pivots, upper diagonal).
    """
    n = temp.size
    for _ in range(_NEWTON_LIMIT):
        for i in range(n):
            work[i] = energy[i] - mass[i] * _enthalpy(temp[i])
            diag[i] = mass[i] * _heat_capacity(temp[i])
        surface = temp[0]
        work[0] += step * (absorbed - radiance * surface**4)
        diag[0] += step * 4.0 * radiance * surface**3
        work[n - 1] += step * heat_flow
        for i in range(n - 1):
            a, b = temp[i], temp[i + 1]
            a3, b3 = CHI_OVER_T3 * a * a * a, CHI_OVER_T3 * b * b * b
            upward = step * coupling[i] * (b - a + 0.25 * (b3 * b - a3 * a))
            work[i] += upward
            work[i + 1] -= upward
            by_a = step * coupling[i] * (1.0 + a3)
            by_b = step * coupling[i] * (1.0 + b3)
            diag[i] += by_a
            diag[i + 1] += by_b
            up[i] = -by_b
            low[i] = -by_a
        for i in range(n - 1):
            low[i] /= diag[i]
            diag[i + 1] -= low[i] * up[i]
            work[i + 1] -= low[i] * work[i]
        work[n - 1] /= diag[n - 1]
        for i in range(n - 2, -1, -1):
            work[i] = (work[i] - up[i] * work[i + 1]) / diag[i]
        largest = 0.0
        for i in range(n):
            # never below half: the specific heat has no meaning near 0 K
            change = max(work[i], -0.5 * temp[i])
            temp[i] += change
            largest = max(largest, abs(change))
        if largest < 1e-8:
            return True
    return False


@numba.njit(cache=True)  # type: ignore[misc]
def _back_substitute(low, diag, up, matrix):  # type: ignore[no-untyped-def]
    n = diag.size
    for i in range(n - 1):
        matrix[i + 1] -= low[i] * matrix[i]
    matrix[n - 1] /= diag[n - 1]
    for i in range(n - 2, -1, -1):
        matrix[i] = (matrix[i] - up[i] * matrix[i + 1]) / diag[i]


@numba.njit(cache=True)  # type: ignore[misc]
def _march(temp, tangent, history, steps, absorbed, mass, coupling, radiance, heat_flow):  # type: ignore[no-untyped-def]
    """Advance `temp` in place; returns (first failed step or -1, emitted J/m2)."""
    n = temp.size
    recorded = history.shape[1]
    follow = tangent.shape[0] > 0
    low, diag, up, work = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    old, first = np.empty(n), np.empty(n)
    carried = np.empty_like(tangent)
    ratio = (1.0 - GAMMA) / GAMMA
    history[0] = temp[:recorded]
    emitted = 0.0
    for m in range(steps.size):
        part = GAMMA * steps[m]
        for i in range(n):
            old[i] = mass[i] * _enthalpy(temp[i])
        if follow:
            for i in range(n):
                tangent[i] *= mass[i] * _heat_capacity(temp[i])
            carried[:] = tangent
        if not _solve_stage(
            temp, old, part, absorbed[m, 0], mass, coupling, radiance, heat_flow, low, diag, up, work
        ):
            return m, emitted
        emitted += (1.0 - GAMMA) * steps[m] * radiance * temp[0] ** 4
        for i in range(n):
            first[i] = old[i] + ratio * (mass[i] * _enthalpy(temp[i]) - old[i])
        if follow:
            _back_substitute(low, diag, up, tangent)
            for i in range(n):
                tangent[i] *= ratio * mass[i] * _heat_capacity(temp[i])
                tangent[i] += (1.0 - ratio) * carried[i]
        if not _solve_stage(
            temp, first, part, absorbed[m, 1], mass, coupling, radiance, heat_flow, low, diag, up, work
        ):
            return m, emitted
        emitted += part * radiance * temp[0] ** 4
        if follow:
            _back_substitute(low, diag, up, tangent)
        history[m + 1] = temp[:recorded]
    return -1, emitted
