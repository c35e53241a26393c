"""Compile once: the first worker of a study does it, all others wait for it and find the cache filled.

``results/compiled`` is a lock, and holds a byte once a worker has compiled; the kernel drops the lock of a
worker that dies, and the next one takes over.
"""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "compiled"


def once(directory: Path, compile_all: Callable[[], None]) -> None:
    """Have the first worker that comes here compile.

    Parameters
    ----------
    directory
        The study directory.
    compile_all
        Fills the compile cache.

    """
    with (directory / "results" / FILE).open("a+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        if file.seek(0, 2) == 0:
            compile_all()
            file.write(b"1")
