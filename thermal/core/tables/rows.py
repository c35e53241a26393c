"""The rows of a table: numbers in the unit of their column, or dates."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from materials.units import NUMBER, shortened
from thermal.core.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials.units import Scale
    from thermal.core.tables.columns import Column

_NUMBER: Final = re.compile(rf"(?:{NUMBER})|[+-]?(?:nan|inf)", re.ASCII | re.IGNORECASE)
"""What is a number: Python takes ``21_600`` too, and digits of every script."""


@dataclass(frozen=True, slots=True)
class CellReader:
    """How the cells of a column are read.

    Parameters
    ----------
    column
        Which one.
    place
        Its number in the row.
    scale
        To SI; None for dates.

    """

    column: Column
    place: int
    scale: Scale | None

    def read(self, cell: str, start: datetime | None) -> float:
        """Read a cell in SI.

        Raises
        ------
        ValueError
            It is no number, or no date with a zone.

        """
        if self.scale is None:
            moment = datetime.fromisoformat(cell)
            if start is None or moment.tzinfo is None:
                raise ValueError(cell)
            return (moment - start).total_seconds()
        if _NUMBER.fullmatch(cell) is None:
            raise ValueError(cell)
        return self.scale.si(float(cell))


def read_row(
    where: str,
    cells: Sequence[str],
    width: int,
    readers: Sequence[CellReader],
    start: datetime | None,
    problems: list[Problem],
) -> list[float] | None:
    """Read a row in SI, or report what is wrong with it and return None.

    Parameters
    ----------
    where
        File and line.
    cells, width
        The row, and how many cells the header has.
    readers
        One for each value that is wanted.
    start
        The date from which dates count.
    problems
        Takes what is wrong.

    """
    if len(cells) != width:
        message = f"{len(cells)} cells where the header has {width}"
        problems.append(Problem("table-row", where, message, "give one value a column"))
        return None
    values = []
    for reader in readers:
        cell, column = cells[reader.place].strip(), reader.column
        try:
            value = reader.read(cell, start)
        except ValueError:
            kind = "a date with zone" if reader.scale is None else "a number"
            advice = "write 2020-12-03T15:10:00Z" if reader.scale is None else "write e.g. 21600 or 2.16e4"
            message = f'{column.name}: "{shortened(cell)}" is not {kind}'
            problems.append(Problem("table-row", where, message, advice))
            return None
        if not (math.isfinite(value) and column.least <= value <= column.most):
            message = f"{column.name}: {shortened(cell)} is not a possible value"
            problems.append(Problem("table-row", where, message, _bounds(column)))
            return None
        values.append(value)
    return values


def _bounds(column: Column) -> str:
    if not math.isfinite(column.least):
        return f"column {column.example}"
    unit = {"W/m**2": "W/m^2"}.get(column.unit, column.unit)
    return f"values of {column.example} lie between {column.least:.4g} and {column.most:.4g} {unit}"
