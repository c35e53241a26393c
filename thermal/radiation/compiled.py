"""How loops over points are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from thermal.core.compiling import kept

_Loop = TypeVar("_Loop", bound=Callable[..., Any])


def jit(loop: _Loop) -> _Loop:
    """Compile a loop for arrays and numbers; it is kept on disk, and keeps its type for the checker."""
    return cast("_Loop", kept(numba.njit(cache=True, error_model="numpy")(loop)))
