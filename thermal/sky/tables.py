"""Tables a user brings: CSV with a unit in every header, checked as a whole."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.units import QuantityError, scale_of
from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_HEADER: Final = re.compile(r"\s*(?P<name>[A-Za-z_]+)\s*\[\s*(?P<unit>[^\]]*?)\s*\]\s*")
_LARGEST: Final = 200_000_000
_SHOWN: Final = 20
"""Wrong rows that are named; further ones are only counted."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column a table must have.

    Parameters
    ----------
    name
        As in the header.
    unit
        SI unit its values are converted to.
    example
        A header to advise.
    least, most
        Range of the values in that unit.

    """

    name: str
    unit: str
    example: str
    least: float = -math.inf
    most: float = math.inf


TIME: Final = Column("time", "s", "time [h]")
AZIMUTH: Final = Column("azimuth", "rad", "azimuth [deg]", -2 * math.pi, 2 * math.pi)
ELEVATION: Final = Column("elevation", "rad", "elevation [deg]", -math.pi / 2, math.pi / 2)
IRRADIANCE: Final = Column("irradiance", "W/m**2", "irradiance [W/m^2]", 0.0, 1e5)
TEMPERATURE: Final = Column("temperature", "K", "temperature [K]", 3.0, 2000.0)


def read_table(path: Path, columns: tuple[Column, ...], start: datetime | None = None) -> NDArray[np.float64]:
    """Read a table whose first column rises.

    Parameters
    ----------
    path
        The file.  Lines that begin with ``#`` are comments.
    columns
        What it must hold, in any order; a `time` column may be called ``utc`` and hold ISO dates with zone.
    start
        The date that ``utc`` counts from.

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
    readers = _readers(f"{path}:{number}", header, columns, problems)
    if problems:
        raise CaseError(problems)
    rows: list[list[float]] = []
    numbers: list[int] = []
    for number, cells in lines[1:]:
        row = _row(
            f"{path}:{number}",
            cells,
            width=len(header),
            columns=columns,
            readers=readers,
            start=start,
            problems=problems,
        )
        if row is not None:
            rows.append(row)
            numbers.append(number)
    problems += [
        Problem(
            "table-not-rising",
            f"{path}:{row_number}",
            f"{columns[0].name} does not rise from the row before",
            "sort the rows and drop repeated ones",
        )
        for (before, after), row_number in zip(pairwise(rows), numbers[1:], strict=False)
        if after[0] <= before[0]
    ]
    if len(rows) + len(problems) < 2:
        problems.append(Problem("table-empty", str(path), "fewer than two rows", "give at least two rows"))
    if len(problems) > _SHOWN:
        rest = f"{len(problems) - _SHOWN} further problems"
        problems = [*problems[:_SHOWN], Problem("table-rows", str(path), rest, "correct those named first")]
    if problems:
        raise CaseError(problems)
    return np.array(rows)


def check_cover(path: Path, times: NDArray[np.float64], duration_s: float) -> list[Problem]:
    """Report a table whose times (n,) in s do not reach from 0 to the end of the run."""
    problems = []
    if times[0] > 0.0:
        message = f"the first row is at {times[0]:.6g} s, after the start of the run"
        problems.append(Problem("table-too-short", str(path), message, "add a row at the start or before it"))
    if times[-1] < duration_s * (1.0 - 1e-9):
        message = f"the last row is at {times[-1]:.6g} s, the run ends at {duration_s:.6g} s"
        problems.append(Problem("table-too-short", str(path), message, "add rows or shorten run.duration"))
    return problems


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Return number and cells of every line that is neither blank nor a comment."""
    try:
        if path.stat().st_size > _LARGEST:
            raise CaseError(Problem("table-too-large", str(path), "more than 200 MB", "thin the table out"))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        advice = "tables are looked for beside the case file"
        raise CaseError(Problem("cannot-read", str(path), reason, advice)) from error
    except UnicodeDecodeError as error:
        raise CaseError(
            Problem("not-text", str(path), "not a text file (UTF-8)", "save it as CSV")
        ) from error
    numbered = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    lines = [(n, next(csv.reader([line]))) for n, line in numbered if not line.lstrip().startswith("#")]
    if not lines:
        raise CaseError(Problem("table-empty", str(path), "the table is empty", "give a header and rows"))
    return lines


@dataclass(frozen=True, slots=True)
class _Reader:
    """How one column is read: its place, and factor and offset to SI; ``factor`` 0 marks dates."""

    place: int
    factor: float
    offset: float


def _readers(
    where: str, header: list[str], columns: tuple[Column, ...], problems: list[Problem]
) -> list[_Reader]:
    """Find every column and its unit; what is wrong goes to `problems`."""
    places: dict[str, tuple[int, str]] = {}
    for place, cell in enumerate(header):
        match = _HEADER.fullmatch(cell)
        name, unit = (match["name"].lower(), match["unit"]) if match else (cell.strip().lower(), "")
        if name in places:
            problems.append(Problem("table-header", where, f'"{name}" stands twice', "keep one of them"))
        places[name] = (place, unit)
    wanted = ", ".join(column.example for column in columns)
    dated = columns[0] is TIME and "utc" in places and "time" not in places
    known = {column.name for column in columns} | ({"utc"} if dated else set())
    problems += [
        Problem("table-header", where, f'unknown column "{name}"', f"columns: {wanted}")
        for name in sorted(places.keys() - known)
    ]
    readers = []
    for column in columns:
        if column is TIME and dated:
            readers.append(_Reader(places["utc"][0], 0.0, 0.0))
        elif column.name not in places:
            problems.append(
                Problem("table-header", where, f'no column "{column.name}"', f"columns: {wanted}")
            )
        else:
            place, unit = places[column.name]
            advice = f'write the unit in the header, e.g. "{column.example}"'
            if not unit:
                problems.append(Problem("missing-unit", where, f'column "{column.name}" has no unit', advice))
                continue
            try:
                scale = scale_of(unit, column.unit)
                readers.append(_Reader(place, scale.factor, scale.offset))
            except QuantityError as error:
                problems.append(Problem(error.code, where, f'column "{column.name}": {error}', advice))
    return readers


def _row(
    where: str,
    cells: list[str],
    *,
    width: int,
    columns: tuple[Column, ...],
    readers: list[_Reader],
    start: datetime | None,
    problems: list[Problem],
) -> list[float] | None:
    """Read a row in SI, or report what is wrong with it and return None."""
    if len(cells) != width:
        message = f"{len(cells)} cells where the header has {width}"
        problems.append(Problem("table-row", where, message, "give one value a column"))
        return None
    values = []
    for column, reader in zip(columns, readers, strict=True):
        cell = cells[reader.place].strip()
        try:
            value = _value(cell, reader, start)
        except ValueError:
            kind = "a date with zone" if reader.factor == 0.0 else "a number"
            problems.append(Problem("table-row", where, f'{column.name}: "{cell[:40]}" is not {kind}'))
            return None
        if not (math.isfinite(value) and column.least <= value <= column.most):
            message = f"{column.name}: {cell[:40]} is not a possible value"
            problems.append(Problem("table-row", where, message, f"column {column.example}"))
            return None
        values.append(value)
    return values


def _value(cell: str, reader: _Reader, start: datetime | None) -> float:
    if reader.factor != 0.0:
        return float(cell) * reader.factor + reader.offset
    moment = datetime.fromisoformat(cell)
    if start is None or moment.tzinfo is None:
        raise ValueError(cell)
    return (moment - start).total_seconds()
