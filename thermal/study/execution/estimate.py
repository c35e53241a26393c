"""What a study would cost, from timing its first and last member that can be run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from thermal.study.design.check import MOST_CHECKED
from thermal.study.evaluation.evaluator import evaluator_class
from thermal.study.execution.worker import run_member

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thermal.core.errors import Problem
    from thermal.study.design.members import Member
    from thermal.study.design.plan import Plan
    from thermal.study.evaluation.evaluator import Evaluator
    from thermal.study.execution.record import Record

MOST_TIMED = 3
"""Members that are run in search of one that does not fail: a check cannot foresee everything."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Cost of a study.

    Parameters
    ----------
    members
        How many there are.
    first_s, member_s
        Time of the first member, which may have to compile, and of one after it, s.
    bytes_
        Size of the study directory when all is done.
    problems
        Why the members that were timed fail, if they do.

    """

    members: int
    first_s: float
    member_s: float
    bytes_: int
    problems: tuple[Problem, ...]

    def wall_s(self, jobs: int) -> float:
        """Time with so many workers, s."""
        return self.first_s + self.member_s * (self.members - 1) / jobs


def estimate(plan: Plan) -> Estimate:
    """Time the first and the last good member of a plan; nothing is kept of their answers."""
    evaluator = evaluator_class(plan.model)(plan.base)
    _, first = _timed(plan, evaluator, plan.members)
    member, last = _timed(plan, evaluator, reversed(plan.members))
    row = sum(len(text) + 1 for text in member.patch.values()) + 30
    return Estimate(
        members=len(plan.members),
        first_s=first.seconds,
        member_s=last.seconds,
        bytes_=2
        * len(plan.members)
        * (len(last.to_line()) + row),  # the records, and the tables made of them
        problems=first.problems or last.problems,
    )


def _timed(plan: Plan, evaluator: Evaluator, members: Iterable[Member]) -> tuple[Member, Record]:
    """Run the first of some members that does not fail, as one that fails ends too early to tell the cost."""
    near = list(islice(members, MOST_CHECKED))
    sound = (member for member in near if not evaluator.check({**plan.common, **member.patch}))
    for member in list(islice(sound, MOST_TIMED)) or near[:1]:
        record = run_member(plan, evaluator, member)
        if record.status == "ok":
            break
    return member, record
