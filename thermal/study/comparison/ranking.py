"""Who is best, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def limiting(lives: Mapping[str, NDArray[np.float64]], horizon: float = np.inf) -> str:
    """Name what comes first in most of the draws that fail.

    Parameters
    ----------
    lives
        Times to failure (draws,) by name; NaN counts as never.
    horizon
        A draw fails when it ends before this.

    Returns
    -------
    str
        The name, the first of those that tie; empty where no draw fails.

    """
    names = list(lives)
    years = np.nan_to_num(np.array([lives[name] for name in names]), nan=np.inf)
    fails = years.min(axis=0) < horizon
    if not fails.any():
        return ""
    first = np.bincount(years[:, fails].argmin(axis=0), minlength=len(names))
    return names[int(np.argmax(first))]


def interval(lives: NDArray[np.float64], inside: float = 0.9) -> tuple[float, float, float]:
    """Lower end, median and upper end of drawn lives (draws,); infinities stay what they are."""
    ends = ((1.0 - inside) / 2.0, 0.5, (1.0 + inside) / 2.0)
    low, middle, high = (float(np.quantile(lives, end, method="nearest")) for end in ends)
    return low, middle, high
