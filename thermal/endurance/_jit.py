"""The one place that knows numba: a typed wrapper, so that kernels stay checked by mypy."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numba

from thermal.core.compiling import kept

if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def jit(kernel: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Compile a kernel to machine code at its first call and keep it in the cache directory.

    Parameters
    ----------
    kernel
        Function of numbers and arrays in numba's subset of Python.

    Returns
    -------
    Callable
        The compiled kernel, with the type of the original.

    """
    compiled: Callable[Arguments, Result] = kept(numba.njit(cache=True, error_model="numpy")(kernel))
    return compiled
