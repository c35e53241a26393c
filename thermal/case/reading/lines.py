"""Find the line of a key in the text of a TOML file (tomllib gives no positions)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED: Final = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER: Final = re.compile(rf"\s*(?P<brackets>\[\[?)\s*(?P<name>{_DOTTED})\s*\]")
_KEY: Final = re.compile(rf"\s*(?P<name>{_DOTTED})\s*=")
_PART: Final = re.compile(_NAME)

Location = tuple[int | str, ...]
"""Path of a key: names of tables and keys, indices of lists."""


def line_of(text: str, location: Location) -> int | None:
    """Return the line of a key, or else of the nearest table around it.

    Parameters
    ----------
    text
        The TOML file.
    location
        Path of the key, such as ``("tube", 0, "wall")``.

    Returns
    -------
    int or None
        Counted from 1; None when no part of the path stands in the text.

    """
    lines = _positions(text)
    for length in range(len(location), 0, -1):
        line = lines.get(location[:length])
        if line is not None:
            return line
    return None


@lru_cache(maxsize=4)
def _positions(text: str) -> Mapping[Location, int]:
    """Map the path of every table and key to its first line."""
    found: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    table: Location = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _resolved(_parts(header["name"]), counts, is_list=header["brackets"] == "[[")
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            path = table
            for part in _parts(key["name"]):
                path = (*path, part)
                found.setdefault(path, number)
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _resolved(names: list[str], counts: dict[Location, int], *, is_list: bool) -> Location:
    """Turn the name of a header into a path with the index of each list of tables on the way."""
    path: Location = ()
    for position, name in enumerate(names):
        path = (*path, name)
        if is_list and position == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
