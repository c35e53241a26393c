"""Files that a case names must be there; tables of temperatures must be readable."""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from typing import TYPE_CHECKING

from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from thermal.case.reading.draft import Draft
    from thermal.case.reading.lines import Location

HEADER = ("time_s", "temperature_k")
"""First line of a table of temperatures."""


def check_files(draft: Draft) -> Iterator[Finding]:
    """Find files that are missing and tables that cannot be read."""
    for location, name in _tables(draft):
        yield from _check_table(draft.folder / name, location)
    for location, name in _others(draft):
        if not (draft.folder / name).is_file():
            yield _missing(draft.folder / name, location)


def _tables(draft: Draft) -> Iterator[tuple[Location, str]]:
    for name, sink in draft.sinks.items():
        if sink.table is not None:
            yield ("sink", name, "table"), sink.table
    for index, box in draft.boxes.items():
        if box.table is not None:
            yield ("box", index, "table"), box.table


def _others(draft: Draft) -> Iterator[tuple[Location, str]]:
    if draft.mesh is not None and draft.mesh.file is not None:
        yield ("mesh", "file"), draft.mesh.file
    drape = draft.flag.drape if draft.flag else None
    if drape is not None and drape.file is not None:
        yield ("flag", "drape", "file"), drape.file


def _missing(file: Path, location: Location) -> Finding:
    return Finding("cannot-read", location, f"there is no file {file}", "name a file beside the case")


def _check_table(file: Path, location: Location) -> Iterator[Finding]:
    """Find what is wrong with a table of temperatures over time."""
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.reader(stream) if row]
    except (OSError, ValueError, csv.Error):
        yield _missing(file, location)
        return
    remedy = f"head it {','.join(HEADER)}; below, one time (s, rising) and one temperature (K) a line"
    if not rows or tuple(cell.strip() for cell in rows[0]) != HEADER:
        yield Finding("bad-table", location, f"{file} does not begin with {','.join(HEADER)}", remedy)
        return
    try:
        values = [(float(time), float(temperature)) for time, temperature in rows[1:]]
    except ValueError:
        yield Finding("bad-table", location, f"{file} has lines that are not two numbers", remedy)
        return
    is_finite = all(math.isfinite(time) and 0.0 < temperature < math.inf for time, temperature in values)
    if not values or not is_finite or any(b[0] <= a[0] for a, b in pairwise(values)):
        yield Finding("bad-table", location, f"{file}: times must rise and temperatures be above 0 K", remedy)
