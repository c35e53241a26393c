"""``lunarflag report``: a result as one page."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The page; FILE with .html beside it by default."
)
@click.option("--force", is_flag=True, help="Replace an older page.")
def command(file: Path, output: Path | None, *, force: bool) -> None:
    """Write one self-contained HTML page about the result FILE.

    It holds the verdict, interactive plots, maps, tables, ledger and
    provenance, and needs no network.
    """
    from thermal.report.page import build_page  # noqa: PLC0415  (help must not wait for plotly)
    from thermal.results import open_result  # noqa: PLC0415
    from thermal.results.paths import check_output  # noqa: PLC0415

    page = output or file.with_suffix(".html")
    with open_result(file) as result:
        check_output(page, force=force, case=file)
        text = build_page(result)
    page.write_text(text, "utf-8")
    click.echo(f"{page} ({len(text) / 1e6:.1f} MB)")
