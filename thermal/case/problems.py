"""Turn the errors of pydantic into problems with file, line, key and advice."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thermal.case.lines import line_of
from thermal.errors import Problem

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


def problems_of(error: ValidationError, file: Path, text: str) -> list[Problem]:
    """Convert the errors of a validation.

    Parameters
    ----------
    error
        What pydantic raised on the data of the file.
    file, text
        The case file and its text, for the line of each key.

    Returns
    -------
    list of Problem
        One a wrong key, in the order of the file.

    """
    return [_problem(detail, file, text) for detail in error.errors()]


def _problem(detail: ErrorDetails, file: Path, text: str) -> Problem:
    context: Mapping[str, Any] = detail.get("ctx", {})
    where = place(file, text, detail["loc"])
    return Problem(detail["type"], where, detail["msg"], str(context.get("remedy", "")))


def place(file: Path, text: str, location: tuple[int | str, ...]) -> str:
    """Name file, line and key: ``flag.toml:12: flag.width``."""
    line = line_of(text, location)
    key = ".".join(str(step) for step in location)
    return f"{file}:{line}: {key}" if line else f"{file}: {key}"


def nearest(given: str, known: list[str]) -> str:
    """Return advice that names the nearest known word, or all of them where there are few."""
    close = difflib.get_close_matches(given, known, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known here: {', '.join(known)}"
