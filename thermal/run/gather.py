"""Steps in the order of the parts, whole on the first rank, for observers that follow every vertex."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.time.state import Observer, Step
    from thermal.results.groups.series_reducer import Communicator

_ARRAYS: Final = ("temperature", "front", "back", "sunlight_front", "sunlight_back")


class WholeSteps:
    """Observer that hands steps on with all vertices, counted through the parts.

    The solver numbers vertices as its mesh does, spread over the ranks.

    Parameters
    ----------
    observer
        Sees the whole steps, on the first rank; None on the others.
    comm
        Communicator of the run.

    """

    def __init__(self, observer: Observer | None, comm: Communicator) -> None:
        self._observer, self._comm = observer, comm
        self._vertex: NDArray[np.int64] | None = None

    def observe(self, step: Step) -> None:
        """Gather a step and hand it on."""
        values = np.stack([getattr(step, name) for name in _ARRAYS])
        if self._vertex is None:
            self._vertex = np.concatenate(self._gathered(step.vertex))
        pieces = self._gathered(values)
        if self._observer is None:
            return
        whole = np.empty((len(_ARRAYS), len(self._vertex)))
        whole[:, self._vertex] = np.concatenate(pieces, axis=1)
        mean, front, back, sunlight_front, sunlight_back = whole
        self._observer.observe(
            replace(
                step,
                temperature=mean,
                front=front,
                back=back,
                sunlight_front=sunlight_front,
                sunlight_back=sunlight_back,
                vertex=np.arange(whole.shape[1]),
            )
        )

    def _gathered(self, own: NDArray[Any]) -> list[NDArray[Any]]:
        """Collect the pieces of all ranks on the first; elsewhere one's own."""
        pieces: list[NDArray[Any]] | None = self._comm.gather(own) if self._comm.size > 1 else [own]
        return [own] if pieces is None else pieces
