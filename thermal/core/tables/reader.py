"""The one reader of tables: what `check` calls valid is what `run` reads."""

from __future__ import annotations

import csv
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.textfile import TextError, read_text
from thermal.core.errors import CaseError, Problem
from thermal.core.tables.header import read_header
from thermal.core.tables.rows import read_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.core.tables.columns import Column

_LARGEST: Final = 200_000_000
_SHOWN: Final = 20
"""Wrong rows that are named; further ones are only counted."""


def read_table(
    path: Path,
    columns: tuple[Column, ...],
    start: datetime | None = None,
    *,
    spare: frozenset[str] = frozenset(),
    rising: bool = True,
) -> NDArray[np.float64]:
    """Read a table.

    Parameters
    ----------
    path
        The file: CSV in UTF-8, headers ``name [unit]``. Lines that begin with ``#`` are comments.
    columns
        What it must hold, in any order; a `time` column may be called ``utc`` and hold ISO dates with zone.
    start
        The date that ``utc`` counts from.
    spare
        Headers of further columns that it may hold, in small letters; they are passed over.
    rising
        Whether the values of the first of `columns` have to rise from row to row.

    Returns
    -------
    ndarray
        SI values, shape (rows, columns), in the order of `columns`.

    Raises
    ------
    CaseError
        With every problem: unreadable or empty file, missing or unknown columns, wrong units, bad rows.

    """
    lines = _lines(path)
    problems: list[Problem] = []
    number, header = lines[0]
    readers = read_header(f"{path}:{number}", header, columns, spare, problems)
    if problems:
        raise CaseError(problems)
    rows: list[list[float]] = []
    numbers: list[int] = []
    for number, cells in lines[1:]:
        row = read_row(f"{path}:{number}", cells, len(header), readers, start, problems)
        if row is not None:
            rows.append(row)
            numbers.append(number)
    if rising:
        problems += _falling(path, columns[0].name, rows, numbers)
    if len(rows) + len(problems) < 2:
        advice = "give at least two rows"
        problems.append(Problem("table-empty", str(path), "fewer than two rows", advice))
    if len(problems) > _SHOWN:
        rest = f"{len(problems) - _SHOWN} further problems"
        problems = [*problems[:_SHOWN], Problem("table-rows", str(path), rest, "correct those named first")]
    if problems:
        raise CaseError(problems)
    return np.array(rows)


def _falling(path: Path, name: str, rows: Sequence[Sequence[float]], numbers: Sequence[int]) -> list[Problem]:
    return [
        Problem(
            "table-not-rising",
            f"{path}:{number}",
            f"{name} does not rise from the row before",
            "sort the rows and drop repeated ones",
        )
        for (before, after), number in zip(pairwise(rows), numbers[1:], strict=False)
        if after[0] <= before[0]
    ]


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Return number and cells of every line that is neither blank nor a comment.

    Raises
    ------
    CaseError
        The file cannot be read, is no text, or is empty.

    """
    try:
        text = read_text(path, _LARGEST)
    except TextError as error:
        code = "table-too-large" if error.code == "too-large" else error.code
        remedy = {
            "cannot-read": "tables are looked for beside the case file",
            "too-large": "thin the table out",
        }
        advice = error.remedy or remedy.get(error.code, "save it as CSV")
        raise CaseError(Problem(code, str(path), error.message, advice)) from error
    lines = [
        (number, _cells(path, number, line))
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not lines:
        raise CaseError(Problem("table-empty", str(path), "the table is empty", "give a header and rows"))
    return lines


def _cells(path: Path, number: int, line: str) -> list[str]:
    """Split a line at its commas; a cell may stand in quotes.

    Raises
    ------
    CaseError
        The line is no row of cells, as one of a hundred thousand characters without a comma.

    """
    try:
        return next(csv.reader([line]))
    except csv.Error as error:
        where, advice = f"{path}:{number}", "give cells with commas between, one row a line"
        raise CaseError(
            Problem("table-row", where, f"this is no row of a table ({error})", advice)
        ) from error
