"""``lunarflag new``: Write a commented case from a template."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(case: Path, force: bool) -> None:
    """Write a commented case to the file CASE, ready to be changed and run."""
    from importlib import resources

    from thermal.core.errors import CaseError, Problem

    text = resources.files("thermal.case").joinpath("template.toml").read_text(encoding="utf-8")
    try:
        with case.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        problem = Problem("exists", str(case), "the file exists", "name another, or give --force")
        raise CaseError(problem) from error
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        problem = Problem("cannot-write", str(case), reason, "name a file in a folder that you may write to")
        raise CaseError(problem) from error
    click.echo(f"wrote {case}; next: lunarflag check {case}", err=True)
