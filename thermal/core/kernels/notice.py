"""Say what is being compiled: the first run after an installation or a change waits for it."""

from __future__ import annotations

import logging
import sys
import time
from typing import Final

LOG: Final = logging.getLogger("lunarflag.kernels")
PAUSE_S: Final = 10.0
"""Between two lines."""


class Notice:
    """Lines of the log of one process: one at once, one now and then."""

    def __init__(self) -> None:
        self._count, self._first_s, self._last_s = 0, 0.0, -PAUSE_S
        self._complained = False

    def compiling(self, name: str, folder: str) -> None:
        """Say that a kernel is being compiled, which is kept in a folder."""
        now = time.monotonic()
        self._count += 1
        if self._count == 1:
            self._first_s = self._last_s = now
            self._say(
                "lunarflag: compiling the numerical kernels for this processor, a minute or two, once; "
                "kept in %s",
                folder,
            )
        elif now - self._last_s > PAUSE_S:
            self._last_s = now
            seconds = now - self._first_s
            self._say("lunarflag: %d kernels compiled in %.0f s, now %s", self._count - 1, seconds, name)

    def not_kept(self, error: OSError) -> None:
        """Say that machine code cannot be kept."""
        if not self._complained:
            self._complained = True
            self._say(
                "lunarflag: compiled kernels cannot be kept (%s): the next run compiles again; "
                "set NUMBA_CACHE_DIR to a folder you may write to",
                error,
            )

    def _say(self, text: str, *values: object) -> None:
        """Log a line, on the first of several ranks alone."""
        mpi = sys.modules.get("mpi4py.MPI")
        if mpi is None or not mpi.Is_initialized() or mpi.COMM_WORLD.rank == 0:
            LOG.warning(text, *values)


NOTICE: Final = Notice()
