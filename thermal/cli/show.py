"""``lunarflag show``: Summarise a result file: extremes, energy ledger, verdict, provenance."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON (lunarflag.show/1) instead of tables.")
def command(file: Path, *, as_json: bool) -> None:
    """Summarise a result file: extremes, probes, energy ledger, verdict, provenance.

    FILE is what `lunarflag run` wrote; a .partial file of a run that was
    stopped can be read too.
    """
    from thermal.results.reading.opening import read_result
    from thermal.results.reading.summary import summarise

    with read_result(file) as result:
        summary = summarise(result)
        if as_json:
            import json

            click.echo(json.dumps(summary, indent=1, ensure_ascii=False))
            return
        from thermal.report.text import print_summary

        print_summary(summary, provenance=True)
