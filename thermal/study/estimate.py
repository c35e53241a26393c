"""What a study would cost, from timing its first and last member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.study.evaluator import evaluator_class
from thermal.study.worker import run_member

if TYPE_CHECKING:
    from thermal.errors import Problem
    from thermal.study.plan import Plan


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
    """Time the first and the last member of a plan; nothing is kept of their answers."""
    evaluator = evaluator_class(plan.model)(plan.base)
    first, last = (run_member(plan, evaluator, plan.members[index]) for index in (0, -1))
    row = sum(len(text) + 1 for text in plan.members[-1].patch.values()) + 30
    return Estimate(
        members=len(plan.members),
        first_s=first.seconds,
        member_s=last.seconds,
        bytes_=2
        * len(plan.members)
        * (len(last.to_line()) + row),  # the records, and the tables made of them
        problems=first.problems or last.problems,
    )
