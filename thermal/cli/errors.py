"""How problems look on a terminal, and how all ranks of a parallel run end with one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials.problems import Problem


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
    mpi = getattr(sys.modules.get("mpi4py.MPI"), "COMM_WORLD", None)
    if mpi is not None and mpi.Get_size() > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        mpi.Abort(code)
