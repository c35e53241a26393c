"""What the verbs of ``lunarflag materials`` share: options, and how their texts are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials import Database

FORMATS: Final = (".png", ".svg", ".pdf")

directories = click.option(
    "--materials",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A directory of your own materials; they override. Also: LUNARFLAG_MATERIALS.",
)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
at_option = click.option(
    "--at", default="293 K", show_default=True, help='Temperature, such as "150 K" or "-100 degC".'
)


def read_database(paths: Sequence[Path]) -> Database:
    """Load the shipped materials and those of the given directories."""
    from materials import load_database  # noqa: PLC0415  (help must not wait for the database)

    return load_database(paths)


def material_files(path: Path) -> list[Path]:
    """Return the material files of a folder, or the file itself."""
    from materials.database import files_in  # noqa: PLC0415  (help must not wait for the database)

    return sorted(files_in(path).values()) if path.is_dir() else [path]


def read_kelvin(text: str) -> float:
    """Read the temperature of ``--at``, K.

    Raises
    ------
    CaseError
        It is no temperature with its unit.

    """
    from thermal.errors import CaseError, Problem  # noqa: PLC0415  (help must not wait for pint)
    from thermal.units import QuantityError, parse  # noqa: PLC0415

    try:
        return parse(text, "K", "150 K")
    except QuantityError as error:
        raise CaseError(Problem(error.code, "--at", error.message, error.remedy)) from error


def check_picture(path: Path) -> Path:
    """Return the path of a picture that can be written.

    Raises
    ------
    CaseError
        Its ending is not known, or its folder does not exist.

    """
    from thermal.errors import CaseError, Problem  # noqa: PLC0415  (help must not wait for it)

    if path.suffix not in FORMATS:
        advice = f"end the name in {', '.join(FORMATS)}"
        raise CaseError(Problem("figure-format", str(path), "this ending is not known", advice))
    if not path.parent.is_dir():
        message = f"there is no folder {path.parent}"
        raise CaseError(Problem("cannot-write", str(path), message, "make the folder, or name another"))
    return path


def print_json(verb: str, content: dict[str, Any]) -> None:
    """Print JSON of the schema ``lunarflag.materials.VERB/1``."""
    click.echo(
        json.dumps({"schema": f"lunarflag.materials.{verb}/1", **content}, indent=2, ensure_ascii=False)
    )
