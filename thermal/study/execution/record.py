"""The record of one member: a line of JSON that is complete when it ends with a newline."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from thermal.core.errors import Problem

if TYPE_CHECKING:
    from thermal.study.evaluation.evaluator import Values

_NOT_FINITE = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}

Status = Literal["ok", "failed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a member.

    Parameters
    ----------
    index, sha
        The member.
    status
        ``"ok"`` with values, ``"failed"`` with problems, or ``"withdrawn"``: to be run again.
    values
        The answer.
    problems
        Why it failed.
    seconds
        Time the evaluation took.
    finished
        When, in seconds since 1970: the latest record of a member counts.
    worker
        Host and process that ran it.

    """

    index: int
    sha: str
    status: Status
    values: Values = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    finished: float = 0.0
    worker: str = ""

    def to_line(self) -> bytes:
        """One line of strict JSON; floats keep all their digits, infinities and NaN are texts."""
        data = {
            "index": self.index,
            "sha": self.sha,
            "status": self.status,
            "values": {name: _strict(value) for name, value in self.values.items()},
            "problems": [[p.code, p.where, p.message, p.remedy] for p in self.problems],
            "seconds": self.seconds,
            "finished": self.finished,
            "worker": self.worker,
        }
        return json.dumps(data, allow_nan=False).encode() + b"\n"


def parse_line(line: bytes) -> Record | None:
    """Record of a line; None for a line that a crash of the machine left damaged."""
    try:
        data: dict[str, Any] = json.loads(line)
        data["values"] = {name: _NOT_FINITE.get(value, value) for name, value in data["values"].items()}
        data["problems"] = tuple(Problem(*texts) for texts in data["problems"])
        return Record(**data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _strict(value: float | str) -> float | str:
    """Value as strict JSON has it."""
    return value if isinstance(value, str) or math.isfinite(value) else str(value)
