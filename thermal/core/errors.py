"""The errors of the package, one class an exit code (0 success, 1 unexpected, 2 usage)."""

from __future__ import annotations

from materials.problems import MaterialError, Problem, ProblemError

__all__ = [
    "CaseError",
    "ConvergenceError",
    "EnvironmentProblemError",
    "InterruptedRunError",
    "LedgerError",
    "MaterialError",
    "MembersFailedError",
    "Problem",
    "ProblemError",
]


class CaseError(ProblemError):
    """A case, study or result file, or an option, is invalid: nothing was run or written."""

    exit_code = 3


class ConvergenceError(ProblemError):
    """The solver could not meet its tolerance."""

    exit_code = 4


class LedgerError(ProblemError):
    """The energy ledger, or a verification case, is outside its tolerance."""

    exit_code = 5


class EnvironmentProblemError(ProblemError):
    """Something the program needs is not on this machine."""

    exit_code = 6


class InterruptedRunError(ProblemError):
    """A signal stopped the run; it can be resumed."""

    exit_code = 7


class MembersFailedError(ProblemError):
    """Some members of a sweep failed; the others are complete."""

    exit_code = 8
