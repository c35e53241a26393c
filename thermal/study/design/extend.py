"""Add members to a plan and keep those that it has, with their numbers and results."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from thermal.core.errors import CaseError, Problem
from thermal.study.design.members import Member

if TYPE_CHECKING:
    from pathlib import Path

    from thermal.study.design.plan import Plan


def extended(old: Plan, new: Plan, directory: Path) -> Plan:
    """Return the old plan with the members of the new one that it lacks behind its own.

    Members are told by their content hash, in which model, base, common settings and material data take part.

    Parameters
    ----------
    old, new
        The plan of the study directory, and that of the study file as it is now.
    directory
        The study directory, for messages.

    Raises
    ------
    CaseError
        The new plan lacks members of the old one, or has none besides.

    """
    known: defaultdict[str, deque[Member]] = defaultdict(deque)
    for member in old.members:
        known[member.sha].append(member)
    added = []
    for member in new.members:
        if known[member.sha]:
            known[member.sha].popleft()
        else:
            added.append(member)
    lost = sum(map(len, known.values()))
    if lost:
        raise CaseError(_not_an_extension(old, lost, directory))
    if not added:
        advice = "raise its count or add values, then give the same command"
        message = "the study file asks for no member that is not planned already"
        raise CaseError(Problem("study-not-extended", str(directory), message, advice))
    count = len(old.members)
    numbered = [replace(member, index=count + number) for number, member in enumerate(added)]
    return replace(new, keys=old.keys, members=(*old.members, *numbered))


def _not_an_extension(old: Plan, lost: int, directory: Path) -> Problem:
    message = f"{lost} of {len(old.members)} members of the plan are not in the study file any more"
    advice = (
        "keep base, [set], materials, seed, inputs and values as they were; the count of a latin_hypercube "
        "can be doubled, that of sobol and morris raised; or plan it into a new directory"
    )
    return Problem("study-not-extended", str(directory), message, advice)
