"""What machine code is made from: the digest under which it is kept.

numba compiles what a kernel calls, and every constant that it names, into the machine code, from whatever
file they come. Its own cache looks at the file of the kernel alone.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, Final

import llvmlite
import numba
import numpy as np
from numba.extending import is_jitted

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSIONS: Final = (
    sys.implementation.cache_tag,
    numba.__version__,
    llvmlite.__version__,
    np.__version__,
    str(numba.config.OPT),
    numba.config.USING_SVML,
)
_NUMBERS: Final = (bool, int, float, complex, str, bytes, np.generic, type(None))
_CHANGING: Final = (dict, list, set, bytearray)
_LIBRARIES: Final = sys.stdlib_module_names | {"numba", "numpy"}


def digest_of(dispatcher: Any) -> str:
    """Digest of the code of a kernel and of all kernels and constants that it holds.

    Parameters
    ----------
    dispatcher
        A compiled function.

    Returns
    -------
    str
        Sixteen hexadecimal digits.

    Raises
    ------
    TypeError
        Where it names something whose changes would go unnoticed, or calls a fast kernel that is not inlined.

    """
    content = sha256(repr(_VERSIONS).encode())
    waiting, met = [dispatcher], {id(dispatcher)}
    while waiting:
        here = waiting.pop()
        for piece in _pieces(here):
            if not is_jitted(piece):
                content.update(repr(piece).encode() if not isinstance(piece, bytes) else piece)
                content.update(b"\n")
                continue
            _check_call(here, piece)
            if id(piece) not in met:
                met.add(id(piece))
                waiting.append(piece)
    return content.hexdigest()[:16]


def _check_call(caller: Any, called: Any) -> None:
    """Refuse a call that leaves the last bits to the linker: see :func:`fast_kernel`."""
    options = called.targetoptions
    if caller is not called and options.get("fastmath") and not options.get("forceinline"):
        raise TypeError(
            f"kernel {caller.py_func.__name__} calls {called.py_func.__name__}: make that "
            "@fast_kernel(inline=True)"
        )


def _pieces(dispatcher: Any) -> Iterator[Any]:
    """Yield what a kernel is made from: kernels that it calls as they are, all else as plain values."""
    function = dispatcher.py_func
    yield function.__module__, function.__qualname__
    yield sorted((name, _plain(value)) for name, value in dispatcher.targetoptions.items())
    yield dispatcher._compiler.pipeline_class.__qualname__  # noqa: SLF001  (numba has no public way)
    yield from _code(function.__code__, function.__doc__)
    cells = dict(
        zip(function.__code__.co_freevars, (c.cell_contents for c in function.__closure__ or ()), strict=True)
    )
    names = sorted({name for code in _nested(function.__code__) for name in code.co_names})
    for name in names:
        if name in function.__globals__:
            yield from _value(function, name, function.__globals__[name], names)
    for name, value in cells.items():
        yield from _value(function, name, value, names)


def _value(function: FunctionType, name: str, value: Any, names: list[str]) -> Iterator[Any]:
    """Yield what a name of a kernel stands for."""
    yield name
    if is_jitted(value):
        yield value
    elif isinstance(value, _NUMBERS):
        yield type(value).__name__, value
    elif isinstance(value, np.ndarray):
        yield value.dtype.str, value.shape, value.tobytes()
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _value(function, f"{name}[{position}]", item, names)
    else:
        yield from _named(function, name, value, names)


def _named(function: FunctionType, name: str, value: Any, names: list[str]) -> Iterator[Any]:
    """Yield what a module, a class or a plain function stands for; nothing more where a library has it."""
    module = value.__name__ if isinstance(value, ModuleType) else _module_of(value)
    if module.partition(".")[0] in _LIBRARIES and not isinstance(value, _CHANGING):
        return
    if isinstance(value, ModuleType):
        for attribute in names:
            if attribute in vars(value):
                yield from _value(function, f"{name}.{attribute}", vars(value)[attribute], names)
    elif isinstance(value, type | FunctionType):
        yield Path(sys.modules[module].__file__ or "").read_bytes()
    else:
        raise TypeError(f"kernel {function.__name__} names {name}, of a kind that cannot be compiled into it")


def _module_of(value: Any) -> str:
    return value.__module__ if isinstance(value, type | FunctionType) else type(value).__module__


def _code(code: CodeType, doc: str | None) -> Iterator[Any]:
    """Yield what a function does, without where it stands and what it says of itself."""
    for inner in _nested(code):
        yield inner.co_name, inner.co_varnames, inner.co_names, inner.co_freevars, inner.co_argcount
        yield inner.co_code
        yield [_plain(c) for c in inner.co_consts if not isinstance(c, CodeType) and (c is None or c != doc)]


def _nested(code: CodeType) -> Iterator[CodeType]:
    """Yield a code object and those within it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)


def _plain(value: Any) -> Any:
    """Return a text of a value; sets are sorted, since they have no order of their own."""
    return sorted(map(repr, value)) if isinstance(value, set | frozenset) else repr(value)
