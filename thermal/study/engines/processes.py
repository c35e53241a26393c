"""Engine for this machine: worker processes that are replaced when they die.

`concurrent.futures` gives up all its workers when one is killed, so that the members under way in the
others would be lost; here each worker has a pipe of its own, and its death costs its own member.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from thermal.errors import ProblemError
from thermal.study.engines import Range, limit_threads
from thermal.study.worker import run_range

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.context import SpawnContext, SpawnProcess
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

    def run(self, directory: Path, ranges: Sequence[Range]) -> None:
        """Have each range tried once by one of the workers.

        Raises
        ------
        ProblemError
            A worker could not open the study.

        """
        limit_threads(self.threads)
        waiting = deque(ranges)
        context = multiprocessing.get_context("spawn")
        workers: dict[Connection, SpawnProcess] = {}
        try:
            while waiting or workers:
                while waiting and len(workers) < self.jobs:
                    connection, process = _start(context, directory)
                    connection.send(waiting.popleft())
                    workers[connection] = process
                for ready in wait(list(workers)):
                    connection = _as_connection(ready)
                    if not _served(connection, waiting):
                        workers.pop(connection).join()
        finally:
            for process in workers.values():
                process.terminate()
            for process in workers.values():
                process.join()


def _as_connection(ready: object) -> Connection:
    if not isinstance(ready, Connection):
        raise TypeError(f"{ready!r} is no connection")
    return ready


def _start(context: SpawnContext, directory: Path) -> tuple[Connection, SpawnProcess]:
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, str(directory)), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _served(connection: Connection, waiting: deque[Range]) -> bool:
    """Take a worker's answer and give it the next range; False when it has died or nothing is left for it."""
    try:
        answer = connection.recv()
        if answer is not None:
            raise ProblemError(answer)
        if waiting:
            connection.send(waiting.popleft())
            return True
    except (EOFError, OSError):
        pass
    connection.close()
    return False


def _work(connection: Connection, directory: str) -> None:
    """Body of a worker: serve ranges until the sweep closes the pipe or dies."""
    parent = multiprocessing.parent_process()
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
