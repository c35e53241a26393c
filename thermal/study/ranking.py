"""Who is best, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def probability_of_best(lives: NDArray[np.float64], horizon: float = np.inf) -> NDArray[np.float64]:
    """Share of the draws in which each candidate lives longest.

    Parameters
    ----------
    lives
        (candidates, draws), any unit; infinite for never.
    horizon
        Lives beyond it count as equal to it: nothing is known of what happens later.

    Returns
    -------
    NDArray
        (candidates,), with sum 1: candidates that tie in a draw share it evenly.

    """
    capped = np.minimum(lives, horizon)
    best = capped == capped.max(axis=0)
    return np.asarray((best / best.sum(axis=0)).mean(axis=1))


def interval(lives: NDArray[np.float64], inside: float = 0.9) -> tuple[float, float, float]:
    """Lower end, median and upper end of drawn lives (draws,); infinities stay what they are."""
    ends = ((1.0 - inside) / 2.0, 0.5, (1.0 + inside) / 2.0)
    low, middle, high = (float(np.quantile(lives, end, method="nearest")) for end in ends)
    return low, middle, high
