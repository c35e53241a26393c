"""``lunarflag doctor``: Check the environment and say which parts work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thermal.cli.diagnostics import Finding


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (lunarflag.doctor/1).")
@click.option("--warm", is_flag=True, help="Compile what the first run would otherwise have to compile.")
@click.pass_context
def command(context: click.Context, as_json: bool, warm: bool) -> None:
    """Check the environment: libraries, caches, threads, and which verbs work.

    Exit code 6 when runs are impossible here; the other parts still work.
    """
    from thermal.cli.diagnostics import examine, warm_up

    findings = examine()
    can_run = all(finding.works for finding in findings if finding.needed_by == "run")
    if warm and can_run:
        findings = [*findings, warm_up()]
    click.echo(json.dumps(_document(findings, can_run), indent=2) if as_json else _table(findings, can_run))
    if not can_run:
        context.exit(6)


def _document(findings: Sequence[Finding], can_run: bool) -> dict[str, Any]:
    rows = [
        {"name": item.name, "value": item.value, "works": item.works, "needed_by": item.needed_by}
        for item in findings
    ]
    return {"schema": "lunarflag.doctor/1", "can_run": can_run, "findings": rows}


def _table(findings: Sequence[Finding], can_run: bool) -> str:
    lines = []
    for item in findings:
        mark = click.style("ok", fg="green") if item.works else click.style("--", fg="red")
        need = f"  (needed by: {item.needed_by})" if not item.works else ""
        lines.append(f"{mark}  {item.name:<16} {item.value}{need}")
    if can_run:
        lines.append("everything that a run needs is here")
    else:
        lines.append(
            "no runs here: dolfinx or one of its partners is missing; `make env` in the sources builds"
        )
        lines.append("an environment, or: conda install -c conda-forge fenics-dolfinx h5py")
        lines.append("what works without: new, check, schema, explain, materials, show, compare of results")
    return "\n".join(lines)
