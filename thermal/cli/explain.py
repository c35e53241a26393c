"""``lunarflag explain``: Explain an error code."""

from __future__ import annotations

import dataclasses
import json

import click


def _complete_code(_context: click.Context, _argument: click.Parameter, incomplete: str) -> list[str]:
    from thermal.core.catalogue import load_catalogue

    return [code for code in load_catalogue() if code.startswith(incomplete)]


@click.command("explain")
@click.argument("code", required=False, shell_complete=_complete_code)
@click.option("--json", "as_json", is_flag=True, help="Print JSON (lunarflag.explain/1).")
def command(code: str | None, as_json: bool) -> None:
    """Explain the error CODE that stands in brackets behind a message; without CODE, list them all."""
    from materials.wording import nearest
    from thermal.core.catalogue import load_catalogue

    catalogue = load_catalogue()
    wanted = code.strip("[]") if code else None
    if wanted is not None and wanted not in catalogue:
        advice = nearest(wanted, catalogue) or "`lunarflag explain` lists all codes"
        raise click.BadParameter(f'"{code}" is no code; {advice}', param_hint="CODE")
    entries = [catalogue[wanted]] if wanted else list(catalogue.values())
    if as_json:
        rows = [dataclasses.asdict(entry) for entry in entries]
        click.echo(json.dumps({"schema": "lunarflag.explain/1", "codes": rows}, indent=2))
    elif wanted is None:
        width = max(len(entry.code) for entry in entries)
        click.echo("\n".join(f"{entry.code:<{width}}  {entry.title}" for entry in entries))
    else:
        entry = entries[0]
        click.echo(f"{entry.title} [{entry.code}]")
        click.echo(f"Why:  {entry.cause}\nDo:   {entry.remedy}\nExit code {entry.exit_code}.")
