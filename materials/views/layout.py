"""Tables of text that fit the terminal, whatever its width; nothing is ever cut off."""

from __future__ import annotations

import shutil
import sys
import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDE: Final = 1000
"""Columns of what is no terminal: a line is as long as it has to be."""
NARROWEST: Final = 16
"""Characters below which a cell is not folded: words would be torn apart."""
GAP: Final = 2
"""Blanks between columns."""


def columns() -> int:
    """Return how many characters fit on a line of stdout."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int = WIDE, *, fold: int | None = None
) -> str:
    """Lay out rows of cells in columns as wide as their widest cell.

    Parameters
    ----------
    head, rows
        Cells, equally many in each.
    width
        Characters that fit on a line. A table that is wider is folded, or written in several parts, one
        below the other, each of which begins with the first column.
    fold
        Column whose cells may go on in the next line, between words; it has to hold the excess alone.

    """
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    excess = sum(widths) + GAP * (len(widths) - 1) - width
    if excess <= 0:
        return "\n".join(_laid_out(lines, widths))
    if fold is not None and widths[fold] - excess >= NARROWEST:
        return "\n".join(_folded(lines, widths, fold, widths[fold] - excess))
    parts = []
    for chosen in _even_parts(widths, width):
        part = [[line[column] for column in chosen] for line in lines]
        parts.append("\n".join(_laid_out(part, [widths[column] for column in chosen])))
    return "\n\n".join(parts)


def paragraph(text: str, width: int = WIDE) -> str:
    """Break a line between words where it is longer than ``width``; what follows is set in."""
    return text if len(text) <= width else "\n".join(textwrap.wrap(text, width, subsequent_indent="    "))


def _laid_out(lines: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for line in lines:
        cells = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
        yield (" " * GAP).join(cells).rstrip()


def _folded(lines: Sequence[Sequence[str]], widths: Sequence[int], fold: int, narrow: int) -> Iterator[str]:
    """Lay out lines one of whose columns is only ``narrow`` characters wide."""
    widths = [*widths[:fold], narrow, *widths[fold + 1 :]]
    for line in lines:
        pieces = [[cell] for cell in line]
        pieces[fold] = textwrap.wrap(line[fold], narrow) or [""]
        yield from _laid_out([list(cells) for cells in zip_longest(*pieces, fillvalue="")], widths)


def _even_parts(widths: Sequence[int], width: int) -> list[list[int]]:
    """Share out the columns to as few parts as fit, each about as wide as the others."""
    parts = list(_parts(widths, width))
    for narrower in range(width - 1, 0, -1):
        found = list(_parts(widths, narrower))
        if len(found) > len(parts):
            break
        parts = found
    return parts


def _parts(widths: Sequence[int], width: int) -> Iterator[list[int]]:
    """Share out the columns to parts that fit, the first column to each of them."""
    part: list[int] = []
    for column in range(1, len(widths)):
        used = widths[0] + sum(GAP + widths[one] for one in part)
        if part and used + GAP + widths[column] > width:
            yield [0, *part]
            part = []
        part.append(column)
    yield [0, *part]
