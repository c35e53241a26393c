"""From a TOML file to the checked form of it: every problem of the file in one pass."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from materials.problems import MaterialError, Problem
from materials.schema.locate import error_line, line_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from materials.schema.models import MaterialFile

MAX_BYTES = 2_000_000


class Source:
    """The text of one file and how to say where something is in it.

    Parameters
    ----------
    path
        The file.
    text
        Its content.

    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    def where(self, path: Sequence[str | int]) -> str:
        """File, line and key, such as ``nylon66.toml:12: properties.density.unit``."""
        line = line_of(self.text, path)
        place = f"{self.path}:{line}" if line is not None else str(self.path)
        key = ".".join(f'"{part}"' if "." in str(part) else str(part) for part in path)
        return f"{place}: {key}" if key else place

    def problem(self, code: str, path: Sequence[str | int], message: str, remedy: str = "") -> Problem:
        """Return a problem placed at a key of this file."""
        return Problem(code, self.where(path), message, remedy)


def read_text(path: Path) -> Source:
    """Read a material file as text.

    Raises
    ------
    MaterialError
        When it cannot be read, is too large or is not UTF-8.

    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise MaterialError(
                Problem(
                    "material-too-large",
                    str(path),
                    f"the file has {size / 1e6:.0f} MB, a material file {MAX_BYTES / 1e6:.0f} MB at most",
                    "keep measured curves of many points outside and give a table of some dozens",
                )
            )
        return Source(path, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MaterialError(Problem("cannot-read", str(path), f"cannot be read: {error.strerror}")) from error
    except UnicodeDecodeError as error:
        raise MaterialError(
            Problem("not-toml", str(path), "the file is not UTF-8 text, so not TOML")
        ) from error


def parse(source: Source) -> MaterialFile:
    """Check the form of a file.

    Raises
    ------
    MaterialError
        With every problem of form: TOML syntax, unknown and missing keys, wrong types, uneven tables.

    """
    from pydantic import ValidationError  # noqa: PLC0415  (slow to import, needed only to read a file)

    from materials.schema.models import MaterialFile  # noqa: PLC0415  (imports pydantic)

    try:
        content = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        line = error_line(error)
        place = f"{source.path}:{line}" if line is not None else str(source.path)
        raise MaterialError(
            Problem("not-toml", place, f"not valid TOML: {error}", "see https://toml.io for the syntax")
        ) from error
    try:
        return MaterialFile.model_validate(content)
    except ValidationError as error:
        raise MaterialError([_translate(source, detail) for detail in error.errors()]) from error


def _translate(source: Source, detail: ErrorDetails) -> Problem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    if detail["type"] == "extra_forbidden":
        near = get_close_matches(str(path[-1]), _fields_at(path), n=1)
        remedy = f"did you mean {near[0]!r}?" if near else "remove it"
        return source.problem("unknown-key", path, "there is no such key", remedy)
    if detail["type"] == "missing":
        return source.problem("missing-key", path, "is missing", "add it")
    if detail["type"] == "finite_number":
        return source.problem(
            "not-finite", path, f"{detail['input']} is not a finite number", "give a measured value"
        )
    message = detail["msg"].removeprefix("Value error, ")
    return source.problem("material-invalid-value", path, message[:1].lower() + message[1:])


def _fields_at(path: tuple[Any, ...]) -> list[str]:
    from materials.schema import models  # noqa: PLC0415  (see parse)

    model: type[BaseModel] = models.Datum
    if len(path) == 1:
        model = models.MaterialFile
    elif path[0] == "surfaces" and len(path) == 3:
        model = models.SurfaceModel
    elif "extension" in path[:-1]:
        model = models.Extension
    elif path[0] == "construction":
        model = models.Construction
    elif path[0] == "alternative":
        model = models.AlternativeDatum
    return [field.alias or name for name, field in model.model_fields.items()]
