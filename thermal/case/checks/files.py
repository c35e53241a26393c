"""Files that a case names must be there; tables of temperatures must be readable."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from thermal.case.reading.finding import Finding
from thermal.core.constants import LUNATION
from thermal.core.errors import CaseError
from thermal.core.tables import LISTED, TEMPERATURE, TIME, check_cover, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from thermal.case.reading.draft import Draft
    from thermal.case.reading.lines import Location

_ANY_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""From which dates of a table count in a case whose own start is wrong."""


def check_files(draft: Draft) -> Iterator[Finding]:
    """Find files that are missing and tables that cannot be read."""
    for location, name in _tables(draft):
        yield from _check_table(draft.folder / name, location, draft)
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


def _check_table(file: Path, location: Location, draft: Draft) -> Iterator[Finding]:
    """Find what is wrong with a table of temperatures over time, and whether it covers the run."""
    if not file.is_file():
        yield _missing(file, location)
        return
    start = draft.sky.start if draft.sky is not None else _ANY_DATE
    try:
        times = read_table(file, (TIME, TEMPERATURE), start, spare=LISTED)[:, 0]
        wrong = check_cover(file, times, _end(draft)) if draft.sky is not None else []
    except CaseError as error:
        wrong = list(error.problems)
    for problem in wrong:
        yield Finding(problem.code, location, f"{problem.where}: {problem.message}", problem.remedy)


def _end(draft: Draft) -> float:
    """How far, in s, a run looks at its tables: a periodic one at a whole lunation."""
    if draft.run is None:
        return 0.0
    return max(draft.run.duration, LUNATION if draft.run.mode == "periodic" else 0.0)
