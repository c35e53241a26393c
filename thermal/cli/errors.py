"""How problems look on a terminal, and how all ranks of a parallel run end with one."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials.problems import Problem
    from thermal.core.errors import EnvironmentProblemError

_HEAD_START: Final = 1.0
"""s."""


def print_problems(problems: Sequence[Problem]) -> None:
    """Print a list of problems to stderr: place, what is wrong, what to write instead, code."""
    colour = _colour_wanted()
    for problem in problems:
        click.echo(_line(problem), err=True, color=colour)
    if len(problems) > 1:
        click.echo(f"{len(problems)} problems", err=True)


def _line(problem: Problem) -> str:
    place = f"{click.style(problem.where, bold=True)}: " if problem.where else ""
    code = click.style(f"[{problem.code}]", dim=True)
    lines = [f"{click.style('error', fg='red', bold=True)}: {place}{problem.message} {code}"]
    if problem.remedy:
        lines.append(f"       {click.style(problem.remedy, fg='cyan')}")
    return "\n".join(lines)


def _colour_wanted() -> bool:
    """Colours on a terminal only; NO_COLOR and FORCE_COLOR are respected."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def abort_all_ranks(code: int) -> None:
    """End the other ranks of a parallel run, which would wait forever for this one.

    Parameters
    ----------
    code
        Exit code of the whole run.

    """
    world = _world()
    if world is not None and world.Get_size() > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        world.Abort(code)


def no_solver(error: ModuleNotFoundError) -> EnvironmentProblemError:
    """Say that runs are impossible here, and what to do."""
    from thermal.core.errors import EnvironmentProblemError, Problem

    advice = "run `make env` in the sources, or `conda install -c conda-forge fenics-dolfinx`"
    message = f"this needs dolfinx 0.9 to 0.11: {error}"
    return EnvironmentProblemError(Problem("no-dolfinx", "", message, advice))


def no_room(error: Exception) -> EnvironmentProblemError | None:
    """Say that what was to be written, on stdout or into a file, has no room; None for any other error."""
    from thermal.core.errors import EnvironmentProblemError, Problem
    from thermal.results.writing.disk import REASONS, reason

    if not isinstance(error, OSError) or error.errno not in REASONS:
        return None
    message = f"the output cannot be written ({reason(error)})"
    return EnvironmentProblemError(
        Problem("disk-full", str(error.filename or ""), message, "make room, or write elsewhere")
    )


def let_first_rank_speak() -> None:
    """Hold back the other ranks: where all ranks fail alike, the first one's message is enough."""
    world = _world()
    if world is not None and world.Get_rank() > 0:
        time.sleep(_HEAD_START)


def _world() -> Any:
    """Return the communicator of all ranks, if MPI is in use."""
    return getattr(sys.modules.get("mpi4py.MPI"), "COMM_WORLD", None)
