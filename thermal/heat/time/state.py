"""What a run yields and what its observers see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from thermal.core.parallel import OrderedGather

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.core.parallel import Communicator
    from thermal.heat.time.cycle import Cycle
    from thermal.heat.time.ledger import Ledger


VERTEX_FIELDS: Final = ("temperature", "front", "back", "sunlight_front", "sunlight_back")
"""What a step holds of every vertex."""


@dataclass(frozen=True)
class State:
    """The model at an output time.

    Parameters
    ----------
    time_s
        Since the start of the run, s.
    step_s
        Length of the step that ended here, s.
    temperature, front, back
        Mean and face temperatures of each part, (n,) K, vertices in the order of its surface; whole on every
        rank.
    powers_w
        Power of every term over all parts, W; positive heats.
    ledger
        Energies since the start.
    steps, rejected
        Steps accepted and thrown away since the start.
    newton_iterations, linear_iterations
        Corrections, and iterations of conjugate gradients on them, since the process began the run.
    cycle
        How the periodic state was found that the run started from, or None.

    """

    time_s: float
    step_s: float
    temperature: dict[str, NDArray[np.float64]]
    front: dict[str, NDArray[np.float64]]
    back: dict[str, NDArray[np.float64]]
    powers_w: dict[str, float]
    ledger: Ledger
    steps: int
    rejected: int
    newton_iterations: int = 0
    linear_iterations: int = 0
    cycle: Cycle | None = None


@dataclass(frozen=True)
class Step:
    """An accepted step, as all observers see it: arrays of this rank's vertices, which stay as they are.

    On one rank they are in the order of the parts; on several, ``vertex`` says which they are.

    Parameters
    ----------
    time_s, step_s
        End and length of the step, s.
    temperature, front, back
        Mean and face temperatures at the end, (n,) K.
    sunlight_front, sunlight_back
        Direct sunlight that falls on the faces, mean over the step, before absorptance, (n,) W/m2.
    slices
        Where each part's vertices are, on one rank.
    vertex
        (n,) number of each vertex, counted through all parts.
    comm
        Communicator over which the vertices are spread; None where they are whole.

    """

    time_s: float
    step_s: float
    temperature: NDArray[np.float64]
    front: NDArray[np.float64]
    back: NDArray[np.float64]
    sunlight_front: NDArray[np.float64]
    sunlight_back: NDArray[np.float64]
    slices: dict[str, slice]
    vertex: NDArray[np.int64]
    comm: Communicator | None = None

    def gathered(self) -> Step:
        """Return the step with all vertices in the order of the parts; all ranks of `comm` call this."""
        size = self.vertex.size
        if (self.comm is None or self.comm.size == 1) and np.array_equal(self.vertex, np.arange(size)):
            return self
        gather = OrderedGather(self.comm, self.vertex)
        whole: dict[str, Any] = {name: gather.to_all(getattr(self, name)) for name in VERTEX_FIELDS}
        return replace(self, **whole, vertex=np.arange(gather.size), comm=None)


class Observer(Protocol):
    """Something that follows a run step by step: endurance, monitors."""

    def observe(self, step: Step) -> None:
        """Take note of an accepted step."""
