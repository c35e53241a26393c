"""Engines: ways to spread ranges of members over workers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Variables that set the threads of a worker."""


class Range(NamedTuple):
    """Members [start, stop) of a study."""

    start: int
    stop: int


class Engine(Protocol):
    """Spreads ranges over workers, each of which calls :func:`thermal.study.execution.worker.run_range`.

    What an engine returns does not matter: the records on disk alone say what is done. So an engine may lose
    a worker, or a whole node; the next round holds the members that are still open.
    """

    def chunk(self, members: int) -> int:
        """Members that one range should have, out of so many that are to be run."""

    def run(self, directory: Path, rounds: Iterator[list[Range]]) -> None:
        """Have each range of a round tried once, then ask for the next round, until there is none.

        Raises
        ------
        ProblemError
            No worker can do anything at all.

        """


def limit_threads(threads: int) -> None:
    """Give this process and its children so many threads each, unless the environment says otherwise."""
    for name in THREADS:
        os.environ.setdefault(name, str(threads))
