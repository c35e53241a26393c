"""Where the time of a run goes."""

from __future__ import annotations

import cProfile
import pstats
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES: Final = 25


@contextmanager
def profiled() -> Iterator[None]:
    """Profile a block and print its most expensive functions to stderr, by their own time."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        pstats.Stats(profile, stream=sys.stderr).strip_dirs().sort_stats("tottime").print_stats(_LINES)
