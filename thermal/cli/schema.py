"""``lunarflag schema``: Print the JSON Schema of the case file."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.argument("kind", type=click.Choice(["case"]), default="case")
def command(kind: str) -> None:
    """Print the JSON Schema of case files, for editors.

    Save it beside a case and begin the case with `#:schema ./case.schema.json`.
    """
    from thermal.case.reading.schema import case_schema

    del kind
    click.echo(json.dumps(case_schema(), indent=2, ensure_ascii=False))
