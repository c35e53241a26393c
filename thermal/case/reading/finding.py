"""A problem of a case before its place in the file is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.core.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thermal.case.reading.lines import Location
    from thermal.case.reading.source import Source


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the value of a key.

    Parameters
    ----------
    code
        Key of the error catalogue.
    location
        Path of the key, such as ``("tube", 0, "wall")``.
    message, remedy
        What is wrong, and what to write instead.

    """

    code: str
    location: Location
    message: str
    remedy: str = ""


def problems(findings: Iterable[Finding], source: Source) -> list[Problem]:
    """Give every finding its file and line, in the order of the file; doubles are dropped."""
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: source.line(finding.location))
    return [Problem(item.code, source.place(item.location), item.message, item.remedy) for item in ordered]
