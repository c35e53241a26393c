"""Where the time of a run goes: its tasks, and its most expensive functions."""

from __future__ import annotations

import cProfile
import pstats
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from thermal.run.profile_shares import shares

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES: Final = 25


@contextmanager
def profiled() -> Iterator[None]:
    """Profile a block; print the shares of its tasks and its most expensive functions to stderr."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        stats = pstats.Stats(profile, stream=sys.stderr)
        parts = shares(stats)
        stats.strip_dirs().sort_stats("tottime").print_stats(_LINES)
        sys.stderr.write("".join(f"{task:<12}{100.0 * share:5.1f} %\n" for task, share in parts.items()))
