"""Results on disk: few files, appended to, that survive the death of anybody at any moment.

``results/NNNN.jsonl`` belongs to one worker at a time, which holds an exclusive lock on it; there are as many
files as workers ever were at once, however many members a study has. A record counts when its line is
complete; whoever opens a file next cuts off half a line that its predecessor left.

``results/claims`` has one byte a member, which counts how often the member was begun. A worker that runs
members [start, stop) holds a lock on that range of bytes, so that no other worker, of this sweep or of one
started beside it, runs them meanwhile. The kernel drops the locks of a process that dies, on NFS too.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import time
from typing import TYPE_CHECKING, Self

from thermal.study.execution.record import Record, parse_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

SYNC_S = 1.0
"""Seconds between forced writes to the disk; only a crash of the whole machine can lose that much."""


class Reader:
    """Records of a study; each refresh reads only what was appended since."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / "results"
        self._offsets: dict[str, int] = {}
        self.records: dict[int, Record] = {}

    def refresh(self) -> dict[int, Record]:
        """Read what is new and return the record that counts of each member, by index."""
        for path in sorted(self._folder.glob("*.jsonl")):
            offset = self._offsets.get(path.name, 0)
            if path.stat().st_size <= offset:
                continue
            with path.open("rb") as file:
                file.seek(offset)
                data = file.read()
            complete = data[: data.rfind(b"\n") + 1]
            self._offsets[path.name] = offset + len(complete)
            for line in complete.splitlines():
                self._take(parse_line(line))
        return self.records

    def _take(self, record: Record | None) -> None:
        if record is None:
            return
        known = self.records.get(record.index)
        if known is None or record.finished >= known.finished:
            self.records[record.index] = record


class Writer:
    """Appends records to a file that this worker holds alone."""

    def __init__(self, directory: Path) -> None:
        self._file = _free_file(directory / "results")
        self._synced = time.monotonic()

    def append(self, record: Record) -> None:
        """Add a record; it survives the death of this process from here on."""
        line = record.to_line()
        while line:
            line = line[os.write(self._file, line) :]
        if time.monotonic() - self._synced > SYNC_S:
            os.fsync(self._file)
            self._synced = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.fsync(self._file)
        os.close(self._file)


def _free_file(folder: Path) -> int:
    """Open the first file that nobody holds, and cut off half a line at its end."""
    for number in itertools.count():
        descriptor = os.open(folder / f"{number:04}.jsonl", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            continue
        _cut_half_line(descriptor)
        break
    return descriptor


def _cut_half_line(descriptor: int) -> None:
    end = os.fstat(descriptor).st_size
    tail = b""
    start = end
    while start > 0 and b"\n" not in tail:
        start = max(0, start - 65536)
        tail = os.pread(descriptor, end - start, start)
    keep = start + tail.rfind(b"\n") + 1
    if keep < end:
        os.ftruncate(descriptor, keep)


class Claims:
    """Who runs which members, and how often each was begun.

    The locks belong to the process and end when any file handle of it on the claims is closed: a process
    opens them once.
    """

    def __init__(self, directory: Path) -> None:
        self._file = os.open(directory / "results" / "claims", os.O_RDWR | os.O_CREAT, 0o644)

    @contextlib.contextmanager
    def hold(self, start: int, stop: int) -> Iterator[None]:
        """Hold members [start, stop) alone; waits while another worker has one of them."""
        fcntl.lockf(self._file, fcntl.LOCK_EX, stop - start, start)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, stop - start, start)

    def begin(self, index: int) -> None:
        """Count one more beginning of a member that this process holds."""
        os.pwrite(self._file, bytes([min(self.begun(index) + 1, 255)]), index)

    def begun(self, index: int) -> int:
        """How often a member was begun, at most 255."""
        return (os.pread(self._file, 1, index) or b"\0")[0]

    def close(self) -> None:
        """Give up all that is held."""
        os.close(self._file)
