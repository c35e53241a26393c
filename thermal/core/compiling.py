"""Compiled loops on disk that are made anew when any source changes that they may hold.

numba keeps a loop for as long as the file that defines it stays the same. What the loop calls from other
files is compiled into it, and would stay what it was.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from thermal.core import constants

_Dispatcher = TypeVar("_Dispatcher", bound=Any)


def kept(dispatcher: _Dispatcher) -> _Dispatcher:
    """Tie what numba keeps of a loop to all sources of its folder.

    Parameters
    ----------
    dispatcher
        What ``numba.njit(cache=True)`` has made; loops call no loops of folders above or beside their own.

    """
    file = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if file is not None:  # None where compiling or keeping is switched off
        folder = Path(dispatcher.py_func.__code__.co_filename).parent
        file._source_stamp = file._source_stamp, _digest(folder)  # noqa: SLF001  (numba has no public way)
    return dispatcher


@cache
def _digest(folder: Path) -> str:
    """Digest of the sources of a folder and of the constants of nature."""
    content = sha256(Path(constants.__file__).read_bytes())
    for source in sorted(folder.rglob("*.py")):
        content.update(source.read_bytes())
    return content.hexdigest()
