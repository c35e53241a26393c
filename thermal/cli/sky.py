"""``lunarflag sky``: Tabulate Sun, ground and eclipses for a site and dates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from thermal.sky.environment import Environment
    from thermal.sky.listing.request import SkyRequest


@click.command("sky")
@click.option(
    "--case", "file", type=click.Path(path_type=Path), help="Take site, dates and ground from a case."
)
@click.option("--latitude", help='Latitude, such as "43.06 deg".')
@click.option("--longitude", help='Longitude, east positive, such as "-51.92 deg".')
@click.option("--start", help="First instant, such as 2020-12-03T15:10:00Z.")
@click.option("--duration", help='How long: "1 lunation" unless given.')
@click.option("--every", help='Time between rows: "6 h" unless given; a 24th of the day if idealised.')
@click.option("--albedo", help="Normal albedo A0 of the ground: mare 0.07 unless given, highland 0.12.")
@click.option("--idealised", is_flag=True, help="Declination 0, 1 AU, point Sun, no eclipses, from noon.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (lunarflag.sky/1).")
@click.option("--csv", "as_csv", is_flag=True, help="Print the rows as CSV.")
@click.option("--plot", "figure", type=click.Path(path_type=Path), help="Also draw a .png, .svg or .pdf.")
@click.option("--force", is_flag=True, help="Replace an older figure.")
def command(
    *,
    file: Path | None,
    every: str | None,
    idealised: bool,
    as_json: bool,
    as_csv: bool,
    figure: Path | None,
    force: bool,
    **options: str | None,
) -> None:
    """Tabulate Sun, ground and eclipses for a site and dates.

    Angles are in degrees, azimuth clockwise from north, elevation above the
    flat horizon. Unless idealised, the ground has gone through a year of
    real seasons before the first row.

    Example: lunarflag sky --latitude "43.06 deg" --longitude "-51.92 deg"
    --start 2022-05-15T00:00:00Z --duration "3 day" --every "1 h"

    Example: lunarflag sky --idealised --latitude "0 deg" --albedo 0.12 --csv

    Example: lunarflag sky --case cases/change5-reference.toml --plot sky.png
    """
    from thermal.sky.listing.request import request_from_case, request_from_options

    if as_json and as_csv:
        raise click.UsageError("--json cannot go with --csv: choose one of them.")
    if idealised and options["start"] is not None:
        raise click.UsageError("--start cannot go with --idealised: that day begins at local noon.")
    if figure is not None:
        from thermal.report.figure import check_figure

        check_figure(figure, force=force)
    if file is None:
        request = request_from_options(options, every, idealised=idealised)
    else:
        given = [f"--{name}" for name, text in options.items() if text is not None]
        if given:
            raise click.UsageError(f"{', '.join(given)} cannot go with --case: change the case instead.")
        request = request_from_case(file, every, idealised=idealised)
    environment = request.compute()
    if figure is not None:
        _draw(request, environment, figure)
    _print(request, environment, "json" if as_json else "csv" if as_csv else "text")


def _draw(request: SkyRequest, environment: Environment, figure: Path) -> None:
    """Draw the figure, or say why it cannot be written after all."""
    from thermal.core.errors import CaseError, Problem
    from thermal.sky.listing.plot import plot_sky

    try:
        plot_sky(environment, request.title, figure, idealised=request.idealised)
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise CaseError(Problem("cannot-write", str(figure), reason, "name another file")) from error


def _print(request: SkyRequest, environment: Environment, form: str) -> None:
    from thermal.sky.listing.text import as_csv, as_json, as_text

    writer = {"json": as_json, "csv": as_csv, "text": as_text}[form]
    click.echo(writer(request, environment), nl=False)
