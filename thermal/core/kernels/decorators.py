"""The two kinds of compiled loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast, overload

import numba
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.extending import is_jitted

from thermal.core.kernels.store import KernelStore

_Function = Callable[..., Any]
_Typed = TypeVar("_Typed", bound=_Function)

_COMMON: Final[dict[str, Any]] = {"error_model": "numpy", "boundscheck": False}
_FAST: Final[dict[str, Any]] = {"fastmath": {"nsz", "arcp", "contract", "afn", "reassoc"}}


class _NoOverlap(CompilerBase):  # type: ignore[misc]  # numba has no types
    """numba's compiler, told that arrays do not overlap."""

    def define_pipelines(self) -> list[Any]:
        """Return the usual passes."""
        self.state.flags.noalias = True
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]


def kernel(function: _Typed) -> _Typed:
    """Compile a loop at its first call, with the arithmetic of IEEE 754 in the order in which it is written.

    Parameters
    ----------
    function
        Function of numbers, arrays and named tuples of them in numba's subset of Python.

    Returns
    -------
    Callable
        The compiled kernel, with the type of the function.

    """
    return cast("_Typed", _kept(numba.njit(**_COMMON)(function)))


@overload
def fast_kernel(function: _Function) -> Any: ...
@overload
def fast_kernel(*, inline: bool = ..., may_overlap: bool = ...) -> Callable[[_Function], Any]: ...
def fast_kernel(function: _Function | None = None, *, inline: bool = False, may_overlap: bool = False) -> Any:
    """Compile a loop at its first call, with sums and products in whatever order vector units like.

    Such a loop runs in vector units only where the compiler knows that what it writes is not what it reads;
    with more than a handful of arrays it does not find that out by itself. So fast kernels promise that no
    array which they write overlaps another of their arguments; arrays that are only read may.

    Parameters
    ----------
    function
        The loop.
    inline
        Whether it becomes part of every kernel that calls it; needed where kernels call it. The linker keeps
        one copy of a kernel that several others hold, the one that was loaded first: with sums in an order
        that differs from copy to copy, the last bits of a run would depend on what ran before.
    may_overlap
        Whether the promise above is not made.

    """

    def compiled(loop: _Function) -> Any:
        promise = {} if may_overlap else {"pipeline_class": _NoOverlap}
        return _kept(numba.njit(**_COMMON, **_FAST, **promise, forceinline=inline)(loop))

    return compiled if function is None else compiled(function)


def _kept(dispatcher: Any) -> Any:
    """Keep on disk what a dispatcher compiles; a plain function where compiling is switched off."""
    if is_jitted(dispatcher):
        dispatcher._cache = KernelStore(dispatcher)  # noqa: SLF001  (numba has no public way)
    return dispatcher
