"""The command ``lunarflag``: verbs that are imported only when they are used."""

from __future__ import annotations

import importlib
import os
import re
import sys
import traceback
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import click

from thermal.cli.errors import abort_all_ranks, let_first_rank_speak, no_room, no_solver, print_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ORDER: Final = (
    "new", "check", "run", "show", "report", "compare", "sweep", "materials", "sky", "verify", "schema",
    "explain", "doctor",
)  # fmt: skip
"""Verbs in the order of a user's work; others follow by their names."""

SOLVER_MODULES: Final = frozenset({"basix", "dolfinx", "ffcx", "mpi4py", "petsc4py", "ufl"})
"""What comes with dolfinx, and is not on the Python registry."""

EXIT_UNEXPECTED: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERRUPTED: Final = 7


@contextmanager
def _own_broken_pipe() -> Iterator[None]:
    """Hide a broken pipe from click, which knows it by its number and leaves with code 1."""
    try:
        yield
    except BrokenPipeError as error:
        raise BrokenPipeError from error


@cache
def verbs() -> Mapping[str, str]:
    """Name and short help of every verb: the files of this folder that open with ``lunarflag NAME``: help.

    Only their first lines are read, so that help need not wait for imports.
    """
    found = {}
    for file in Path(__file__).parent.glob("*.py"):
        with file.open(encoding="utf-8") as text:
            opening = re.match(r'"""``lunarflag (\w+)``: (.+?)(?:"""|$)', text.readline())
        if opening is not None and opening[1] == file.stem:
            found[file.stem] = opening[2]
    known = [name for name in ORDER if name in found]
    return MappingProxyType({name: found[name] for name in (*known, *sorted(found.keys() - set(known)))})


class LazyGroup(click.Group):
    """A group whose verbs live in modules of their own, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs."""
        del ctx
        return list(verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a verb and return its command."""
        del ctx
        if cmd_name not in verbs():
            return None
        module = importlib.import_module(f"thermal.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the verb, which may print help."""
        with _own_broken_pipe():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        with _own_broken_pipe():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs from the table, importing none of them."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl(list(verbs().items()))


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"lunarflag {version('lunarflag')}")
    except PackageNotFoundError:
        click.echo("lunarflag (not installed: running from its source folder)")
    ctx.exit()


@click.group(
    cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Say what a flag goes through on the Moon, and how long it lasts.

    A case file (TOML) names the site, the cloth and its arm; a run writes a
    result file (HDF5); a report shows it. Start with: lunarflag new flag.toml
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(EXIT_USAGE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    Parameters
    ----------
    arguments
        The words after ``lunarflag``; those of the process by default.

    """
    code = _run(arguments)
    if code:
        abort_all_ranks(code)
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """Run the command line; return the exit code."""
    try:
        result = cli.main(arguments, prog_name="lunarflag", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("lunarflag: interrupted", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does: what was asked for is done.
        _say_no_more()
        return 0
    except Exception as error:  # noqa: BLE001  (the last resort: a user never sees a traceback)
        return _failed(error)
    return result if isinstance(result, int) else 0


def _say_no_more() -> None:
    """Let what stdout still holds go nowhere: at exit Python would try again, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: Exception) -> int:
    """Report the problems of a user's input, or in one sentence a failure that nobody foresaw."""
    from thermal.core.errors import ProblemError

    let_first_rank_speak()
    if isinstance(error, ModuleNotFoundError) and error.name in SOLVER_MODULES:
        error = no_solver(error)
    full = no_room(error)
    if full is not None:
        _say_no_more()
        error = full
    if isinstance(error, ProblemError):
        if os.environ.get("LUNARFLAG_DEBUG") and error.__cause__ is not None:
            traceback.print_exception(error)
        print_problems(error.problems)
        return error.exit_code
    if os.environ.get("LUNARFLAG_DEBUG"):
        traceback.print_exception(error)
    else:
        hint = "LUNARFLAG_DEBUG=1 shows where"
        click.echo(f"lunarflag: unexpected {type(error).__name__}: {error} ({hint}) [unexpected]", err=True)
    return EXIT_UNEXPECTED


if __name__ == "__main__":
    main()
