"""The header of a table: ``name [unit]``, and the dialects before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from materials.units import QuantityError, scale_of
from materials.wording import close_words
from thermal.core.errors import Problem
from thermal.core.tables.columns import TIME
from thermal.core.tables.rows import CellReader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thermal.core.tables.columns import Column

_HEADER: Final = re.compile(r"\s*(?P<name>[A-Za-z_]+)\s*\[\s*(?P<unit>[^\]]*?)\s*\]\s*")
DATES: Final = "utc"
"""Name of the column that may stand in place of the time."""


def read_header(
    where: str,
    header: Sequence[str],
    columns: tuple[Column, ...],
    spare: frozenset[str],
    problems: list[Problem],
) -> list[CellReader]:
    """Find every column and its unit; what is wrong goes to `problems`.

    Parameters
    ----------
    where
        File and line.
    header
        Its cells.
    columns
        What it must hold.
    spare
        Names of columns that are passed over.
    problems
        Takes what is wrong.

    """
    if len(header) == 1 and ";" in header[0]:
        advice = "save the table with commas between the cells, and points in the numbers"
        problems.append(Problem("table-header", where, "the cells stand between semicolons", advice))
        return []
    places = _places(where, header, columns, problems)
    dated = TIME in columns and DATES in places and TIME.name not in places
    wanted = ", ".join(column.example for column in columns)
    known = {column.name for column in columns} | ({DATES} if dated else set())
    for name in sorted(places.keys() - known - spare):
        close = close_words(name, known)
        advice = f'did you mean "{close[0]}"? columns: {wanted}' if close else f"columns: {wanted}"
        problems.append(Problem("table-header", where, f'unknown column "{name}"', advice))
    readers = []
    for column in columns:
        if column is TIME and dated:
            readers.append(CellReader(column, places[DATES][0], None))
        elif column.name not in places:
            message = f'no column "{column.name}"'
            problems.append(Problem("table-header", where, message, f"columns: {wanted}"))
        else:
            place, unit = places[column.name]
            reader = _reader(where, column, place, unit, problems)
            readers += [] if reader is None else [reader]
    return readers


def _places(
    where: str, header: Sequence[str], columns: tuple[Column, ...], problems: list[Problem]
) -> dict[str, tuple[int, str]]:
    """Place and unit of each column, by its name."""
    older = {old: (column.name, unit) for column in columns for old, unit in column.older.items()}
    places: dict[str, tuple[int, str]] = {}
    for place, cell in enumerate(header):
        name, unit = _split(cell, older)
        if name in places:
            problems.append(Problem("table-header", where, f'"{name}" stands twice', "keep one of them"))
        places[name] = (place, unit)
    return places


def _split(cell: str, older: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    match = _HEADER.fullmatch(cell)
    if match is not None:
        return match["name"].lower(), match["unit"]
    plain = cell.strip().lower()
    return older.get(plain, (plain, ""))


def _reader(where: str, column: Column, place: int, unit: str, problems: list[Problem]) -> CellReader | None:
    advice = f'write the unit in the header, e.g. "{column.example}"'
    if not unit:
        problems.append(Problem("missing-unit", where, f'column "{column.name}" has no unit', advice))
        return None
    try:
        return CellReader(column, place, scale_of(unit, column.unit))
    except QuantityError as error:
        problems.append(Problem(error.code, where, f'column "{column.name}": {error}', advice))
        return None
