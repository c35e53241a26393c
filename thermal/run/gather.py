"""Steps in the order of the parts, whole on the first rank, for observers that follow every vertex."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from thermal.core.parallel import OrderedGather
from thermal.heat.time.state import VERTEX_FIELDS

if TYPE_CHECKING:
    from thermal.core.parallel import Communicator
    from thermal.heat.time.state import Observer, Step


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
        self._gather: OrderedGather | None = None

    def observe(self, step: Step) -> None:
        """Gather a step and hand it on."""
        if self._gather is None:
            self._gather = OrderedGather(self._comm, step.vertex)
        whole: dict[str, Any] = {name: self._gather.to_first(getattr(step, name)) for name in VERTEX_FIELDS}
        if self._observer is not None:
            self._observer.observe(replace(step, **whole, vertex=np.arange(self._gather.size), comm=None))
