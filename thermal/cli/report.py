"""``lunarflag report``: Write one self-contained page about a result."""

from __future__ import annotations

from pathlib import Path

import click

from thermal.cli.numbers import FiniteRange

LAYOUTS = ("regions", "plain", "five_stars", "stars_and_stripes")


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The page; FILE with .html beside it by default."
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Instead of the page draw the flag, new and after --years (.png, .pdf or .svg).",
)
@click.option(
    "--years", type=FiniteRange(0.0, 1000.0), default=10.0, show_default=True, help="Age in the picture."
)
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="regions",
    show_default=True,
    help="What is printed on the flag of the picture: the regions of the case, or a flag by name.",
)
@click.option("--force", is_flag=True, help="Replace an older page or picture.")
def command(
    file: Path, output: Path | None, picture: Path | None, *, years: float, layout: str, force: bool
) -> None:
    """Write one self-contained HTML page about the result FILE, or the picture of its flag.

    The page holds the verdict, interactive plots, maps, tables, ledger and
    provenance, and needs no network.
    """
    from thermal.results.reading.opening import read_result

    kept = {file: "the result itself"}
    if picture is not None:
        from thermal.report.figure import check_figure
        from thermal.report.picture import draw_picture

        check_figure(picture, force=force, kept=kept)
        with read_result(file) as result:
            draw_picture(result, picture, years, layout)
        click.echo(f"{picture} ({picture.stat().st_size / 1e6:.1f} MB)")
        return
    from thermal.report.page import build_page
    from thermal.results.writing.paths import check_output, write_whole

    page = output or file.with_suffix(".html")
    with read_result(file) as result:
        check_output(page, force=force, kept=kept)
        text = build_page(result)
    write_whole(page, text)
    click.echo(f"{page} ({len(text) / 1e6:.1f} MB)")
