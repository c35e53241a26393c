"""When checkpoints are written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from thermal.core.parallel import Communicator
    from thermal.endurance.observe.observer import Endurance
    from thermal.results.writing.writer import ResultWriter
    from thermal.simulation import Simulation

SHARE: Final = 0.05
"""Of the run's time that checkpoints may take."""


class Checkpoints:
    """Writes checkpoints of a run; every rank holds one, and the first writes.

    Parameters
    ----------
    simulation
        The run.
    writer, endurance
        Of the first rank; None on the others.
    comm
        Communicator of the run.

    """

    def __init__(
        self,
        simulation: Simulation,
        writer: ResultWriter | None,
        endurance: Endurance | None,
        comm: Communicator,
    ) -> None:
        self._simulation, self._writer, self._endurance, self._comm = simulation, writer, endurance, comm
        self._due_s = 0.0
        simulation.between_lunations = self.after_output

    def after_output(self) -> None:
        """Write a checkpoint unless the last ones took their share of the time.

        Called behind every output, and behind every lunation of a search for the periodic state.
        """
        due = time.monotonic() >= self._due_s
        if self._comm.size > 1:
            due = self._comm.bcast(due)
        if due:
            self.write()

    def write(self) -> None:
        """Write a checkpoint after the last accepted step."""
        began = time.monotonic()
        snapshot = self._simulation.snapshot()
        if self._writer is not None and self._endurance is not None:
            self._writer.write_checkpoint(snapshot, self._endurance.snapshot())
        ended = time.monotonic()
        self._due_s = ended + (ended - began) / SHARE

    def finish(self, *, more_work: bool) -> None:
        """Store the end of the run in the result itself, and as a checkpoint where more work follows."""
        if more_work:
            self.write()
        snapshot = self._simulation.snapshot()
        if self._writer is not None:
            self._writer.write_end(snapshot)
