"""Steps without the bodies of one temperature that stand behind cloth and tubes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.time.state import VERTEX_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thermal.heat.time.state import Observer, Step

_ARRAYS: Final = (*VERTEX_FIELDS, "vertex")


def walls_for(
    observers: Sequence[Observer], count: int, whole: Callable[[Observer], Observer]
) -> list[Observer]:
    """Let observers see cloth and tubes alone, but for those that ask for all by `sees_masses`.

    Parameters
    ----------
    observers
        Of a run.
    count
        Number of vertices of cloth and tubes.
    whole
        What lets an observer see all.

    """
    return [
        whole(observer) if getattr(observer, "sees_masses", False) else WallSteps(observer, count)
        for observer in observers
    ]


class WallSteps:
    """Observer that hands steps on without what stands behind the first vertices of the model."""

    def __init__(self, observer: Observer, count: int) -> None:
        self._observer, self._count = observer, count

    def observe(self, step: Step) -> None:
        """Cut the arrays of this rank, whose vertices are counted upwards, and hand them on."""
        here = int(np.searchsorted(step.vertex, self._count))
        arrays = {name: getattr(step, name)[:here] for name in _ARRAYS}
        slices = {name: where for name, where in step.slices.items() if where.stop <= self._count}
        self._observer.observe(replace(step, **arrays, slices=slices))
