"""Sinks on the vertices of this rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.solver import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.model.conductor import Sink


class BoundSink:
    """A sink and the owned vertices it touches.

    Parameters
    ----------
    sink
        What they exchange heat with.
    vertex
        (owned,) number of each vertex, counted through all parts.
    size
        Number of vertices of all parts.

    """

    def __init__(self, sink: Sink, vertex: NDArray[np.int64], size: int) -> None:
        self._sink = sink
        everywhere = np.bincount(sink.vertices, sink.conductance, size)[vertex]
        self._at = np.flatnonzero(everywhere)
        self._conductance = everywhere[self._at]
        self._temperature = 0.0
        self.term = f"sink:{sink.name}"

    def add_conductance(self, total: NDArray[np.float64]) -> None:
        """Add W/K to ``total``, (owned,)."""
        total[self._at] += self._conductance

    def add_flow(self, time_s: float, total: NDArray[np.float64]) -> None:
        """Take the temperature of a time; add what it brings to vertices at 0 K to ``total``, (owned,) W."""
        self._temperature = float(self._sink.temperature(time_s))
        kernels.add_at(total, self._at, self._conductance, self._temperature)

    def power(self, T: NDArray[np.float64]) -> float:
        """Power into vertices at ``T``, W."""
        return float(kernels.flow_into(T, self._at, self._conductance, self._temperature))
