"""``lunarflag run``: Run a case and write its result file."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thermal.cli.numbers import FiniteRange
from thermal.cli.overrides import set_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thermal.case import Case

STACKS = {"hot": ("hot",), "cold": ("cold",), "all": (None, "hot", "cold")}


@click.command("run")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Result file; CASE with .h5, here, by default."
)
@set_option
@click.option("--force", is_flag=True, help="Replace an older result.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped or killed.")
@click.option(
    "--stack",
    type=click.Choice(list(STACKS)),
    help="Put every uncertain input at its hot or cold end; all: nominal, hot and cold, and their margins.",
)
@click.option(
    "--years",
    type=FiniteRange(0.1, 1000.0),
    help="Look so many years ahead: ageing lunations by cycle jump, and the verdict at that horizon.",
)
@click.option(
    "--reproducible",
    is_flag=True,
    help="Same numbers on any number of ranks, to 1e-10 of them: tight solves.",
)
@click.option(
    "--steps",
    type=click.Path(path_type=Path),
    help="Take the steps of this result of the same case; means --reproducible too.",
)
@click.option("--strict", is_flag=True, help="Exit code 3 where a requirement lacks data.")
@click.option(
    "--figure", type=click.Path(path_type=Path), help="Draw the run into this file (.png, .pdf or .svg)."
)
@click.option("--dry-run", is_flag=True, help="Check all, build sky and scene, say their size, and stop.")
@click.option("--profile", is_flag=True, help="Say on stderr where the time went.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON (lunarflag.show/1).")
def command(
    case: Path,
    output: Path | None,
    overrides: dict[str, str],
    force: bool,
    resume: bool,
    stack: str | None,
    years: float | None,
    reproducible: bool,
    steps: Path | None,
    strict: bool,
    figure: Path | None,
    dry_run: bool,
    profile: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Run CASE and write its result file.

    The file is called NAME.partial until the run is complete. Ctrl-C and
    SIGTERM end the run after the step it is in and leave the partial file,
    which `lunarflag show` reads (exit code 7). With --resume and the same
    options a run goes on where it was stopped or killed; where none has begun
    it begins, and where it is complete nothing is done.

    With --stack hot the result is called NAME-hot.h5, with --stack cold
    NAME-cold.h5, unless -o names it; --stack all writes both beside NAME.h5.

    Under `mpirun -n N lunarflag run ...` the ranks share the work. Numbers of
    ranks agree within a hundredth of solver.tolerance, with --reproducible to
    1e-10. Every result records its steps: --steps takes them over.
    """
    from thermal.case import load_case

    if quiet:
        logging.getLogger("lunarflag.kernels").setLevel(logging.ERROR)
    _check_options(force=force, resume=resume, figure=figure, stack=stack, steps=steps)
    problem = load_case(case, overrides)
    paths = _paths(output, case, stack)
    _check_places(paths, figure, case, again=force or resume, force=force)
    if dry_run:
        _print_plan(problem, list(paths.values()))
        return
    how: dict[str, Any] = {"resume": resume, "years": years, "reproducible": reproducible, "steps": steps}
    for end, path in paths.items():
        _record(problem, path, {**how, "stack": end}, quiet=quiet, profile=profile)
    if not _is_first_rank():
        return
    made = list(paths.values())
    if len(made) > 1:
        _print_margins(made, quiet=quiet, as_json=as_json)
    else:
        if figure is not None:
            _draw(made[0], figure)
        _print_summary(made[0], figure, quiet=quiet, as_json=as_json)
    if strict:
        _require_data(made)


def _check_options(
    *, force: bool, resume: bool, figure: Path | None, stack: str | None, steps: Path | None
) -> None:
    """Refuse options that contradict each other."""
    if force and resume:
        raise click.UsageError("--force begins anew and --resume goes on: give one of them")
    if figure is not None and stack == "all":
        raise click.UsageError("--figure draws one run: give it with --stack hot, --stack cold or neither")
    if steps is not None and stack == "all":
        raise click.UsageError("--steps takes one run's steps: give it with --stack hot, cold or neither")


def _check_places(
    paths: dict[Any, Path], figure: Path | None, case: Path, *, again: bool, force: bool
) -> None:
    """Refuse places that cannot be written to, before any time is spent."""
    from thermal.results.writing.paths import check_output

    kept = {case: "the case file"}
    for path in paths.values():
        check_output(path, force=again, kept=kept)
    if figure is not None:
        from thermal.report.figure import check_figure

        check_figure(figure, force=force, kept=kept | dict.fromkeys(paths.values(), "where the result goes"))


def _paths(output: Path | None, case: Path, stack: str | None) -> dict[Any, Path]:
    """Name the results: one a stack, by its end, None for the nominal run."""
    from thermal.results.writing.paths import default_output

    ends = STACKS[stack] if stack else (None,)
    if output is not None and len(ends) == 1:
        return {ends[0]: output}
    path = output or default_output(case)
    return {end: path.with_stem(f"{path.stem}-{end}") if end else path for end in ends}


def _record(case: Case, path: Path, how: dict[str, Any], *, quiet: bool, profile: bool) -> None:
    """Run the case as :func:`thermal.run.record.record` is asked to; the output path has been checked."""
    from contextlib import nullcontext

    from thermal.run.profile import profiled
    from thermal.run.progress import shown_progress
    from thermal.run.record import record

    shown = shown_progress(quiet=quiet or not _is_first_rank())
    with profiled() if profile and _is_first_rank() else nullcontext(), shown as progress:
        record(case, path, force=True, progress=progress, **how)


def _print_plan(case: Case, paths: Sequence[Path]) -> None:
    """Say what a run would do."""
    from thermal.run.plan import plan

    for name, value in plan(case).items():
        click.echo(f"{name:<10} {value}")
    for path in paths:
        click.echo(f"{'result':<10} {path} (not written: --dry-run)")


def _draw(path: Path, figure: Path) -> None:
    from thermal.report.figure import draw
    from thermal.results.reading.opening import read_result

    with read_result(path) as result:
        draw(result, figure)


def _print_summary(path: Path, figure: Path | None, *, quiet: bool, as_json: bool) -> None:
    from thermal.results.reading.opening import read_result
    from thermal.results.reading.summary import summarise

    if quiet and not as_json:
        return
    with read_result(path) as result:
        summary = summarise(result)
    if as_json:
        _print_json(summary)
        return
    from thermal.report.text import print_summary

    print_summary(summary, provenance=False)
    drawn = f", figure {figure}" if figure is not None else ""
    click.echo(f"result {path} ({path.stat().st_size / 1e6:.1f} MB){drawn}")


def _print_margins(paths: Sequence[Path], *, quiet: bool, as_json: bool) -> None:
    """Print the nominal, the hot and the cold run side by side."""
    from contextlib import ExitStack

    from thermal.report.stacks import margins, print_margins
    from thermal.results.reading.opening import damage_named, open_result

    if quiet and not as_json:
        return
    with damage_named(f"one of {', '.join(map(str, paths))}"), ExitStack() as files:
        results = [files.enter_context(open_result(path)) for path in paths]
        found = margins({result.attributes["stack"] or "nominal": result for result in results})
    if as_json:
        _print_json(found)
        return
    print_margins(found)
    click.echo(f"\nresults {', '.join(map(str, paths))}")


def _print_json(data: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(data, indent=1, ensure_ascii=False))


def _require_data(paths: Sequence[Path]) -> None:
    """Refuse results whose verdict has gaps; the files stay."""
    from thermal.endurance.verdict.finding import Verdict, require_data
    from thermal.results.reading.opening import read_result

    for path in paths:
        with read_result(path) as result:
            verdict = Verdict.from_json(result.verdict)
        require_data(verdict)


def _is_first_rank() -> bool:
    """Say whether this process speaks for a parallel run: the only one, or rank 0."""
    from importlib import import_module

    import_module("thermal.core.dolfinx_api")  # says in words that it is missing; mpi4py comes with it
    from mpi4py import MPI

    return bool(MPI.COMM_WORLD.rank == 0)
