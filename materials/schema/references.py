"""The bibliography: BibTeX files beside the material files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from materials.problems import MaterialError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ENTRY: Final = re.compile(r"@(\w+)\s*\{\s*([^,\s]+)\s*,(.*?)^\}", re.DOTALL | re.MULTILINE)
FIELD: Final = re.compile(r"^\s*(\w+)\s*=\s*[{\"](.*?)[}\"]\s*,?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Reference:
    """One entry of the bibliography.

    Parameters
    ----------
    key, kind
        BibTeX key and entry type.
    fields
        Name to text.
    text
        The entry as it stands in the file.

    """

    key: str
    kind: str
    fields: dict[str, str]
    text: str

    def citation(self) -> str:
        """One line for people: author, title, where, year."""
        where = [
            self.fields[name]
            for name in ("journal", "booktitle", "institution", "school", "publisher", "howpublished")
            if name in self.fields
        ]
        number = [self.fields[name] for name in ("number", "volume", "pages") if name in self.fields]
        parts = [
            self.fields.get("author", self.fields.get("editor", "")),
            self.fields.get("title", ""),
            " ".join(where + number),
            self.fields.get("year", ""),
        ]
        return ", ".join(part.replace("{", "").replace("}", "").replace("\\", "") for part in parts if part)


class Bibliography(dict[str, Reference]):
    """References by key."""

    def bibtex(self, keys: Iterable[str]) -> str:
        """BibTeX of some keys, each once, in the order of the keys.

        Raises
        ------
        MaterialError
            When a key is not in the bibliography.

        """
        wanted = list(dict.fromkeys(keys))
        missing = [key for key in wanted if key not in self]
        if missing:
            raise MaterialError(
                [
                    Problem("unknown-source", key, f"the source {key!r} is not in the bibliography")
                    for key in missing
                ]
            )
        return "\n\n".join(self[key].text for key in wanted)


def read_bibliography(files: Iterable[Path]) -> Bibliography:
    """Read BibTeX files; entries of later files override."""
    found = Bibliography()
    for path in files:
        text = path.read_text(encoding="utf-8")
        for match in ENTRY.finditer(text):
            fields = {name.lower(): value for name, value in FIELD.findall(match.group(3))}
            found[match.group(2)] = Reference(match.group(2), match.group(1).lower(), fields, match.group(0))
    return found
