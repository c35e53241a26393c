"""Engine for this machine: worker processes that are replaced when they die.

`concurrent.futures` gives up all its workers when one is killed, so that the members under way in the
others would be lost; here each worker has a pipe of its own, and its death costs its own member.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, cast

from thermal.core.errors import ProblemError
from thermal.study.engines import Range, limit_threads
from thermal.study.execution.worker import prepare, run_range

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

RANGES_A_WORKER = 32
"""Ranges that each worker gets in the mean: enough for an even end, few enough to cost nothing."""


@dataclass(frozen=True, slots=True)
class ProcessEngine:
    """Worker processes on this machine.

    Parameters
    ----------
    jobs
        Number of workers.
    threads
        Threads that each may use.

    """

    jobs: int
    threads: int = 1

    def chunk(self, members: int) -> int:
        """Members that one range should have."""
        return max(1, members // (self.jobs * RANGES_A_WORKER))

    def run(self, directory: Path, rounds: Iterator[list[Range]]) -> None:
        """Have each range of every round tried once by one of the workers.

        Raises
        ------
        ProblemError
            A worker could not open the study.

        """
        limit_threads(self.threads)
        pool = _Pool(str(directory))
        try:
            for ranges in rounds:
                pool.fill(self.jobs)
                waiting = deque(ranges)
                while waiting or pool.busy:
                    while waiting and len(pool.busy) < self.jobs:
                        pool.give(waiting.popleft())
                    pool.take()
        finally:
            pool.close()


class _Pool:
    """Workers, each with a pipe of its own; a dead one is forgotten, and a new one started in its place."""

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._context = multiprocessing.get_context("spawn")
        self._processes: dict[Connection, SpawnProcess] = {}
        self._idle: list[Connection] = []
        self.busy: list[Connection] = []

    def fill(self, jobs: int) -> None:
        """Start workers up to this number, so that they are ready when the first member has run alone."""
        while len(self._processes) < jobs:
            self._idle.append(self._start())

    def give(self, members: Range) -> None:
        """Hand a range to an idle worker, or to a new one."""
        while True:
            connection = self._idle.pop() if self._idle else self._start()
            try:
                connection.send(members)
            except OSError:
                self._forget(connection)
                continue
            self.busy.append(connection)
            return

    def take(self) -> None:
        """Wait until a worker is done with its range, or has died.

        Raises
        ------
        ProblemError
            A worker could not open the study.

        """
        for connection in cast("list[Connection]", wait(self.busy)):
            self.busy.remove(connection)
            try:
                answer = connection.recv()
            except (EOFError, OSError):
                self._forget(connection)
                continue
            self._idle.append(connection)
            if answer is not None:
                raise ProblemError(answer)

    def close(self) -> None:
        """End all workers, also amid a member."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.join()

    def _start(self) -> Connection:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._directory), daemon=True)
        process.start()
        theirs.close()
        self._processes[ours] = process
        return ours

    def _forget(self, connection: Connection) -> None:
        connection.close()
        self._processes.pop(connection).join()


def _work(connection: Connection, directory: str) -> None:
    """Body of a worker: serve ranges until the sweep closes the pipe or dies."""
    parent = multiprocessing.parent_process()
    with contextlib.suppress(ProblemError):  # the first range meets it again, and reports it
        prepare(directory)
    while True:
        try:
            start, stop = connection.recv()
        except EOFError:
            return
        answer = None
        try:
            run_range(directory, start, stop, lambda: parent is None or parent.is_alive())
        except ProblemError as error:
            answer = error.problems
        try:
            connection.send(answer)
        except OSError:
            return
