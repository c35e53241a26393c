"""The error catalogue: every code that a problem can carry, with its cause and its remedy.

The entries live in the TOML files of this folder, one a topic; each entry is a table named by the code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of the catalogue.

    Parameters
    ----------
    code
        What stands in brackets behind a message.
    title
        One line.
    cause
        Why it happens.
    remedy
        What to do.
    exit_code
        Exit code of the command line.
    topic
        Name of the file the entry stands in.

    """

    code: str
    title: str
    cause: str
    remedy: str
    exit_code: int
    topic: str


@cache
def load_catalogue() -> Mapping[str, Entry]:
    """Read all topics.

    Returns
    -------
    mapping of str to Entry
        Sorted by code.

    Raises
    ------
    ValueError
        If two topics hold the same code: a mistake of this package, not of its user.

    """
    entries: dict[str, Entry] = {}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml"):
            continue
        topic = file.name.removesuffix(".toml")
        for code, fields in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in entries:
                raise ValueError(f"code {code} stands in {topic} and in {entries[code].topic}")
            entries[code] = Entry(code=code, topic=topic, **fields)
    return MappingProxyType(dict(sorted(entries.items())))
