"""Problems of a study file from the errors of pydantic."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from thermal.core.errors import Problem
from thermal.study.design.axes import GridAxis, ListAxis, ZipAxis
from thermal.study.design.bounded import Empirical, Triangular, Uniform
from thermal.study.design.correlation import Correlation
from thermal.study.design.normals import FromDatabase, Lognormal, Normal
from thermal.study.design.samples import LatinHypercubeAxis, MorrisAxis, SobolAxis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from thermal.case.reading.source import Source

_KINDS: dict[int | str, type[BaseModel]] = {
    "grid": GridAxis,
    "list": ListAxis,
    "zip": ZipAxis,
    "latin_hypercube": LatinHypercubeAxis,
    "sobol": SobolAxis,
    "morris": MorrisAxis,
    "uniform": Uniform,
    "triangular": Triangular,
    "empirical": Empirical,
    "normal": Normal,
    "lognormal": Lognormal,
    "database": FromDatabase,
}
"""Tables that differ by their kind; pydantic puts the kind into the place of an error."""

_SEE = "see docs/studies.md"


def study_problems(error: ValidationError, source: Source, root: type[BaseModel]) -> Iterator[Problem]:
    """Convert the errors of a validation.

    Parameters
    ----------
    error
        What pydantic raised on the data of a study file.
    source
        Where the data came from.
    root
        Model of the whole file.

    """
    for detail in error.errors(include_url=False):
        location = tuple(step for step in detail["loc"] if step not in _KINDS)
        if detail["type"] == "too_short" and location[-1:] in {("axis",), ("input",)} and detail["input"]:
            continue  # pydantic counts only the valid elements, and those that are not are reported already
        yield _problem(detail, source.place(location), root)


def _problem(detail: ErrorDetails, where: str, root: type[BaseModel]) -> Problem:
    kind, name = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        kinds = [step for step in detail["loc"] if step in _KINDS]
        model = _KINDS[kinds[-1]] if kinds else root
        if "correlation" in detail["loc"]:
            model = Correlation
        near = difflib.get_close_matches(name, model.model_fields, n=1)
        remedy = f'did you mean "{near[0]}"?' if near else f"known here: {', '.join(model.model_fields)}"
        return Problem("unknown-key", where, f'"{name}" is unknown', remedy)
    if kind == "missing":
        return Problem("missing-key", where, f"{name} is missing", _SEE)
    context = detail.get("ctx", {})
    if "remedy" in context:
        return Problem(kind, where, detail["msg"], context["remedy"])
    return Problem("study-invalid", where, f"{detail['input']!r}: {detail['msg'].lower()}", _SEE)
