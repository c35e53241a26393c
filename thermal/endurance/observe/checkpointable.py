"""Running records that a checkpoint takes out and a resumed run puts back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Saved = Mapping[str, "NDArray[np.generic]"]
"""Arrays by name; a dot leads into the records of a record."""


class Kept:
    """Something that is a few records and what it was made of; the records alone change in a run.

    A class names its records with what makes each of them from its arrays: ``float``, ``np.array``, a named
    tuple, a dataclass. A record that is None is left out. Records of this class keep themselves.
    """

    _records: ClassVar[tuple[tuple[str, Callable[..., Any]], ...]] = ()

    def snapshot(self) -> dict[str, NDArray[np.generic]]:
        """Copy the records."""
        saved: dict[str, NDArray[np.generic]] = {}
        for name, _ in self._records:
            record = getattr(self, name)
            own = record.snapshot() if isinstance(record, Kept) else _pieces(record)
            saved |= inside(name, own)
        return saved

    def restore(self, saved: Saved) -> None:
        """Put records back that were copied from an object made of the same things."""
        for name, make in self._records:
            own = of(name, saved)
            record = getattr(self, name)
            if isinstance(record, Kept):
                record.restore(own)
                continue
            pieces = [own[str(number)] for number in range(len(own))]
            made = make(*(p if p.ndim else p.item() for p in pieces)) if pieces else None
            setattr(self, name, made)


def pair(first: NDArray[np.generic], second: NDArray[np.generic]) -> tuple[NDArray[np.generic], ...]:
    """Make a record of two arrays."""
    return first, second


def inside(name: str, saved: Saved) -> dict[str, NDArray[np.generic]]:
    """Put arrays under a name."""
    return {f"{name}.{key}": values for key, values in saved.items()}


def of(name: str, saved: Saved) -> dict[str, NDArray[np.generic]]:
    """Take the arrays that are under a name."""
    return {key.removeprefix(f"{name}."): v for key, v in saved.items() if key.startswith(f"{name}.")}


def _pieces(record: Any) -> dict[str, NDArray[np.generic]]:
    """Arrays that make up a record, by number; none for None."""
    if record is None:
        return {}
    if is_dataclass(record):
        record = tuple(getattr(record, field.name) for field in fields(record))
    parts = record if isinstance(record, tuple) else (record,)
    return {str(number): np.array(part) for number, part in enumerate(parts)}
