"""A line on the terminal while a sweep runs: counts, failures, time left. Reads the study's files."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from typing import TYPE_CHECKING

from thermal.study.answers.show import duration
from thermal.study.design.plan import read_plan
from thermal.study.execution.status import tally
from thermal.study.execution.store import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVERY_S = 0.5


@contextlib.contextmanager
def progress(directory: Path) -> Iterator[None]:
    """Show progress on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_show, args=(directory, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _show(directory: Path, stop: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    plan, reader, since = read_plan(directory), Reader(directory), time.time()
    columns = (
        TextColumn("{task.completed}/{task.total}"),
        BarColumn(),
        TextColumn("{task.fields[failed]} failed, {task.fields[left]} left"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=len(plan.members), failed=0, left="?")
        last = False
        while not last:
            last = stop.wait(EVERY_S)
            now = tally(plan, reader.refresh(), since)
            left = "?" if now.left_s is None else duration(now.left_s)
            bar.update(task, completed=now.ok + now.failed, failed=now.failed, left=left)
