"""Carries the profile through the walls along with the integrator's stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.time.scheme import DIAGONAL, ERROR_WEIGHTS, WEIGHT
from thermal.heat.time.wall_profile import WallProfile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.solver.balance import HeatBalance


class ProfileStepper:
    """TR-BDF2 on the modes of the profile, stage by stage with the balance.

    Parameters
    ----------
    balance
        The balance whose walls are resolved.

    """

    def __init__(self, balance: HeatBalance) -> None:
        self._balance = balance
        self._profile = WallProfile(balance.resistance)
        self._profile.settle(*balance.net_fluxes(), balance.capacities())

    def restart(self) -> None:
        """Take the modes' rates anew after a jump of the loads; the modes themselves go on."""
        balance = self._balance
        self._capacity = balance.capacities()
        # At an instant the modes do not move: the faces answer through what is settled at once.
        balance.set_walls(*self._profile.stage(self._profile.modes, 1e-9, self._capacity))
        balance.evaluate(balance.enthalpy.copy(), 0.0)
        self._start = self._profile.rate(*balance.net_fluxes(), self._capacity)

    def prepare_middle(self, dt: float) -> None:
        """Set the walls for the stage at gamma dt."""
        self._capacity = self._balance.capacities()
        self._set(self._profile.modes + DIAGONAL * dt * self._start, dt)

    def close_middle(self, dt: float) -> None:
        """Take the middle stage's result, while loads and temperatures are still those of its time."""
        self._middle = (self._result(dt) - self._history) / (DIAGONAL * dt)

    def prepare_end(self, dt: float) -> None:
        """Set the walls for the last stage."""
        self._set(self._profile.modes + WEIGHT * dt * (self._start + self._middle), dt)

    def error(self, dt: float) -> NDArray[np.float64]:
        """Error of the face temperatures over the step, (n,) K; also closes the last stage."""
        self._next = self._result(dt)
        self._end = (self._next - self._history) / (DIAGONAL * dt)
        a, b, c = ERROR_WEIGHTS
        wrong = dt * np.abs(a * self._start + b * self._middle + c * self._end)
        nothing = np.zeros(1)
        still = self._profile.advance(wrong, DIAGONAL * dt, nothing, nothing, self._capacity)
        total: NDArray[np.float64] = still.sum(axis=0)
        return total

    def accept(self) -> None:
        """Make the step's end the new start."""
        self._profile.modes, self._start = self._next, self._end

    @property
    def rows(self) -> NDArray[np.float64]:
        """Modes and their rates, (2 MODES, n): all that a restart needs."""
        return np.concatenate([self._profile.modes, self._start])

    @rows.setter
    def rows(self, rows: NDArray[np.float64]) -> None:
        self._profile.modes, self._start = np.split(rows, 2)

    def _set(self, history: NDArray[np.float64], dt: float) -> None:
        self._history = history
        self._balance.set_walls(*self._profile.stage(history, DIAGONAL * dt, self._capacity))

    def _result(self, dt: float) -> NDArray[np.float64]:
        return self._profile.advance(
            self._history, DIAGONAL * dt, *self._balance.net_fluxes(), self._capacity
        )
