"""``lunarflag run``: a case into a result file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thermal.cli.overrides import set_option

if TYPE_CHECKING:
    from thermal.case import Case


@click.command("run")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Result file; CASE with .h5, here, by default."
)
@set_option
@click.option("--force", is_flag=True, help="Replace an older result.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped or killed.")
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
    force: bool,  # noqa: FBT001  (click's call)
    resume: bool,  # noqa: FBT001
    figure: Path | None,
    dry_run: bool,  # noqa: FBT001
    profile: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Run CASE and write its result file.

    The file is called NAME.partial until the run is complete. Ctrl-C and
    SIGTERM end the run after the step it is in and leave the partial file,
    which `lunarflag show` reads (exit code 7). With --resume and the same
    options a run goes on where it was stopped or killed; where none has begun
    it begins, and where it is complete nothing is done.
    """
    from thermal.case import load_case  # noqa: PLC0415  (help must not wait for pydantic and dolfinx)
    from thermal.results.paths import check_output, default_output  # noqa: PLC0415

    if force and resume:
        raise click.UsageError("--force begins anew and --resume goes on: give one of them")
    problem = load_case(case, overrides)
    path = output or default_output(case)
    check_output(path, force=force or resume, case=case)
    if figure is not None:
        from thermal.report.figure import check_figure  # noqa: PLC0415

        check_figure(figure, force=force)
    if dry_run:
        _print_plan(problem, path)
        return
    _record(problem, path, resume=resume, quiet=quiet, profile=profile)
    if not _is_first_rank():
        return
    if figure is not None:
        _draw(path, figure)
    _print_summary(path, figure, quiet=quiet, as_json=as_json)


def _record(case: Case, path: Path, *, resume: bool, quiet: bool, profile: bool) -> None:
    """Run the case; the output path has been checked."""
    from contextlib import nullcontext  # noqa: PLC0415

    from thermal.progress import shown_progress  # noqa: PLC0415
    from thermal.results.profile import profiled  # noqa: PLC0415
    from thermal.results.record import record  # noqa: PLC0415

    shown = shown_progress(quiet=quiet or not _is_first_rank())
    with profiled() if profile and _is_first_rank() else nullcontext(), shown as progress:
        record(case, path, force=True, resume=resume, progress=progress)


def _print_plan(case: Case, path: Path) -> None:
    """Say what a run would do."""
    from thermal.results.plan import plan  # noqa: PLC0415

    for name, value in plan(case).items():
        click.echo(f"{name:<10} {value}")
    click.echo(f"{'result':<10} {path} (not written: --dry-run)")


def _draw(path: Path, figure: Path) -> None:
    from thermal.report.figure import draw  # noqa: PLC0415
    from thermal.results import open_result  # noqa: PLC0415

    with open_result(path) as result:
        draw(result, figure)


def _print_summary(path: Path, figure: Path | None, *, quiet: bool, as_json: bool) -> None:
    from thermal.results import open_result  # noqa: PLC0415
    from thermal.results.summary import summarise  # noqa: PLC0415

    if quiet and not as_json:
        return
    with open_result(path) as result:
        summary = summarise(result)
    if as_json:
        import json  # noqa: PLC0415

        click.echo(json.dumps(summary, indent=1, ensure_ascii=False))
        return
    from thermal.report.text import print_summary  # noqa: PLC0415

    print_summary(summary, provenance=False)
    drawn = f", figure {figure}" if figure is not None else ""
    click.echo(f"result {path} ({path.stat().st_size / 1e6:.1f} MB){drawn}")


def _is_first_rank() -> bool:
    """Say whether this process speaks for a parallel run: the only one, or rank 0."""
    from importlib import import_module  # noqa: PLC0415

    import_module("thermal._dolfinx")  # says in words that it is missing; mpi4py comes with it
    from mpi4py import MPI  # noqa: PLC0415

    return bool(MPI.COMM_WORLD.rank == 0)
