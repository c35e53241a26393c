"""What a worker does, the same under every engine: run a range of members, one record each."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from thermal.core.errors import Problem, ProblemError
from thermal.study.design.plan import Plan, read_plan
from thermal.study.evaluation.compile_once import once
from thermal.study.evaluation.evaluator import Evaluator, Values, evaluator_class
from thermal.study.execution.record import Record
from thermal.study.execution.store import Claims, Reader, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from thermal.study.design.members import Member


def run_range(directory: str, start: int, stop: int, wanted: Callable[[], bool] = lambda: True) -> None:
    """Run the members [start, stop) of a study that have no record yet.

    Parameters
    ----------
    directory
        The study directory.
    start, stop
        Rows of its table of members.
    wanted
        Asked before every member; False ends the range early.

    Raises
    ------
    ProblemError
        The plan cannot be read, or its model cannot be made: nothing was run.

    """
    plan, evaluator, reader, claims = _bench(directory)
    with claims.hold(start, stop):
        records = reader.refresh()
        open_members = [m for m in plan.members[start:stop] if not is_finished(m, records.get(m.index))]
        if not open_members:
            return
        with Writer(Path(directory)) as writer:
            for member in open_members:
                if not wanted():
                    return
                claims.begin(member.index)
                writer.append(run_member(plan, evaluator, member))


def prepare(directory: str) -> None:
    """Open the study, import and compile what it needs, ahead of the first range.

    Raises
    ------
    ProblemError
        As for :func:`run_range`.

    """
    _bench(directory)


def is_finished(member: Member, record: Record | None) -> bool:
    """Whether the record settles the member: equal content, answered or failed."""
    return record is not None and record.sha == member.sha and record.status != "withdrawn"


def run_member(plan: Plan, evaluator: Evaluator, member: Member) -> Record:
    """Evaluate one member; whatever goes wrong with it becomes its record."""
    values: Values = {}
    problems: tuple[Problem, ...] = ()
    begin = time.perf_counter()
    try:
        values = evaluator({**plan.common, **member.patch})
    except ProblemError as error:
        problems = tuple(_without_folder(problem, plan) for problem in error.problems)
    except Exception as error:  # noqa: BLE001  (a failed member is recorded and must not stop the others)
        problems = (Problem("member-unexpected", "", f"{type(error).__name__}: {error}"),)
    return Record(
        member.index,
        member.sha,
        "failed" if problems else "ok",
        values,
        problems,
        time.perf_counter() - begin,
        time.time(),
        f"{socket.gethostname()}:{os.getpid()}",
    )


def _without_folder(problem: Problem, plan: Plan) -> Problem:
    """Name the base alone: where the study lies must not show in its table."""
    if plan.base is None:
        return problem
    return replace(problem, where=problem.where.replace(f"{plan.base.parent}{os.sep}", ""))


@cache
def _bench(directory: str) -> tuple[Plan, Evaluator, Reader, Claims]:
    """Open what a worker keeps between ranges: members that share a scene then share its preparation."""
    path = Path(directory)
    plan = read_plan(path)
    evaluator = evaluator_class(plan.model)(plan.base)
    evaluator.prepare()
    once(path, lambda: _compile(plan, evaluator))
    return plan, evaluator, Reader(path), Claims(path)


def _compile(plan: Plan, evaluator: Evaluator) -> None:
    """Compile for the first member; if that one is bad, members will say so themselves."""
    with contextlib.suppress(Exception):
        evaluator.compile({**plan.common, **plan.members[0].patch})
