"""Loads on cloth and tubes alone, where bodies with a temperature of their own stand behind them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.model.load import BoundLoad, Load, Sunlight, Vertices


def only_walls(vertices: Vertices, count: int) -> Vertices:
    """Cut vertices of a rank to those of the first ``count`` of the model, which cloth and tubes have."""
    here = int(np.searchsorted(vertices.vertex, count))
    arrays: dict[str, Any] = {
        field.name: values[:here]
        for field in fields(vertices)
        if isinstance(values := getattr(vertices, field.name), np.ndarray)
    }
    return replace(vertices, **arrays)


class OnWalls:
    """A load on cloth and tubes, which stand first in the model; what stands behind them takes nothing of it.

    Parameters
    ----------
    load
        The load; what else it has (jumps, pulses) is passed on.
    count
        Number of vertices of cloth and tubes.

    """

    def __init__(self, load: Load, count: int) -> None:
        self._load, self._count = load, count

    def __getattr__(self, name: str) -> object:
        """Give what the load has."""
        return getattr(self._load, name)

    @property
    def name(self) -> str:
        """Of the load."""
        return self._load.name

    def bind(self, vertices: Vertices) -> BoundOnWalls:
        """Bind the load to the vertices of cloth and tubes, which stand first on every rank."""
        walls = only_walls(vertices, self._count)
        bound = self._load.bind(walls)
        kind = BoundSunOnWalls if hasattr(bound, "light_at") else BoundOnWalls
        return kind(bound, len(walls.vertex), len(vertices.vertex))


class BoundOnWalls:
    """A load on the first of this rank's vertices."""

    def __init__(self, load: BoundLoad, count: int, size: int) -> None:
        self._load, self._count, self._size = load, count, size

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add the absorbed flux, W/m2, to cloth and tubes; return its power, W."""
        return self._load.add(time_s, front[: self._count], back[: self._count])


class BoundSunOnWalls(BoundOnWalls):
    """Direct sunlight on the first of this rank's vertices."""

    _load: Sunlight

    def light_at(self, time_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Direct sunlight on front and back, (n,) W/m2, 0 behind."""
        front, back = self._load.light_at(time_s)
        behind = np.zeros(self._size - self._count)
        return np.concatenate([front, behind]), np.concatenate([back, behind])
