"""A run on several ranks looks to a script like a run on one, down to one end for all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from thermal.heat.model.checks import check_span
from thermal.heat.time.integrator import Integrator
from thermal.heat.time.reproducible import ReproducibleIntegrator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from mpi4py import MPI

    from thermal.heat.model.heat_model import HeatModel
    from thermal.heat.time.state import Observer, State


def integrate(
    model: HeatModel,
    start: float,
    stop: float,
    tolerance_k: float,
    outputs: Iterable[float] = (),
    events: Iterable[float] = (),
    observers: Sequence[Observer] = (),
    comm: MPI.Intracomm | None = None,
    *,
    reproducible: bool = False,
) -> Iterator[State]:
    """Run a model and yield its state at ``start``, at every output and at ``stop``.

    Under ``mpirun`` the vertices are shared out: every rank makes the same call, a user's flux is asked for
    the vertices of its rank, and every rank gets the same whole states. An exception on one rank ends all.

    Parameters
    ----------
    model
        What to run; ``model.temperature`` says from where.
    start, stop
        s.
    tolerance_k
        Error in temperature, K.
    outputs, events
        Times in s to yield at, and times that a step must end on because a load has a kink there; those
        outside the run are left out.
    observers
        Called after every accepted step.
    comm
        MPI communicator; the world by default.
    reproducible
        Solve so tightly that any number of ranks gives the same numbers, to 1e-10 of them.

    Raises
    ------
    CaseError
        Where the run ends before it starts, or a user's flux is not finite.
    ConvergenceError
        Where no step is short enough.

    """
    check_span(start, stop, tolerance_k)
    if comm is None:
        from mpi4py import MPI as mpi  # noqa: N811  (only where a run starts)

        comm = mpi.COMM_WORLD
    end_all_ranks_together(comm)
    kind = ReproducibleIntegrator if reproducible else Integrator
    return kind(model, start, tolerance_k, comm).run(stop, outputs, events, observers)


def end_all_ranks_together(comm: MPI.Intracomm) -> None:
    """Let an exception that nobody catches on one rank end the others, which would wait for it for ever.

    Called on every rank where a run begins; on one rank it does nothing.
    """
    if comm.size > 1 and not isinstance(sys.excepthook, _EndOfAll):
        sys.excepthook = _EndOfAll(comm)


class _EndOfAll:
    """Shows an exception as it was shown before, then ends all ranks of a communicator."""

    def __init__(self, comm: MPI.Intracomm) -> None:
        self._comm, self._show = comm, sys.excepthook

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._show(kind, error, trace)
        sys.stdout.flush()
        sys.stderr.flush()
        self._comm.Abort(1)
