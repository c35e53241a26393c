"""Where the data of a model's walls hold, and what ends a run that leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.problems import MaterialError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thermal.heat.model.part import Part
    from thermal.heat.time.state import Step

HOUR: Final = 3600.0


@dataclass(frozen=True)
class DataRange:
    """Temperatures between which a law of a part has a source.

    Parameters
    ----------
    part
        Name of the part.
    quantity
        Which law of the part: ``heat_capacity``, ``conductance_1`` or ``conductance_2``.
    law
        What messages call the law.
    low_k, high_k
        K.

    """

    part: str
    quantity: str
    law: str
    low_k: float
    high_k: float


def data_ranges(parts: Sequence[Part]) -> tuple[DataRange, ...]:
    """List the laws of each part in turn."""
    return tuple(
        DataRange(part.name, quantity, law.name, *law.range_k)
        for part in parts
        for quantity, law in (
            ("heat_capacity", part.heat_capacity),
            ("conductance_1", part.conductance[0]),
            ("conductance_2", part.conductance[1]),
        )
    )


class DataGuard:
    """Observer that ends a run at the first accepted step on which a wall is outside its data.

    Parameters
    ----------
    parts
        The walls, in the order in which vertices are counted.

    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self._ranges = data_ranges(parts)
        self._names = [part.name for part in parts]
        counts = [len(part.surface.points) for part in parts]
        self._part = np.repeat(np.arange(len(parts)), counts)
        own = [[r for r in self._ranges if r.part == name] for name in self._names]
        self._low = np.repeat([max(r.low_k for r in laws) for laws in own], counts)
        self._high = np.repeat([min(r.high_k for r in laws) for laws in own], counts)
        self._anywhere = self._low.max(), self._high.min()

    def observe(self, step: Step) -> None:
        """Look at the temperatures at the end of a step.

        Raises
        ------
        MaterialError
            Where a vertex of this rank is outside the data of its wall.

        """
        own, temperature = step.vertex, step.temperature
        if (
            temperature.size
            and self._anywhere[0] <= temperature.min() <= temperature.max() <= self._anywhere[1]
        ):
            return
        outside = np.flatnonzero((temperature < self._low[own]) | (temperature > self._high[own]))
        if not len(outside):
            return
        low, high = self._low[own[outside]], self._high[own[outside]]
        excess = np.maximum(low - temperature[outside], temperature[outside] - high)
        worst = outside[np.argmax(excess)]
        reached, part = float(temperature[worst]), self._names[self._part[own[worst]]]
        left = next(r for r in self._ranges if r.part == part and not r.low_k <= reached <= r.high_k)
        raise MaterialError(
            Problem(
                "outside-data",
                f"part {part!r} after {step.time_s / HOUR:.2f} h",
                f"it is at {reached:.1f} K, and {left.law} is known from {left.low_k:g} to {left.high_k:g} K",
                'take a material whose data reach further, or set solver.outside_data = "clamp": the last '
                "value is held then, and the result says for how long",
            )
        )
