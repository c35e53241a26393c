"""``lunarflag sweep``: Plan, run and collect many variants of a case."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from materials.views.layout import columns
from thermal.cli.numbers import FiniteRange
from thermal.core.errors import CaseError, InterruptedRunError, MembersFailedError, Problem
from thermal.study.answers.sensitivity import sensitivities, write_sensitivities
from thermal.study.answers.show import (
    estimate_lines,
    sensitivity_json,
    sensitivity_lines,
    status_json,
    status_lines,
)
from thermal.study.answers.table import make_table, write_csv, write_hdf5
from thermal.study.design.check import check_plan
from thermal.study.design.extend import extended
from thermal.study.design.places import key_places
from thermal.study.design.plan import make_plan, read_plan, write_extension, write_plan
from thermal.study.design.study_file import load_study
from thermal.study.engines import Range
from thermal.study.engines.dask_cluster import DaskEngine
from thermal.study.engines.processes import ProcessEngine
from thermal.study.engines.slurm import SlurmEngine
from thermal.study.execution.driver import run_study, withdraw_failures
from thermal.study.execution.estimate import estimate
from thermal.study.execution.progress import progress
from thermal.study.execution.status import tally
from thermal.study.execution.store import Reader
from thermal.study.execution.worker import run_range

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from thermal.study.answers.table import Row
    from thermal.study.engines import Engine

SHOWN_FAILURES = 10
"""Failed members that are named on the terminal; the table has them all."""

TABLES = ("table.csv", "table.h5", "sensitivity.csv")
"""What ``collect`` writes, each beside itself with the ending ``.partial`` first."""

_FILE = click.Path(path_type=Path)


@click.group()
def command() -> None:
    """Plan, run and collect many variants of a case.

    \b
    lunarflag sweep plan STUDY.toml -o DIR     expand the study into its members
    lunarflag sweep run DIR                    run what is open, here or on a cluster
    lunarflag sweep status DIR                 see how far it is
    lunarflag sweep collect DIR                write one table, and sensitivities
    """  # noqa: D301  (click's mark for lines that are not wrapped)


@command.command(short_help="Expand a study file into its members.")
@click.argument("study_file", metavar="STUDY", type=_FILE)
@click.option("-o", "--output", type=_FILE, help="New study directory; by default STUDY without its ending.")
@click.option("--dry-run", is_flag=True, help="Say how many, how long, how much disk; write nothing.")
@click.option("--jobs", type=click.IntRange(1), help="Workers that --dry-run counts on.")
@click.option("--extend", is_flag=True, help="Add the members that the study directory lacks to its plan.")
def plan(*, study_file: Path, output: Path | None, dry_run: bool, jobs: int | None, extend: bool) -> None:
    """Expand a study file into a directory with the frozen base and one table of members."""
    study = load_study(study_file)
    made = make_plan(study)
    directory = output or study_file.with_suffix("")
    planned = 0
    if extend:
        old = read_plan(directory)
        planned = len(old.members)
        made = extended(old, made, directory)
    outcome = check_plan(made, key_places(study_file, study))
    if outcome.bad:
        _tell(f"warning: {outcome.bad} of {outcome.checked} members that were checked will fail; for example")
        for problem in outcome.examples:
            _tell(f"  {problem}")
    if dry_run:
        _tell("timing the first and the last member that can be run ...")
        cost = estimate(replace(made, members=made.members[planned:]))
        if cost.problems:
            _tell(f"warning: the members that were timed fail, and tell too little: {cost.problems[0]}")
        for line in estimate_lines(cost, jobs or _processors()):
            click.echo(line)
        return
    text = study_file.read_text(encoding="utf-8")
    if extend:
        write_extension(made, text, directory)
    else:
        write_plan(made, text, directory)
    added = len(made.members) - planned
    _tell(f"planned {added} {'more ' * extend}members; run them by: lunarflag sweep run {directory}")


@command.command(short_help="Run the members that are open.")
@click.argument("directory", metavar="DIR", type=_FILE)
@click.option("--jobs", type=click.IntRange(1), help="Worker processes; by default one a processor.")
@click.option("--dask", is_flag=True, help="Use a Dask cluster on this machine.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Use the Dask cluster at this address.")
@click.option("--slurm", is_flag=True, help="Submit a Slurm job array and follow it.")
@click.option("--slurm-option", multiple=True, metavar="OPTION", help="Further option of sbatch; repeatable.")
@click.option(
    "--slurm-throttle",
    type=click.IntRange(min=1),
    help="Tasks of the job array that may run at the same time.",
)
@click.option(
    "--slurm-poll",
    type=FiniteRange(0.1, 3600.0),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Seconds between two looks at the queue, at first; up to 30 later.",
)
@click.option("--slurm-command", default="", metavar="COMMAND", help="How a node starts lunarflag.")
@click.option("--chunk", type=click.IntRange(1), help="Members that a worker takes at a time.")
@click.option("--threads", type=click.IntRange(1), default=1, help="Threads of each worker.")
@click.option(
    "--index", default="", metavar="N|A:B,...", help="Run these members here, A to B-1, and no more."
)
@click.option("--retry-failed", is_flag=True, help="Run members again that failed.")
def run(directory: Path, **options: Any) -> None:
    """Run the members that are still open, and resume what was interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)
    if options["retry_failed"]:
        _tell(f"{withdraw_failures(directory)} failed members are run again")
    made = read_plan(directory)
    if made.stale:
        _tell("warning: the material database has changed since this study was planned: plan it anew")
    wanted = [Range(0, len(made.members))]
    try:
        if options["index"]:
            wanted = _ranges(options["index"], wanted[0].stop)
            for start, stop in wanted:
                run_range(str(directory), start, stop)
        else:
            with progress(directory):
                run_study(directory, _engine(options), options["chunk"])
    except KeyboardInterrupt:
        now = tally(made, Reader(directory).refresh())
        message = f"stopped with {now.open} of {now.members} members open"
        remedy = f"go on by the same command, or: lunarflag sweep run {directory}"
        raise InterruptedRunError(Problem("sweep-interrupted", str(directory), message, remedy)) from None
    rows = make_table(made, Reader(directory).refresh()).rows
    _raise_if_failed([row for start, stop in wanted for row in rows[start:stop]], directory)


def _engine(options: dict[str, Any]) -> Engine:
    """Choose the engine that the options name.

    Raises
    ------
    click.UsageError
        They name two.

    """
    jobs = options["jobs"] or _processors()
    dask = options["dask"] or options["scheduler"]
    if options["slurm"] and dask:
        raise click.UsageError("choose one of --slurm, --dask and --scheduler")
    if options["slurm"]:
        program = tuple(shlex.split(options["slurm_command"])) or _this_program()
        throttle, poll_s = options["slurm_throttle"] or 0, options["slurm_poll"]
        return SlurmEngine(program, options["slurm_option"], options["threads"], _tell, throttle, poll_s)
    if dask:
        return DaskEngine(options["scheduler"], jobs, options["threads"], _tell)
    return ProcessEngine(jobs, options["threads"])


def _processors() -> int:
    return len(os.sched_getaffinity(0))


def _this_program() -> tuple[str, ...]:
    """How a node starts this program: by the checkout's wrapper, which enters its environment first."""
    wrapper = Path(os.environ.get("LUNARFLAG_VENV", "")) / "bin" / "lunarflag"
    found = str(wrapper) if wrapper.is_file() else shutil.which("lunarflag")
    return (found,) if found else (sys.executable, "-m", "thermal.cli.main")


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _ranges(text: str, members: int) -> list[Range]:
    """Read ``N`` or ``A:B``, or several with commas between.

    Raises
    ------
    click.UsageError
        It is neither, or there are no such members.

    """
    found = []
    for part in text.split(","):
        first, colon, last = part.partition(":")
        if not first.isdecimal() or (colon and not last.isdecimal()):
            raise click.UsageError(f"--index {part!r}: write a number N, or A:B")
        start = int(first)
        stop = int(last) if colon else start + 1
        if not start < stop <= members:
            raise click.UsageError(f"--index {part!r}: the members are 0 to {members - 1}")
        found.append(Range(start, stop))
    return found


def _raise_if_failed(rows: Sequence[Row], directory: Path) -> None:
    """Raise when any of the members failed, naming the first few.

    Raises
    ------
    MembersFailedError
        Some failed.

    """
    failed = [row for row in rows if row.status == "failed"]
    problems = [
        Problem("member-failed", f"{directory}: member {row.member.index}", row.error)
        for row in failed[:SHOWN_FAILURES]
    ]
    if len(failed) > SHOWN_FAILURES:
        message = f"and {len(failed) - SHOWN_FAILURES} more members failed"
        problems.append(Problem("member-failed", str(directory), message, "table.csv has them all"))
    if problems:
        raise MembersFailedError(problems)


@command.command(short_help="Say how far a study is.")
@click.argument("directory", metavar="DIR", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one row a member.")
def status(*, directory: Path, as_json: bool) -> None:
    """Say how far a study is, from its files alone."""
    made = read_plan(directory)
    records = Reader(directory).refresh()
    now = tally(made, records)
    if as_json:
        click.echo(status_json(made.title, now, make_table(made, records)))
        return
    for line in status_lines(now):
        click.echo(line)


@command.command(short_help="Write one table, and sensitivities.")
@click.argument("directory", metavar="DIR", type=_FILE)
@click.option("-o", "--output", type=_FILE, help="Folder of the tables; by default DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print the sensitivities as JSON.")
def collect(*, directory: Path, output: Path | None, as_json: bool) -> None:
    """Write all members into table.csv and table.h5, and the sensitivities of a sampled study."""
    made = read_plan(directory)
    table = make_table(made, Reader(directory).refresh())
    folder = output or directory
    _make_room(folder)
    write_csv(table, folder / "table.csv")
    write_hdf5(table, made, folder / "table.h5")
    analysis = sensitivities(load_study(directory / "study.toml"), table)
    if analysis.found:
        write_sensitivities(analysis.found, folder / "sensitivity.csv")
    _tell(f"wrote table.csv and table.h5 of {len(table.rows)} members to {folder}")
    open_members = sum(row.status == "open" for row in table.rows)
    if open_members:
        _tell(f"{open_members} members are still open: they stand in the table without answers")
    if as_json:
        click.echo(sensitivity_json(analysis))
    else:
        for line in sensitivity_lines(analysis, columns()):
            click.echo(line)
    _raise_if_failed(table.rows, directory)


def _make_room(folder: Path) -> None:
    """Make the folder of the tables, where there is none.

    Raises
    ------
    CaseError
        It cannot be made, or a table cannot go there; an older table is replaced.

    """
    from thermal.results.writing.paths import check_output

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "this is no folder" if folder.exists() else (error.strerror or "cannot be made").lower()
        raise CaseError(Problem("cannot-write", str(folder), reason, "name another folder")) from error
    for name in TABLES:
        for ending in (Path(name).suffix, ".partial"):
            check_output((folder / name).with_suffix(ending), force=True)
