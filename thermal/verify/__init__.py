"""The verification cases: one file a case, each against a closed solution or a published value.

A case is a module of this package with ``TITLE`` and ``run() -> Iterable[Check]``; adding a file adds a case
to ``lunarflag verify`` and to the tests.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from thermal.verify.check import Check

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Check", "cases", "load"]

_NOT_CASES = {"bars", "check", "models"}


def cases() -> tuple[str, ...]:
    """Names of all cases, in order."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in _NOT_CASES))


def load(name: str) -> ModuleType:
    """Return the module of a case: ``TITLE`` and ``run``."""
    return importlib.import_module(f"thermal.verify.{name}")
