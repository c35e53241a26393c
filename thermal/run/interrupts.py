"""Ctrl-C and SIGTERM end a run after the step it is in."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final, Self

from thermal.core.errors import InterruptedRunError, Problem

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from thermal.core.parallel import Communicator
    from thermal.results.writing.state import StepLike

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1)
"""SIGUSR1 is what a batch system sends before its time limit, when told to."""


class SignalStop:
    """Observer and context manager: the first signal stops the run at the end of its step, a second at once.

    Before the first step there is nothing to finish, and the signal stops the preparation.

    Parameters
    ----------
    comm
        Communicator of the run; a signal to any of its processes stops all.

    Attributes
    ----------
    between_steps
        Whether the run was stopped behind a step, on all processes: it can go on from there.

    """

    def __init__(self, comm: Communicator = None) -> None:
        self._comm = comm if comm is not None and comm.size > 1 else None
        self._number = 0
        self._stepping = False
        self.between_steps = False
        self._before: dict[signal.Signals, signal.Handlers | object] = {}

    def __enter__(self) -> Self:
        for number in SIGNALS:
            self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal gave

    def _take(self, number: int, _frame: FrameType | None) -> None:
        if not self._stepping or self._number:
            raise InterruptedRunError(_problem(number))
        self._number = number

    def observe(self, step: StepLike) -> None:
        """Stop here if a signal came.

        Raises
        ------
        InterruptedRunError
            If it did.

        """
        del step
        self._stepping = True
        number = self._number if self._comm is None else max(self._comm.allgather(self._number))
        if number:
            self.between_steps = True
            raise InterruptedRunError(_problem(number))


def _problem(number: int) -> Problem:
    return Problem("interrupted", "", f"the run was stopped by {signal.Signals(number).name}")
