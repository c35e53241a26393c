"""The steady state of an instant, where a run starts unless a temperature is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from materials.problems import Problem
from thermal.core.errors import ConvergenceError

if TYPE_CHECKING:
    from thermal.heat.solver.balance import HeatBalance

FIRST_GUESS_K: Final = 250.0
MOST_ROUNDS: Final = 50


def settle(balance: HeatBalance, time_s: float, close_k: float, still_k: float) -> None:
    """Bring a balance to the steady state of an instant.

    Loads that follow the temperature are taken anew until nothing moves.

    Parameters
    ----------
    balance
        What to settle.
    time_s
        When its loads are taken, s.
    close_k
        Error allowed in each solution, K.
    still_k
        Change of the temperature below which it is settled, K.

    Raises
    ------
    ConvergenceError
        Where none is found.

    """
    owned = balance.network.owned
    balance.set_temperature(np.full(owned, FIRST_GUESS_K))
    balance.forget()
    for _ in range(MOST_ROUNDS):
        before = balance.T[:owned].copy()
        balance.set_time(time_s)
        if not balance.solve(balance.enthalpy.copy(), 0.0, close_k):
            break
        moved = float(np.abs(balance.T[:owned] - before).max(initial=0.0))
        if max(balance.comm.allgather(moved)) < still_k:
            return
    raise ConvergenceError(
        Problem(
            "no-equilibrium",
            "run.initial",
            "no steady state was found at the start",
            'give a temperature, for instance initial = "250 K"',
        )
    )
