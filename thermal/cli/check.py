"""``lunarflag check``: Check a case: units, ranges, names, materials, size of the mesh."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thermal.cli.overrides import set_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thermal.case import Case
    from thermal.core.errors import Problem


@click.command("check")
@click.argument("case", type=click.Path(path_type=Path))
@set_option
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Draw the scene and the Sun's path into this file (.png, .pdf or .svg).",
)
@click.option("--force", is_flag=True, help="Replace an older picture.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (lunarflag.check/1).")
def command(
    case: Path, overrides: dict[str, str], picture: Path | None, *, force: bool, as_json: bool
) -> None:
    """Check the file CASE: units, ranges, names, materials, and the size of its mesh.

    All problems are listed in one pass (exit code 3). Nothing is built, and
    the solver is not needed. The picture shows a wrong azimuth before a run.
    """
    from thermal.core.errors import CaseError

    try:
        loaded = _checked(case, overrides)
    except CaseError as error:
        if as_json:
            click.echo(json.dumps(_refusal(error.problems), indent=2))
        raise
    summary = _summary(loaded)
    if picture is not None:
        from thermal.cli.picture import draw_scene

        draw_scene(loaded, picture, force=force)
    click.echo(json.dumps(summary, indent=2) if as_json else _table(loaded, summary))


def _checked(file: Path, overrides: dict[str, str]) -> Case:
    """Load a case and check the files that its sky and its cloth need."""
    from thermal.case import load_case
    from thermal.core.errors import CaseError
    from thermal.scene.drape_file import drape_problems
    from thermal.sky import sky_problems

    case = load_case(file, overrides)
    if found := [*sky_problems(case), *drape_problems(case)]:
        raise CaseError(found)
    return case


def _refusal(problems: Sequence[Problem]) -> dict[str, Any]:
    rows = [
        {"code": item.code, "where": item.where, "message": item.message, "remedy": item.remedy}
        for item in problems
    ]
    return {"schema": "lunarflag.check/1", "valid": False, "problems": rows}


def _summary(case: Case) -> dict[str, Any]:
    """Collect what a user wants to see before a run."""
    from thermal.case.checks.advice import advice_on
    from thermal.scene.estimate import estimate

    mesh = estimate(case)
    parts = [{"name": "flag", "material": case.flag.material, "surfaces": _flag_surfaces(case)}]
    parts += [
        {"name": tube.name, "material": tube.material, "surfaces": [tube.surface, tube.inside_surface]}
        for tube in case.tube
    ]
    return {
        "schema": "lunarflag.check/1",
        "valid": True,
        "problems": [],
        "title": case.title,
        "sha256": case.sha256,
        "parts": [
            {**part, "unknowns": mesh.vertices[str(part["name"])], "cells": mesh.cells[str(part["name"])]}
            for part in parts
        ],
        "mesh": {
            "unknowns": mesh.total,
            "cells": sum(mesh.cells.values()),
            "memory_bytes": mesh.memory_bytes,
        },
        "advice": advice_on(case),
    }


def _flag_surfaces(case: Case) -> list[str]:
    return [case.flag.front_surface, case.flag.back_surface]


def _table(case: Case, summary: dict[str, Any]) -> str:
    """Write the summary for a reader."""
    from datetime import timedelta

    from thermal.core.constants import LUNATION

    end = case.sky.start + timedelta(seconds=case.run.duration)
    span = f"{case.sky.start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"
    count = f"{case.run.duration / LUNATION:.3g}"
    lunations = f"{count} {'lunation' if count == '1' else 'lunations'}"
    mesh = summary["mesh"]
    lines = [
        f"{case.path} is valid",
        f"  title   {case.title}",
        f"  site    {_degrees(case.site.latitude, 'N', 'S')}, {_degrees(case.site.longitude, 'E', 'W')}",
        f"  sky     {case.sky.model}, normal albedo {case.sky.albedo:g}",
        f"  run     {case.run.mode}, {span} UTC ({lunations})",
        f"  flag    {case.flag.width * 1e3:g} x {case.flag.height_of_cloth * 1e3:g} mm",
        "  part            material         surfaces                      unknowns     cells",
    ]
    for part in summary["parts"]:
        surfaces = " | ".join(dict.fromkeys(part["surfaces"]))
        sizes = f"{part['unknowns']:>10,}{part['cells']:>10,}"
        lines.append(f"    {part['name']:<13} {part['material']:<16} {surfaces:<27} {sizes}")
    lines.append(
        f"  mesh    about {mesh['unknowns']:,} unknowns, {mesh['cells']:,} cells, "
        f"{mesh['memory_bytes'] / 1e6:,.0f} MB"
    )
    lines += [f"  note    {note}" for note in summary["advice"]]
    return "\n".join(lines)


def _degrees(angle: float, positive: str, negative: str) -> str:
    degrees = (math.degrees(angle) + 180.0) % 360.0 - 180.0
    return f"{abs(degrees):.4g} {positive if degrees >= 0 else negative}"
