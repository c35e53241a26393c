"""What the verbs of ``lunarflag materials`` share: options, and how their texts are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials import Database

directories = click.option(
    "--materials",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A directory of your own materials; they override. Also: LUNARFLAG_MATERIALS.",
)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
force_option = click.option("--force", is_flag=True, help="Replace an older picture.")
at_option = click.option(
    "--at", default="293 K", show_default=True, help='Temperature, such as "150 K" or "-100 degC".'
)


def read_database(paths: Sequence[Path]) -> Database:
    """Load the shipped materials and those of the given directories."""
    from materials import load_database

    return load_database(paths)


def material_files(path: Path) -> list[Path]:
    """Return the material files of a folder, or the file itself.

    Raises
    ------
    MaterialError
        The folder has none, or holds a name twice.

    """
    from materials.database import files_in
    from materials.problems import MaterialError, Problem

    if not path.is_dir():
        return [path]
    found = sorted(files_in(path).values())
    if not found:
        advice = "name a folder that holds .toml files of materials"
        raise MaterialError(Problem("cannot-read", str(path), "no material files in this folder", advice))
    return found


def read_kelvin(text: str) -> float:
    """Read the temperature of ``--at``, K.

    Raises
    ------
    CaseError
        It is no temperature with its unit, or none above absolute zero.

    """
    from materials.units import QuantityError, parse
    from thermal.core.errors import CaseError, Problem

    try:
        kelvin = parse(text, "K", "150 K")
    except QuantityError as error:
        raise CaseError(Problem(error.code, "--at", error.message, error.remedy)) from error
    if kelvin <= 0.0:
        advice = 'it must be above 0 K, e.g. "150 K"'
        raise CaseError(Problem("out-of-range", "--at", f'"{text}" is out of range', advice))
    return kelvin


def print_json(verb: str, content: dict[str, Any]) -> None:
    """Print JSON of the schema ``lunarflag.materials.VERB/1``."""
    click.echo(
        json.dumps({"schema": f"lunarflag.materials.{verb}/1", **content}, indent=2, ensure_ascii=False)
    )
