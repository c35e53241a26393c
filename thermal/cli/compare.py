"""``lunarflag compare``: Rank cloths or results, with uncertainty."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

import materials
from materials.views.layout import columns
from thermal.case import load_case
from thermal.case.reading.toml_text import to_toml
from thermal.cli.overrides import set_option
from thermal.results.writing.paths import check_output, write_whole
from thermal.study.answers.table import Table, make_table
from thermal.study.comparison.candidates import comparison, gather, rank, read_candidates
from thermal.study.comparison.show import page, ranking_json, table_lines
from thermal.study.design.plan import make_plan, read_plan, write_plan
from thermal.study.engines.processes import ProcessEngine
from thermal.study.evaluation.case import HORIZON_YEARS
from thermal.study.execution.driver import run_study
from thermal.study.execution.progress import progress
from thermal.study.execution.store import Reader

if TYPE_CHECKING:
    from thermal.study.comparison.candidates import Ranking
    from thermal.study.design.study_file import StudyFile

_FILE = click.Path(path_type=Path)
_OF_RUNS = frozenset({"flags", "kind", "arm", "overrides", "runs", "jobs", "output"})
"""Parameters that say what is run, and how."""


@click.command()
@click.argument("paths", metavar="CASE | FILE...", nargs=-1, required=True, type=_FILE)
@click.option(
    "--flag", "flags", multiple=True, metavar="NAME[:SURFACE]", help="A candidate cloth; repeatable."
)
@click.option("--all", "kind", metavar="KIND", help="Every material of this kind, such as cloth.")
@click.option("--arm", metavar="NAME[:SURFACE]", help="Material of all tubes.")
@set_option
@click.option("--runs", type=click.IntRange(0), default=4, show_default=True, help="Runs with drawn data.")
@click.option("--draws", type=click.IntRange(1), default=200, show_default=True, help="Lives drawn in all.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the draws.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes; by default one a processor.")
@click.option("-o", "--output", type=_FILE, help="Keep the runs in this directory, and go on with it.")
@click.option("--page", "page_file", type=_FILE, help="Write one self-contained page of HTML.")
@click.option("--force", is_flag=True, help="Replace an older page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    *,
    paths: tuple[Path, ...],
    flags: tuple[str, ...],
    kind: str | None,
    arm: str | None,
    overrides: dict[str, str],
    runs: int,
    draws: int,
    seed: int,
    jobs: int | None,
    output: Path | None,
    page_file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Rank cloths or results: which lasts longest, and how sure that is.

    \b
    lunarflag compare CASE.toml --flag NAME --flag NAME ...   run candidates
    lunarflag compare CASE.toml --all cloth                   run every cloth
    lunarflag compare FILE.h5 FILE.h5 ...                     compare results
    """  # noqa: D301  (click's mark for lines that are not wrapped)
    if page_file is not None:
        check_output(page_file, force=force, kept=dict.fromkeys(paths, "what is to be compared"))
    if paths[0].suffix == ".toml":
        if len(paths) > 1:
            raise click.UsageError("give one case, or result files")
        names = [*flags, *(_of_kind(kind) if kind else ())]
        if not names:
            raise click.UsageError("name candidates by --flag NAME, or --all cloth")
        common = {**overrides, **(_arm(paths[0], overrides, arm) if arm else {})}
        candidates = read_candidates(names)
        study = comparison(paths[0], candidates, common, runs=runs, draws=draws, seed=seed)
        entries = gather(candidates, _run(study, output, jobs or len(os.sched_getaffinity(0))))
        title = f"{len(candidates)} candidates for {load_case(paths[0], common).title}"
        horizon = HORIZON_YEARS
    else:
        _refuse_options_of_runs()
        from thermal.study.comparison.files import entries_of

        entries, horizon = entries_of(paths, seed, draws)
        title = f"{len(paths)} results"
    _present(rank(entries, horizon), title, page_file, as_json=as_json)


def _refuse_options_of_runs() -> None:
    """Refuse, beside result files, the options that change what is run.

    Raises
    ------
    click.UsageError
        One was given.

    """
    context = click.get_current_context()
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if option.name in _OF_RUNS and given:
            raise click.UsageError(f"{option.opts[0]} belongs to a CASE: results are compared as they are")


def _present(ranking: Ranking, title: str, page_file: Path | None, *, as_json: bool) -> None:
    if page_file is not None:
        write_whole(page_file, page(ranking, title))
        click.echo(f"wrote {page_file}", err=True)
    for line in [ranking_json(ranking)] if as_json else table_lines(ranking, columns()):
        click.echo(line)


def _of_kind(kind: str) -> list[str]:
    """Names of all materials of a kind.

    Raises
    ------
    click.UsageError
        There is none.

    """
    database = materials.load_database()
    found = [name for name, material in database.items() if material.kind == kind]
    if not found:
        kinds = ", ".join(sorted({material.kind for material in database.values()}))
        raise click.UsageError(f"--all {kind!r}: the kinds are {kinds}")
    return found


def _arm(base: Path, overrides: dict[str, str], text: str) -> dict[str, str]:
    """Make the overrides that give every tube a material, and a surface if one is named."""
    material, _, surface = text.partition(":")
    tubes = range(len(load_case(base, overrides).tube))
    changes = {f"tube.{number}.material": material for number in tubes}
    return changes | ({f"tube.{number}.surface": surface for number in tubes} if surface else {})


def _run(study: StudyFile, output: Path | None, jobs: int) -> Table:
    """Run the comparison as a sweep, in a directory that is kept if it is named."""
    with tempfile.TemporaryDirectory(prefix="lunarflag-compare-") as scratch:
        directory = output or Path(scratch) / "study"
        plan = make_plan(study)
        if not (directory / "plan.json").is_file():
            write_plan(plan, to_toml(study.model_dump(mode="json", exclude_none=True)), directory)
        kept = read_plan(directory)
        if [member.sha for member in kept.members] != [member.sha for member in plan.members]:
            raise click.UsageError(f"{directory} holds another comparison: name a new directory")
        with progress(directory):
            run_study(directory, ProcessEngine(jobs))
        return make_table(kept, Reader(directory).refresh())
