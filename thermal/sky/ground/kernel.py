"""The compiled inner loop of the regolith march; :mod:`thermal.sky.ground.marching` says what it does.

`tangent` is the derivative of the temperatures with respect to the start, (n, n), or empty.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from thermal.core.kernels import kernel
from thermal.sky.ground.regolith import CHI_OVER_T3, CP_COEFFICIENTS

GAMMA: Final = 1.0 - 1.0 / np.sqrt(2.0)
"""First stage at t + GAMMA h, the second at t + h."""

_C0, _C1, _C2, _C3, _C4 = CP_COEFFICIENTS
_NEWTON_LIMIT: Final = 60
_NEWTON_TOLERANCE: Final = 1e-8
_RATIO: Final = (1.0 - GAMMA) / GAMMA

Array = NDArray[np.float64]


class Discrete(NamedTuple):
    """A column as the loop takes it; see :class:`thermal.sky.ground.regolith.Column`."""

    mass: Array
    coupling: Array
    radiance: float
    """Emissivity times Stefan-Boltzmann constant, W/m2/K4."""
    heat_flow: float


class Workspace(NamedTuple):
    """Factors of the last Jacobian (multipliers, pivots, upper diagonal) and one vector, (n,) each."""

    low: Array
    diag: Array
    up: Array
    work: Array


@kernel
def _enthalpy(t: float) -> float:
    """Integral of the specific heat from 0 K, J/kg."""
    return t * (_C0 + t * (_C1 / 2 + t * (_C2 / 3 + t * (_C3 / 4 + t * _C4 / 5))))


@kernel
def _heat_capacity(t: float) -> float:
    return _C0 + t * (_C1 + t * (_C2 + t * (_C3 + t * _C4)))


@kernel
def _linearise(
    temp: Array, energy: Array, step: float, absorbed: float, col: Discrete, ws: Workspace
) -> None:
    """Put the residual ``energy + step F(T) - mass e(T)`` and its negative Jacobian into the workspace."""
    n = temp.size
    for i in range(n):
        ws.work[i] = energy[i] - col.mass[i] * _enthalpy(temp[i])
        ws.diag[i] = col.mass[i] * _heat_capacity(temp[i])
    ws.work[0] += step * (absorbed - col.radiance * temp[0] ** 4)
    ws.diag[0] += step * 4.0 * col.radiance * temp[0] ** 3
    ws.work[n - 1] += step * col.heat_flow
    for i in range(n - 1):
        a, b = temp[i], temp[i + 1]
        a3, b3 = CHI_OVER_T3 * a * a * a, CHI_OVER_T3 * b * b * b
        upward = step * col.coupling[i] * (b - a + 0.25 * (b3 * b - a3 * a))
        ws.work[i] += upward
        ws.work[i + 1] -= upward
        by_a = step * col.coupling[i] * (1.0 + a3)
        by_b = step * col.coupling[i] * (1.0 + b3)
        ws.diag[i] += by_a
        ws.diag[i + 1] += by_b
        ws.up[i] = -by_b
        ws.low[i] = -by_a


@kernel
def _factorise_and_solve(ws: Workspace) -> None:
    n = ws.diag.size
    for i in range(n - 1):
        ws.low[i] /= ws.diag[i]
        ws.diag[i + 1] -= ws.low[i] * ws.up[i]
        ws.work[i + 1] -= ws.low[i] * ws.work[i]
    ws.work[n - 1] /= ws.diag[n - 1]
    for i in range(n - 2, -1, -1):
        ws.work[i] = (ws.work[i] - ws.up[i] * ws.work[i + 1]) / ws.diag[i]


@kernel
def _solve_stage(
    temp: Array, energy: Array, step: float, absorbed: float, col: Discrete, ws: Workspace
) -> bool:
    """Solve ``mass e(T) - step F(T) = energy`` for `temp`, in place; False where Newton does not settle."""
    for _ in range(_NEWTON_LIMIT):
        _linearise(temp, energy, step, absorbed, col, ws)
        _factorise_and_solve(ws)
        largest = 0.0
        for i in range(temp.size):
            # never below half: the specific heat has no meaning near 0 K
            change = max(ws.work[i], -0.5 * temp[i])
            temp[i] += change
            largest = max(largest, abs(change))
        if largest < _NEWTON_TOLERANCE:
            return True
    return False


@kernel
def _apply_inverse(ws: Workspace, tangent: Array) -> None:
    """Solve with the stage's Jacobian for every column of the tangent, in place."""
    n = tangent.shape[0]
    for i in range(n - 1):
        for j in range(n):
            tangent[i + 1, j] -= ws.low[i] * tangent[i, j]
    for j in range(n):
        tangent[n - 1, j] /= ws.diag[n - 1]
    for i in range(n - 2, -1, -1):
        for j in range(n):
            tangent[i, j] = (tangent[i, j] - ws.up[i] * tangent[i + 1, j]) / ws.diag[i]


@kernel
def _to_energy(tangent: Array, temp: Array, col: Discrete) -> None:
    """Turn the derivative of the temperatures into that of the stored energy, in place."""
    for i in range(tangent.shape[0]):
        for j in range(tangent.shape[0]):
            tangent[i, j] *= col.mass[i] * _heat_capacity(temp[i])


@kernel
def _copy(source: Array, target: Array) -> None:
    for i in range(source.shape[0]):
        for j in range(source.shape[1]):
            target[i, j] = source[i, j]


@kernel
def _mix(tangent: Array, carried: Array) -> None:
    for i in range(tangent.shape[0]):
        for j in range(tangent.shape[0]):
            tangent[i, j] = carried[i, j] + _RATIO * (tangent[i, j] - carried[i, j])


@kernel
def advance_side_by_side(
    temp: Array, energy: Array, part: float, absorbed: Array, col: Discrete, stage: int
) -> int:
    """Solve one stage of columns side by side, (columns, n), in place; return the first that failed, or -1.

    `energy` keeps between stages 1 and 2 what the first one started from; `part` is gamma times the step.
    """
    n = temp.shape[1]
    ws = Workspace(np.empty(n), np.empty(n), np.empty(n), np.empty(n))
    for c in range(temp.shape[0]):
        for i in range(n):
            stored = col.mass[i] * _enthalpy(temp[c, i])
            energy[c, i] = energy[c, i] + _RATIO * (stored - energy[c, i]) if stage == 2 else stored
        if not _solve_stage(temp[c], energy[c], part, absorbed[c], col, ws):
            return c
    return -1


@kernel
def advance(
    temp: Array, tangent: Array, history: Array, steps: Array, absorbed: Array, col: Discrete
) -> tuple[int, float]:
    """Advance `temp` and `tangent` in place and fill `history`.

    Returns
    -------
    tuple
        First step that failed, or -1, and the energy emitted in J/m2.

    """
    n = temp.size
    ws = Workspace(np.empty(n), np.empty(n), np.empty(n), np.empty(n))
    old, carried = np.empty(n), np.empty(tangent.shape)
    emitted = 0.0
    for i in range(history.shape[1]):
        history[0, i] = temp[i]
    for m in range(steps.size):
        part = GAMMA * steps[m]
        for i in range(n):
            old[i] = col.mass[i] * _enthalpy(temp[i])
        _to_energy(tangent, temp, col)
        _copy(tangent, carried)
        if not _solve_stage(temp, old, part, absorbed[m, 0], col, ws):
            return m, emitted
        _apply_inverse(ws, tangent)
        emitted += (steps[m] - part) * col.radiance * temp[0] ** 4
        # what entered at the first stage, part F(T1), is the energy gained there
        for i in range(n):
            old[i] += _RATIO * (col.mass[i] * _enthalpy(temp[i]) - old[i])
        _to_energy(tangent, temp, col)
        _mix(tangent, carried)
        if not _solve_stage(temp, old, part, absorbed[m, 1], col, ws):
            return m, emitted
        _apply_inverse(ws, tangent)
        emitted += part * col.radiance * temp[0] ** 4
        for i in range(history.shape[1]):
            history[m + 1, i] = temp[i]
    return -1, emitted
