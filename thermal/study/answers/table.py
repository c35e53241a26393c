"""All members of a study in one table, failures included, as CSV and HDF5.

The table holds nothing that depends on who ran a member or when: the same study gives the same bytes under
every engine, after any interruption.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.study.answers.input_column import input_column
from thermal.study.evaluation.evaluator import unit_of
from thermal.study.execution.worker import is_finished

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from thermal.study.design.members import Member
    from thermal.study.design.plan import Plan
    from thermal.study.evaluation.evaluator import Values
    from thermal.study.execution.record import Record

VERSION = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One member with what became of it: status ``"ok"``, ``"failed"`` or ``"open"``."""

    member: Member
    status: str
    values: Values
    error: str


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a study.

    Parameters
    ----------
    keys
        What members change.
    names
        Names of the answers, in the order of their first appearance.
    rows
        One a member, in the plan's order.

    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def number(self, row: Row, name: str) -> float:
        """Answer as a number; NaN where there is none."""
        value = row.values.get(name, math.nan)
        return math.nan if isinstance(value, str) else value

    def is_text(self, name: str) -> bool:
        """Whether an answer is a text."""
        return any(isinstance(row.values.get(name), str) for row in self.rows)


def make_table(plan: Plan, records: Mapping[int, Record]) -> Table:
    """Gather the records of a study."""
    rows = tuple(_row(member, records.get(member.index)) for member in plan.members)
    names = dict.fromkeys(name for row in rows for name in row.values)
    return Table(plan.keys, tuple(names), rows)


def _row(member: Member, record: Record | None) -> Row:
    if record is None or not is_finished(member, record):
        return Row(member, "open", {}, "")
    return Row(member, record.status, record.values, "; ".join(str(problem) for problem in record.problems))


def write_csv(table: Table, path: Path) -> None:
    """Write the table as CSV: index, sha, status, keys, answers, error."""
    partial = path.with_suffix(".partial")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("index", "sha", "status", *table.keys, *table.names, "error"))
        for row in table.rows:
            patch = (row.member.patch[key] for key in table.keys)
            answers = (row.values.get(name, "") for name in table.names)
            writer.writerow((row.member.index, row.member.sha, row.status, *patch, *answers, row.error))
    partial.rename(path)


def write_hdf5(table: Table, plan: Plan, path: Path) -> None:
    """Write the table as HDF5: groups ``members``, ``inputs`` and ``answers`` with one dataset a column."""
    import h5py

    texts = h5py.string_dtype()
    partial = path.with_suffix(".partial")
    # HDF5 stamps objects whose order it keeps with the time: names are listed in attributes instead.
    with h5py.File(partial, "w") as file:
        file.attrs.update(filetype="lunarflag-study", version=VERSION, title=plan.title, model=plan.model)
        file.attrs["common"] = json.dumps(dict(plan.common))
        members = file.create_group("members")
        members["index"] = [row.member.index for row in table.rows]
        for name, column in (
            ("sha", [row.member.sha for row in table.rows]),
            ("status", [row.status for row in table.rows]),
            ("error", [row.error for row in table.rows]),
        ):
            members.create_dataset(name, data=column, dtype=texts)
        inputs = file.create_group("inputs")
        inputs.attrs.create("columns", list(table.keys), dtype=texts)
        for key in table.keys:
            given = input_column([row.member.patch[key] for row in table.rows])
            inputs.create_dataset(key, data=given.values, dtype=None if given.numeric else texts)
            inputs[key].attrs.update(units=given.units, long_name=key)
        answers = file.create_group("answers")
        answers.attrs.create("columns", list(table.names), dtype=texts)
        for name in table.names:
            if table.is_text(name):
                column = [str(row.values.get(name, "")) for row in table.rows]
                answers.create_dataset(name, data=column, dtype=texts)
            else:
                answers[name] = [table.number(row, name) for row in table.rows]
            answers[name].attrs.update(units=unit_of(name), long_name=name.replace("_", " "))
    partial.rename(path)
