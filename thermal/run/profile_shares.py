"""Shares of a profiled run: visibility, sky, stepping, output and the rest, by its functions."""

from __future__ import annotations

import pstats
from collections import Counter
from typing import Any, Final

_PLACES: Final = {
    "/thermal/scene/": "visibility",
    "/thermal/sky/": "sky",
    "/thermal/heat/": "stepping",
    "/thermal/results/": "output",
    "/thermal/endurance/": "endurance",
}
REST: Final = "rest"
_DEEPEST: Final = 40

_Function = tuple[str, int, str]


def shares(stats: pstats.Stats) -> dict[str, float]:
    """Share of each task in the time of a profile, 0 to 1, largest first; they add to 1.

    Time spent in libraries counts for the task that called them.
    """
    table: dict[_Function, Any] = stats.stats  # type: ignore[attr-defined]  # (left out of the stubs)
    seconds: Counter[str] = Counter()
    known: dict[_Function, dict[str, float]] = {}
    for function, (_, _, own_s, _, _) in table.items():
        for task, share in _tasks(function, table, known, 0).items():
            seconds[task] += share * own_s
    whole = sum(seconds.values()) or 1.0
    return {task: s / whole for task, s in seconds.most_common()}


def _tasks(
    function: _Function, table: dict[_Function, Any], known: dict[_Function, dict[str, float]], depth: int
) -> dict[str, float]:
    """For which tasks a function works, as shares."""
    for place, task in _PLACES.items():
        if place in function[0].replace("\\", "/"):
            return {task: 1.0}
    if function in known:
        return known[function]
    known[function] = {REST: 1.0}  # what a recursion finds on its way back
    callers = table[function][4] if function in table else {}
    weights = {caller: figures[3] for caller, figures in callers.items()}
    whole = sum(weights.values())
    if whole <= 0.0 or depth == _DEEPEST:
        return known[function]
    found: Counter[str] = Counter()
    for caller, weight in weights.items():
        for task, share in _tasks(caller, table, known, depth + 1).items():
            found[task] += share * weight / whole
    known[function] = dict(found)
    return known[function]
