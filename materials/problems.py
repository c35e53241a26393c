"""One wording for everything that can be wrong with what a user gave us.

A :class:`Problem` says what is wrong, where, and what to write instead; an error carries one or many of
them, so that a file is reported whole in one pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    code
        Key of the error catalogue (``lunarflag explain CODE``), such as ``"unknown-key"``.
    where
        File and key, such as ``"flag.toml: flag.width"``; empty when neither applies.
    message
        What is wrong, one sentence without a full stop at the end.
    remedy
        What to write or do instead; may be empty.

    """

    code: str
    where: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{advice} [{self.code}]"


class ProblemError(Exception):
    """Base of every error a user can cause: a list of problems and the exit code of the command line."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MaterialError(ProblemError):
    """A material file, property or name is invalid."""

    exit_code = 3
