"""How far a study is, from its files alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.study.execution.worker import is_finished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.study.design.plan import Plan
    from thermal.study.execution.record import Record

RECENT = 200
"""Records from which the present speed is taken."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a study.

    Parameters
    ----------
    members, ok, failed
        Number of all members, of those answered, of those recorded with an error.
    seconds
        Mean time of a member, s; zero before the first.
    rate
        Members finished a second of late, all workers together; zero when unknown.

    """

    members: int
    ok: int
    failed: int
    seconds: float
    rate: float

    @property
    def open(self) -> int:
        """Members that are still to be run."""
        return self.members - self.ok - self.failed

    @property
    def left_s(self) -> float | None:
        """Time until the last member is done at the present speed, s; None when unknown."""
        return self.open / self.rate if self.rate > 0.0 else None


def tally(plan: Plan, records: Mapping[int, Record], since: float = 0.0) -> Tally:
    """Count the records of a study.

    Parameters
    ----------
    plan, records
        The study.
    since
        Seconds since 1970 from which on the speed is taken: a pause before it must not count.

    """
    settled = [
        record
        for member in plan.members
        if (record := records.get(member.index)) is not None and is_finished(member, record)
    ]
    ok = sum(record.status == "ok" for record in settled)
    spent = sum(record.seconds for record in settled)
    recent = sorted(record.finished for record in settled if record.finished >= since)[-RECENT:]
    span = recent[-1] - recent[0] if recent else 0.0
    return Tally(
        members=len(plan.members),
        ok=ok,
        failed=len(settled) - ok,
        seconds=spent / len(settled) if settled else 0.0,
        rate=(len(recent) - 1) / span if span > 0.0 else 0.0,
    )
