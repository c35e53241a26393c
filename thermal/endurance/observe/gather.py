"""Steps of a run on several processes, made whole: every rank follows all vertices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.time.state import Step

FIELDS = ("temperature", "front", "back", "sunlight_front", "sunlight_back")


def whole(step: Step, size: int) -> Step:
    """Put a step's vertices into the order of the model, fetching those of other ranks.

    Parameters
    ----------
    step
        As an observer gets it: the vertices of this rank.
    size
        Number of vertices of the model.

    Returns
    -------
    Step
        With all vertices, in order.

    """
    if step.vertex.size == size and np.array_equal(step.vertex, np.arange(size)):
        return step
    own = np.stack([getattr(step, name) for name in FIELDS])
    vertices, values = [step.vertex], [own]
    if step.vertex.size < size:
        from mpi4py import MPI  # noqa: PLC0415  (only where a run is in parallel)

        vertices = MPI.COMM_WORLD.allgather(step.vertex)
        values = MPI.COMM_WORLD.allgather(own)
    full: NDArray[np.float64] = np.empty((len(FIELDS), size))
    full[:, np.concatenate(vertices)] = np.concatenate(values, axis=1)
    return replace(step, vertex=np.arange(size), **dict(zip(FIELDS, full, strict=True)))
