"""Many lunations by cycle jump: solve a few, advance the slow state between them, watch the error.

The slow state (doses, damage, heat) grows by g(y, k) in lunation k. Growth is followed by the parabola
through the last three solved lunations (a line while there are two): it is extrapolated over the next J
lunations, the lunation at the end of the jump is solved at the predicted state, and the sum along the
parabola that has this lunation in place of the oldest replaces the prediction. Their difference is the error
estimate that sets J (Chaboche and Cailletaud 1986, Computers and Structures 23, 23-31, with a controlled
jump).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from materials.problems import Problem
from thermal.core.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

Slow: TypeAlias = "dict[str, NDArray[np.float64]]"
Lunation: TypeAlias = "Callable[[Mapping[str, NDArray[np.float64]], int], Slow]"

SAFETY = 0.8
FASTEST_GROWTH = 3.0
CAUTIOUS_GROWTH = 2.0
"""After a jump of one lunation, which has no error to judge by."""
FOLLOWED = 3
"""Solved lunations that the growth is followed by: a parabola."""


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
    lunation: Lunation, start: Mapping[str, NDArray[np.float64]], count: int, *, tolerance: float = 1e-2
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
    seen = [(0, lunation(state, 0))]
    solved, jump = 1, 1
    errors = dict.fromkeys(state, 0.0)
    while gone < count:
        jump = min(jump, count - gone)
        predicted = _sum(state, seen, gone, jump)
        if gone + jump == count and jump == 1:
            state, gone = predicted, count
            known.append(gone)
            states.append(dict(state))
            break
        after = (gone + jump, lunation(predicted, gone + jump))
        solved += 1
        # A line needs no third lunation: with one behind, the new one is added instead of taking a place.
        between = [*seen[-(FOLLOWED - 1) :], after]
        corrected = _sum(state, between, gone, jump)
        share = _share([number for number, _ in seen], [number for number, _ in between], gone, jump)
        error = {
            name: share * _relative(corrected[name] - predicted[name], corrected[name] - first[name])
            for name in state
        }
        worst = max(error.values())
        power = 1.0 / (len(between) + 1)
        ratio = SAFETY * (tolerance / worst) ** power if worst > 0.0 else FASTEST_GROWTH
        if jump == 1 and gone > 0:
            ratio = CAUTIOUS_GROWTH
        if worst > tolerance and jump > 1:
            jump = max(1, int(jump * min(ratio, 0.5)))
            continue
        state, gone = corrected, gone + jump
        seen = between
        errors = {name: errors[name] + error[name] for name in errors}
        known.append(gone)
        states.append(dict(state))
        jump = max(1, int(jump * min(max(ratio, 0.5), FASTEST_GROWTH)))
    return March(tuple(known), tuple(states), solved, errors)


def _sum(state: Slow, seen: Sequence[tuple[int, Slow]], gone: int, jump: int) -> Slow:
    """State after a jump along which growth follows the polynomial through solved lunations."""
    weights = _weights([number for number, _ in seen], gone, jump)
    total = {name: value.copy() for name, value in state.items()}
    for weight, (_, growth) in zip(weights, seen, strict=True):
        for name, value in growth.items():
            total[name] += weight * value
    return total


def _weights(numbers: Sequence[int], gone: int, jump: int) -> list[float]:
    """Sum of each Lagrange polynomial of solved lunations over those of a jump."""
    ahead = np.arange(gone, gone + jump, dtype=float)
    return [
        float(np.prod([(ahead - other) / (own - other) for other in numbers if other != own], axis=0).sum())
        if len(numbers) > 1
        else float(jump)
        for own in numbers
    ]


def _share(before: Sequence[int], between: Sequence[int], gone: int, jump: int) -> float:
    """Error of the sum between solved lunations over its difference from the sum ahead (Milne)."""
    if len(before) < len(between):
        return 1.0
    ahead = np.arange(gone, gone + jump, dtype=float)
    far, near = (
        float(np.prod([ahead - number for number in numbers], axis=0).sum()) for numbers in (before, between)
    )
    return abs(near) / abs(far - near) if far != near else 1.0


def _relative(difference: NDArray[np.float64], grown: NDArray[np.float64]) -> float:
    largest = float(np.max(np.abs(grown), initial=0.0))
    return float(np.max(np.abs(difference), initial=0.0)) / largest if largest > 0.0 else 0.0
