"""From a TOML file to the checked form of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materials import textfile
from materials.problems import MaterialError, Problem
from materials.schema.locate import error_line, line_of
from materials.wording import nearest

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
        return Source(path, textfile.read_text(path, MAX_BYTES))
    except textfile.TextError as error:
        code = {"too-large": "material-too-large", "not-text": "not-toml"}.get(error.code, error.code)
        small = "a material file has some kB: give a table of some dozens of points, not raw measurements"
        advice = error.remedy or (small if error.code == "too-large" else "")
        problem = Problem(code, str(path), error.message, advice)
        raise MaterialError(problem) from error


@dataclass(frozen=True)
class Fault:
    """A problem of form, and the key it stands at."""

    path: tuple[str | int, ...]
    problem: Problem


def parse_toml(source: Source) -> dict[str, Any]:
    """Parse the text of a file.

    Raises
    ------
    MaterialError
        When it is not TOML.

    """
    try:
        return _with_dotted_names(tomllib.loads(source.text))
    except tomllib.TOMLDecodeError as error:
        line = error_line(error)
        place = f"{source.path}:{line}" if line is not None else str(source.path)
        raise MaterialError(
            Problem("not-toml", place, f"not valid TOML: {error}", "see https://toml.io for the syntax")
        ) from error
    except (RecursionError, ValueError) as error:
        message = (
            "tables are nested too deeply" if isinstance(error, RecursionError) else f"not TOML: {error}"
        )
        raise MaterialError(Problem("not-toml", str(source.path), message[:200])) from error


def _with_dotted_names(content: dict[str, Any]) -> dict[str, Any]:
    """Read ``cte.axial = {...}``, which TOML takes for a table in a table, as the quoted name it means."""
    properties = content.get("properties")
    if not isinstance(properties, dict):
        return content
    names: dict[str, Any] = {}
    for name, node in properties.items():
        if isinstance(node, dict) and node and all(isinstance(part, dict) for part in node.values()):
            names |= {f"{name}.{direction}": datum for direction, datum in node.items()}
        else:
            names[name] = node
    return {**content, "properties": names}


def check_form(source: Source, content: dict[str, Any]) -> tuple[MaterialFile | None, list[Fault]]:
    """Check the form of a file: unknown and missing keys, wrong types, uneven tables.

    Returns
    -------
    MaterialFile or None, list of Fault
        The checked form where there is no fault, and every fault otherwise.

    """
    from pydantic import ValidationError

    from materials.schema.models import MaterialFile

    try:
        return MaterialFile.model_validate(content), []
    except ValidationError as error:
        return None, [_translate(source, detail) for detail in error.errors()]


def _translate(source: Source, detail: ErrorDetails) -> Fault:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    code, message, remedy = _worded(detail, path)
    return Fault(path, source.problem(code, path, message, remedy))


def _worded(detail: ErrorDetails, path: tuple[str | int, ...]) -> tuple[str, str, str]:
    """Code, message and remedy of what pydantic found."""
    if detail["type"] == "extra_forbidden":
        return "unknown-key", "there is no such key", nearest(str(path[-1]), _fields_at(path)) or "remove it"
    if detail["type"] == "missing":
        return "missing-key", "is missing", "add it"
    if detail["type"] == "finite_number":
        return "not-finite", f"{detail['input']} is not a finite number", "give a measured value"
    if detail["type"] == "model_type":
        message = f"{str(detail['input'])[:40]!r} is not a table"
        return "material-invalid-value", message, 'write e.g. { value = 1410, unit = "kg/m3", ... }'
    message = detail["msg"].removeprefix("Value error, ")
    return "material-invalid-value", message[:1].lower() + message[1:], ""


def _fields_at(path: tuple[Any, ...]) -> list[str]:
    from materials.schema import models

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
