"""The steady state of an instant, where a run starts unless a temperature is given.

The balance is monotone: couplings form an M-matrix and emission grows with temperature. Newton's method with
a factorised Jacobian therefore ends at the steady state from any start, where there is one (Ortega and
Rheinboldt 1970, 13.3). Iterations come first because they are cheap and mostly arrive. The factorisation
takes over where they do not, and has the last word where nothing but a weak joint or a polished surface holds
the level of a body: it alone knows what a residual means there in kelvin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from materials.problems import Problem
from thermal.core.errors import ConvergenceError
from thermal.heat.model.law import LOWEST
from thermal.heat.solver.direct import newton_correction
from thermal.heat.solver.evaluation import LENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.solver.balance import HeatBalance

FIRST_GUESS_K: Final = 250.0
MOST_ROUNDS: Final = 50
MOST_CORRECTIONS: Final = 60
"""From 250 K to 3 K by a quarter a time, as the fourth power takes it, it is 16."""
LARGEST_K: Final = 100.0
"""Most that a correction moves a temperature."""
ROUNDING_K: Final = 1e-6
"""A correction that no longer shrinks is rounding where it is this small: 10 kW/K between the vertices of a
lumped body leave 1e-10 W of a balance at 100 K, and its level may hang on 1e-4 W/K."""
Held = tuple["NDArray[np.int64]", "NDArray[np.float64]"]
NOBODY: Final[Held] = np.zeros(0, np.int64), np.zeros(0)


def settle(balance: HeatBalance, time_s: float, close_k: float, still_k: float, held: Held = NOBODY) -> None:
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
    held
        Owned vertices that stay at given temperatures, and these, K.

    Raises
    ------
    ConvergenceError
        Where there is none, or none is found.

    """
    owned = balance.network.owned
    guess = np.full(owned, FIRST_GUESS_K)
    guess[held[0]] = held[1]
    balance.set_temperature(guess)
    balance.outside.hold(*held)
    balance.forget()
    for _ in range(MOST_ROUNDS):
        before = balance.T[:owned].copy()
        balance.set_time(time_s)
        found = balance.solve(balance.enthalpy.copy(), 0.0, close_k)
        if found and _moved(balance, before) >= still_k:
            continue
        if found and close_k * _most_lent(balance) < still_k:
            balance.outside.hold(*NOBODY)
            return
        if not found:
            balance.set_temperature(before)
        if not _solve_directly(balance, close_k):
            break
        if _moved(balance, before) < still_k:
            balance.outside.hold(*NOBODY)
            return
    raise ConvergenceError(
        Problem(
            "no-equilibrium",
            "run.initial",
            "no steady state was found at the start",
            'give a temperature, for instance initial = "250 K"',
        )
    )


def _most_lent(balance: HeatBalance) -> float:
    """Most by which a part's own rates were raised to judge errors: by that its level may be worse."""
    owned = balance.network.owned
    parts = len(balance.model.parts)
    raised = np.maximum(balance.local, LENT * balance.sums)
    own, judged = (np.bincount(balance.part[:owned], rate, parts) for rate in (balance.local, raised))
    own, judged = np.sum(balance.comm.allgather((own, judged)), axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float((judged / own).max())


def _moved(balance: HeatBalance, before: NDArray[np.float64]) -> float:
    """Largest change of a temperature on any rank, K."""
    moved = float(np.abs(balance.T[: len(before)] - before).max(initial=0.0))
    return float(max(balance.comm.allgather(moved)))


def _solve_directly(balance: HeatBalance, close_k: float) -> bool:
    """Apply Newton's corrections until the last one was below what is allowed; False where they do not end.

    The last evaluation is at the answer.
    """
    owned = balance.network.owned
    last = np.inf
    balance.evaluate(balance.enthalpy.copy(), 0.0)
    for _ in range(MOST_CORRECTIONS):
        x = newton_correction(balance.network, balance.T, balance.slope, balance.local, balance.residual)
        size = max(balance.comm.allgather(float(np.abs(x).max(initial=0.0))))
        if not np.isfinite(size):
            return False
        T = balance.T[:owned]
        T[:] = np.maximum(T + np.clip(x, -LARGEST_K, LARGEST_K), np.maximum(0.5 * T, LOWEST))
        balance.newton_iterations += 1
        balance.evaluate(balance.enthalpy.copy(), 0.0)
        if size < close_k or (size < ROUNDING_K and size > 0.5 * last):
            return True
        last = size
    return False
