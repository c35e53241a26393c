"""Where machine code is kept, for those who only want to know that."""

from __future__ import annotations

import os
from pathlib import Path


def kernel_folder() -> Path:
    """Return ``NUMBA_CACHE_DIR``, or ``lunarflag/kernels`` in the user's cache folder."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return Path(chosen)
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(home) / "lunarflag" / "kernels"
