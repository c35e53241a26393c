"""Many lunations by cycle jump: solve a few, advance the slow state between them, watch the error.

The slow state (doses, damage, heat) grows by g(y, k) in lunation k. From two solved lunations the
increments of the next J are extrapolated along a straight line; the lunation at the end of the jump is then
solved at the predicted state, and the sum along the line between both solved ends replaces the prediction.
Their difference is the error estimate that sets J (Chaboche and Cailletaud 1986,
Computers and Structures 23, 23-31, with a controlled jump).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from materials.problems import Problem
from thermal.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

Slow: TypeAlias = "dict[str, NDArray[np.float64]]"
Lunation: TypeAlias = "Callable[[Mapping[str, NDArray[np.float64]], int], Slow]"

SAFETY = 0.8
FASTEST_GROWTH = 3.0


@dataclass(frozen=True)
class March:
    """Slow state through the lunations.

    Attributes
    ----------
    lunations
        Numbers of lunations gone by where the state is known, (k,), from 0 to the last.
    states
        State at each of them, one array a quantity.
    solved
        Lunations that were solved.
    error
        Sum of the error estimates over the largest value, for each quantity.

    """

    lunations: tuple[int, ...]
    states: tuple[Slow, ...]
    solved: int
    error: dict[str, float]

    @property
    def end(self) -> Slow:
        """State after the last lunation."""
        return self.states[-1]


def march(
    lunation: Lunation, start: Mapping[str, NDArray[np.float64]], count: int, *, tolerance: float = 5e-3
) -> March:
    """Advance a slow state over lunations.

    Parameters
    ----------
    lunation
        Takes the state at the start of a lunation and its number, gives what each quantity grows by in it.
    start
        State at the start: quantity -> array of any shape.
    count
        Lunations to advance.
    tolerance
        Error of a jump over the largest accumulated value of a quantity.

    Returns
    -------
    March
        With the states at the ends of the jumps.

    Raises
    ------
    CaseError
        For a count below one.

    """
    if count < 1:
        raise CaseError(
            Problem("no-lunations", "years", f"{count} lunations cannot be advanced", "give at least one")
        )
    state = {name: np.array(value, dtype=float) for name, value in start.items()}
    first = dict(state)
    gone, known, states = 0, [0], [dict(state)]
    growth = lunation(state, 0)
    slope = {name: np.zeros_like(value) for name, value in growth.items()}
    solved, jump, before = 1, 1, 0
    errors = dict.fromkeys(state, 0.0)
    while gone < count:
        jump = min(jump, count - gone)
        predicted = _sum(state, growth, slope, jump)
        if gone + jump == count and jump == 1:
            state, gone = predicted, count
            known.append(gone)
            states.append(dict(state))
            break
        after = lunation(predicted, gone + jump)
        solved += 1
        secant = {name: (after[name] - growth[name]) / jump for name in growth}
        corrected = _sum(state, growth, secant, jump)
        # Of the difference between line ahead and line between, the latter's own error is this share (Milne).
        share = 1.0 / (3.0 + 3.0 * before / jump) if before else 1.0
        error = {
            name: share * _relative(corrected[name] - predicted[name], corrected[name] - first[name])
            for name in state
        }
        worst = max(error.values())
        ratio = SAFETY * (tolerance / worst) ** 0.5 if worst > 0.0 else FASTEST_GROWTH
        if worst > tolerance and jump > 1:
            jump = max(1, int(jump * min(ratio, 0.5)))
            continue
        state, growth, slope, gone, before = corrected, after, secant, gone + jump, jump
        errors = {name: errors[name] + error[name] for name in errors}
        known.append(gone)
        states.append(dict(state))
        jump = max(1, int(jump * min(max(ratio, 0.5), FASTEST_GROWTH)))
    return March(tuple(known), tuple(states), solved, errors)


def _sum(state: Slow, growth: Slow, slope: Slow, jump: int) -> Slow:
    """State after a jump along which the increments change by a slope a lunation."""
    triangle = jump * (jump - 1) / 2.0
    return {name: state[name] + jump * growth[name] + triangle * slope[name] for name in state}


def _relative(difference: NDArray[np.float64], grown: NDArray[np.float64]) -> float:
    largest = float(np.max(np.abs(grown), initial=0.0))
    return float(np.max(np.abs(difference), initial=0.0)) / largest if largest > 0.0 else 0.0
