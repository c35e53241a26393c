"""Find the line of a key in a TOML text, which the standard reader does not tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tomllib
    from collections.abc import Sequence

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*="""
)
PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")

Path = tuple[str | int, ...]


def split_key(text: str) -> tuple[str, ...]:
    """Split a dotted TOML key into its parts: ``properties."cte.axial"`` has two."""
    return tuple(next(part for part in found if part) for found in PART.findall(text) if any(found))


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Line number (from 1) of the deepest part of ``path`` that has a line of its own or is part of a header.

    Parameters
    ----------
    text
        The TOML text.
    path
        Keys and list indices from the top; parts inside an inline table lie on the line of that table.

    """
    best: tuple[int, int] | None = None
    wanted = _in_pieces(path)
    here: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header = HEADER.match(line)
        if header is not None:
            name = _in_pieces(split_key(header.group(2)))
            here = name
            if header.group(1) == "[[":
                counts[name] = counts.get(name, -1) + 1
                here = (*name, counts[name])
            key: Path = here
        else:
            assignment = KEY.match(line)
            if assignment is None:
                continue
            key = (*here, *_in_pieces(split_key(assignment.group(1))))
        shared = len(key) if wanted[: len(key)] == key else 0
        if key[: len(wanted)] == wanted and (best is None or best[0] < len(wanted)):
            shared = len(wanted)
        if shared and (best is None or shared > best[0]):
            best = (shared, number)
    return best[1] if best is not None else None


def _in_pieces(path: Sequence[str | int]) -> Path:
    """Split dotted names, which a file may quote (``"cte.axial"``) or nest (``cte.axial``)."""
    return tuple(piece for part in path for piece in (part.split(".") if isinstance(part, str) else [part]))


def error_line(error: tomllib.TOMLDecodeError) -> int | None:
    """Line number in a message of the standard reader."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found.group(1)) if found else None
