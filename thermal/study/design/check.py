"""What can be said about a plan before anything is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.core.errors import CaseError, Problem
from thermal.study.design.places import placed
from thermal.study.evaluation.evaluator import evaluator_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.study.design.plan import Plan

MOST_CHECKED = 200
"""Members that are checked: a bad key or value of an axis shows in the first of them."""

HOPELESS = frozenset({"unknown-key", "bad-override", "study-unknown-key"})
"""Problems that concern the study, not one of its members."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found.

    Parameters
    ----------
    checked, bad
        Members that were checked, and those of them that will fail.
    examples
        One problem of each kind and place.

    """

    checked: int
    bad: int
    examples: tuple[Problem, ...]


def check_plan(plan: Plan, places: Mapping[str, str]) -> Outcome:
    """Check members that have a value which no earlier one had, up to :data:`MOST_CHECKED`.

    Planning members that will fail is allowed: they are recorded as failed.

    Parameters
    ----------
    plan
        The study.
    places
        Where its file sets each key; see :func:`thermal.study.design.places.key_places`.

    Raises
    ------
    CaseError
        A key or the model does not exist, so that the whole study is not what was meant.

    """
    try:
        evaluator = evaluator_class(plan.model)(plan.base)
    except CaseError as error:
        raise CaseError([placed(one, places) for one in error.problems]) from error
    examples: dict[tuple[str, str], Problem] = {}
    seen: set[tuple[str, str]] = set()
    checked = bad = 0
    for member in plan.members:
        new = set(member.patch.items()) - seen
        if not new:
            continue
        seen |= new
        problems = evaluator.check({**plan.common, **member.patch})
        for problem in (placed(one, places) for one in problems):
            examples.setdefault((problem.code, problem.where), problem)
        checked += 1
        bad += bool(problems)
        if checked == MOST_CHECKED:
            break
    hopeless = [problem for problem in examples.values() if problem.code in HOPELESS]
    if hopeless:
        raise CaseError(hopeless)
    return Outcome(checked, bad, tuple(examples.values()))
