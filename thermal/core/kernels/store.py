"""Machine code on disk: one file a kernel, signature and processor, named by what it was made from."""

from __future__ import annotations

import os
import pickle
import time
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from thermal.core.kernel_folder import kernel_folder
from thermal.core.kernels.ingredients import digest_of
from thermal.core.kernels.notice import NOTICE

_UNUSED_S: Final = 90 * 86400.0
"""Age at which files that no process has loaded since are removed."""


class KernelStore(_Cache):  # type: ignore[misc]  # numba has no types
    """What numba asks for the machine code of a kernel, and gives it to.

    A change of the kernel, of what it calls or of a constant that it names gives another file name, so that
    nothing is ever out of date: checkouts and branches share one folder. Files are renamed into place whole.

    Parameters
    ----------
    dispatcher
        The kernel.

    """

    def __init__(self, dispatcher: Any) -> None:
        self._dispatcher = dispatcher
        self._enabled = True

    @property
    def cache_path(self) -> str:
        """Folder of the machine code."""
        return str(kernel_folder())

    @cached_property
    def _name(self) -> str:
        function = self._dispatcher.py_func
        return f"{function.__module__}.{function.__name__}"

    @cached_property
    def _digest(self) -> str:
        return digest_of(self._dispatcher)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the machine code for a signature, or None where it has to be compiled."""
        target_context.refresh()
        path = self._path(sig, target_context)
        if self._enabled:
            with suppress(OSError, EOFError, pickle.UnpicklingError):
                kept_for, payload = pickle.loads(path.read_bytes())  # noqa: S301  (the user's own cache folder)
                if kept_for == str(sig):
                    _mark_as_used(path)
                    return CompileResult._rebuild(target_context, *payload)  # noqa: SLF001  (as numba's cache does)
        NOTICE.compiling(self._name, self.cache_path)
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep machine code that has just been compiled."""
        if not self._enabled or data.library.has_dynamic_globals:
            return
        path = self._path(sig, data.target_context)
        content = dumps((str(sig), data._reduce()))  # noqa: SLF001  (as numba's cache does)
        aside = path.with_suffix(f".{uuid4().hex[:16]}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
            aside.replace(path)
        except OSError as error:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            NOTICE.not_kept(error)
            self._enabled = False

    def enable(self) -> None:
        """Use the folder."""
        self._enabled = True

    def disable(self) -> None:
        """Compile anew in every process."""
        self._enabled = False

    def flush(self) -> None:
        """Remove what is kept of this kernel as it stands."""
        for path in kernel_folder().glob(f"{self._name}-{self._digest}-*"):
            path.unlink(missing_ok=True)

    def _path(self, sig: Any, target_context: Any) -> Path:
        processor = target_context.codegen().magic_tuple()
        use = sha256(repr((str(sig), processor)).encode()).hexdigest()[:16]
        return kernel_folder() / f"{self._name}-{self._digest}-{use}.bin"


def _mark_as_used(path: Path) -> None:
    with suppress(OSError):
        os.utime(path)


def remove_unused() -> int:
    """Remove machine code that no process has used for three months; return how many files."""
    oldest, removed = time.time() - _UNUSED_S, 0
    for path in kernel_folder().glob("*.bin"):
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
                removed += 1
    return removed
