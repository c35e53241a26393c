"""The step-size controller: a pure function of what the last step showed."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, frexp, ldexp
from typing import Final

from thermal.heat.time.scheme import ORDER_OF_ERROR

SAFETY: Final = 0.85
LARGEST_GROWTH: Final = 5.0
SMALLEST_GROWTH: Final = 0.1
FAILED_SHRINK: Final = 0.25


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a step counts, and the length of the next try in s."""

    accept: bool
    step_s: float


def decide(step_s: float, wanted_s: float, error: float | None, *, held: bool = False) -> Decision:
    """Judge a step.

    Parameters
    ----------
    step_s
        Length tried, s.
    wanted_s
        Length that was wanted before an event or output cut it short, s; ``step_s`` where nothing did.
    error
        Estimated error over tolerance, or None where the nonlinear solver failed.
    held
        Whether this step ends before the end of one that failed: what made that one fail still lies ahead,
        and no longer step is tried before it is passed.

    Returns
    -------
    Decision
        The next try never shrinks only because an output cut this step short.

    """
    if error is None:
        return Decision(accept=False, step_s=rounded(step_s * FAILED_SHRINK))
    factor = SAFETY * max(error, 1e-12) ** (-1.0 / ORDER_OF_ERROR)
    if error > 1.0:
        return Decision(accept=False, step_s=rounded(step_s * min(max(factor, SMALLEST_GROWTH), 0.7)))
    if factor >= 1.0 and held:
        return Decision(accept=True, step_s=wanted_s)
    following = rounded(step_s * min(factor, LARGEST_GROWTH))
    return Decision(accept=True, step_s=max(following, wanted_s) if factor >= 1.0 else following)


def rounded(step_s: float) -> float:
    """Round a step down to one of 128 lengths an octave.

    So sums that are rounded otherwise on another number of ranks lead to the same steps, and results agree to
    rounding instead of to the tolerance.
    """
    mantissa, exponent = frexp(step_s)
    return ldexp(floor(mantissa * 256.0) / 256.0, exponent)


def fit(wanted_s: float, remaining_s: float) -> float:
    """Length of the next step towards a stop ``remaining_s`` away, without leaving a sliver before it."""
    if wanted_s >= remaining_s:
        return remaining_s
    return remaining_s / 2.0 if remaining_s < 2.0 * wanted_s else wanted_s
