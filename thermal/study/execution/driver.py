"""Run a study to its end under any engine, whatever dies on the way."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from thermal.core.errors import EnvironmentProblemError, Problem
from thermal.study.design.plan import Plan, read_plan
from thermal.study.engines import Engine, Range
from thermal.study.execution.record import Record
from thermal.study.execution.store import Claims, Reader, Writer
from thermal.study.execution.worker import is_finished

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from thermal.study.design.members import Member

ATTEMPTS = 2
"""Beginnings of a member after which it is held to kill its workers."""


def run_study(directory: Path, engine: Engine, chunk: int | None = None) -> None:
    """Run all open members of a study.

    The engine is asked again until no member is open. A member at which workers die time and again is
    recorded as failed.

    Parameters
    ----------
    directory
        The study directory.
    engine
        Spreads the work.
    chunk
        Members in a range; by default as the engine thinks best.

    Raises
    ------
    EnvironmentProblemError
        The engine ended without having begun a single member.
    ProblemError
        The study cannot be read, or the engine cannot work.

    """
    plan = read_plan(directory)
    engine.run(directory, _rounds(directory, plan, engine, chunk))


def _rounds(directory: Path, plan: Plan, engine: Engine, chunk: int | None) -> Iterator[list[Range]]:
    """Yield the ranges that are open after each round, until none is."""
    reader = Reader(directory)
    waiting = open_members(plan, reader)
    with contextlib.closing(Claims(directory)) as claims:
        while waiting:
            begun = {member.index: claims.begun(member.index) for member in waiting}
            yield cut_ranges(begun, chunk or engine.chunk(len(waiting)))
            left = open_members(plan, reader)
            if len(left) == len(waiting):
                killers = [m for m in left if claims.begun(m.index) > begun[m.index]]
                if not killers:
                    raise _stuck(directory, len(left))
                _give_up(directory, [m for m in killers if claims.begun(m.index) >= ATTEMPTS])
                left = open_members(plan, reader)
            waiting = left


def open_members(plan: Plan, reader: Reader) -> list[Member]:
    """Members without a record that settles them."""
    records = reader.refresh()
    return [member for member in plan.members if not is_finished(member, records.get(member.index))]


def cut_ranges(indices: Iterable[int], chunk: int) -> list[Range]:
    """Cut ascending indices into ranges without gaps of at most ``chunk`` members."""
    ranges: list[Range] = []
    for index in indices:
        if ranges and ranges[-1].stop == index and index - ranges[-1].start < chunk:
            ranges[-1] = Range(ranges[-1].start, index + 1)
        else:
            ranges.append(Range(index, index + 1))
    return ranges


def withdraw_failures(directory: Path) -> int:
    """Mark failed members to be run again; return how many."""
    plan = read_plan(directory)
    records = Reader(directory).refresh()
    failed = [m for m in plan.members if m.index in records and records[m.index].status == "failed"]
    with Writer(directory) as writer:
        for member in failed:
            writer.append(Record(member.index, member.sha, "withdrawn", finished=time.time()))
    return len(failed)


def _give_up(directory: Path, members: Iterable[Member]) -> None:
    """Record members that killed their workers as failed."""
    problem = Problem(
        "member-killed-worker",
        "",
        "the worker died each time it ran this member",
        "run it alone by: lunarflag sweep run STUDY --index N; memory is the usual cause",
    )
    with Writer(directory) as writer:
        for member in members:
            writer.append(
                Record(member.index, member.sha, "failed", problems=(problem,), finished=time.time())
            )


def _stuck(directory: Path, count: int) -> EnvironmentProblemError:
    return EnvironmentProblemError(
        Problem(
            "study-stuck",
            str(directory),
            f"the workers ended without having begun any of {count} open members",
            "read the workers' own output, and run again to go on",
        )
    )
