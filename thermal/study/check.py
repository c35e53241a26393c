"""What can be said about a plan before anything is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.errors import CaseError, Problem
from thermal.study.evaluator import evaluator_class

if TYPE_CHECKING:
    from thermal.study.plan import Plan

MOST_CHECKED = 200
"""Patches that are checked: a bad key or value of an axis shows in the first of its members."""

HOPELESS = frozenset({"unknown-key", "bad-override", "study-unknown-key", "study-unknown-model"})
"""Problems that concern the study, not one of its members."""


def check_plan(plan: Plan) -> list[Problem]:
    """Check members whose values no earlier one had, up to :data:`MOST_CHECKED`.

    Returns
    -------
    list of Problem
        What will make members fail; planning them is allowed, and they will be recorded as failed.

    Raises
    ------
    CaseError
        A key does not exist, so that the whole study is not what was meant.

    """
    evaluator = evaluator_class(plan.model)(plan.base)
    found: dict[Problem, None] = {}
    seen: set[tuple[str, str]] = set()
    checked = 0
    for member in plan.members:
        new = set(member.patch.items()) - seen
        if not new:
            continue
        seen |= new
        found |= dict.fromkeys(evaluator.check({**plan.common, **member.patch}))
        checked += 1
        if checked == MOST_CHECKED:
            break
    hopeless = [problem for problem in found if problem.code in HOPELESS]
    if hopeless:
        raise CaseError(hopeless)
    return list(found)
