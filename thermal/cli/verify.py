"""``lunarflag verify``: Run the verification cases: figure, target, verdict."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("verify")
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--list", "only_list", is_flag=True, help="List the cases and stop.")
def command(names: tuple[str, ...], *, as_json: bool, only_list: bool) -> None:
    """Run the verification cases, or those NAMES begin; exit code 5 if one fails."""
    from thermal import verify
    from thermal.core.errors import CaseError, LedgerError, Problem

    chosen = [c for c in verify.cases() if not names or any(c.startswith(n) for n in names)]
    if not chosen:
        raise CaseError(
            Problem(
                "unknown-verification", "", f"no case begins with {', '.join(names)}", "see verify --list"
            )
        )
    if only_list:
        _print_list({name: verify.load(name).TITLE for name in chosen}, as_json=as_json)
        return
    rows = []
    for name in chosen:
        case = verify.load(name)
        if not as_json:
            click.echo(f"\n{case.TITLE} ({name})")
        for check in case.run():
            rows.append(check.to_json(name))
            if not as_json:
                verdict = "ok" if check.passed else "FAILED"
                click.echo(
                    f"  {check.quantity:44.44} {check.value:12.6g}  target {check.target:11.6g} "
                    f"+- {check.tolerance:8.2g} {check.unit:5} {verdict}"
                )
    failed = [row for row in rows if not row["passed"]]
    if as_json:
        click.echo(
            json.dumps({"schema": "lunarflag.verify/1", "cases": rows, "passed": not failed}, indent=1)
        )
    else:
        click.echo(f"\n{len(rows) - len(failed)} of {len(rows)} figures within tolerance")
    if failed:
        raise LedgerError(
            Problem(
                "verification-failed",
                "",
                f"{len(failed)} of {len(rows)} verification figures are outside their tolerance",
                "run `lunarflag doctor`; a result of this installation cannot be trusted",
            )
        )


def _print_list(titles: Mapping[str, str], *, as_json: bool) -> None:
    """Print names and titles as lines, or as JSON (``lunarflag.verify-list/1``)."""
    if as_json:
        cases = [{"name": name, "title": title} for name, title in titles.items()]
        click.echo(json.dumps({"schema": "lunarflag.verify-list/1", "cases": cases}, indent=1))
        return
    for name, title in titles.items():
        click.echo(f"{name:28} {title}")
