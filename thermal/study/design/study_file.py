"""The study file: what is varied about which base, and which model answers.

.. code-block:: toml

    schema_version = 1
    title = "Which cloth, and how does the season matter?"
    model = "case"                          # or "ishigami", or "package.module:CLASS"
    base = "../cases/change5-reference.toml"

    [set]                                   # changes to the base that all members share
    "mesh.size" = "20 mm"

    [[axis]]
    kind = "list"
    key = "flag.material"
    values = ["meta_aramid", "nylon66"]

    [[axis]]
    kind = "sobol"
    count = 64
    seed = 1
    [[axis.input]]
    key = "material.ce5_flag.solar_absorptance.red_print"
    distribution = "database"

Axes multiply: a study has every combination of one patch from each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from thermal.case.reading.load import parse_toml, read_text
from thermal.case.reading.source import Source
from thermal.case.tables.base import Table
from thermal.core.errors import CaseError
from thermal.study.design.amount import invalid
from thermal.study.design.axes import GridAxis, ListAxis, ZipAxis
from thermal.study.design.problems import study_problems
from thermal.study.design.samples import LatinHypercubeAxis, MorrisAxis, SobolAxis

Axis = Annotated[
    GridAxis | ListAxis | ZipAxis | LatinHypercubeAxis | SobolAxis | MorrisAxis,
    Field(discriminator="kind"),
]


class StudyFile(Table):
    """A study as its file states it; unknown names are refused."""

    schema_version: Literal[1]
    title: str = ""
    model: str = "case"
    base: Path | None = None
    set: dict[str, Any] = Field(default_factory=dict)
    axis: tuple[Axis, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_key_once(self) -> StudyFile:
        seen: set[str] = set(self.set)
        for axis in self.axis:
            for key in axis_keys(axis):
                if key in seen:
                    raise invalid(f"{key!r} is set more than once", "keep one of them")
                seen.add(key)
        return self

    @model_validator(mode="after")
    def _case_has_a_base(self) -> StudyFile:
        if self.model == "case" and self.base is None:
            raise invalid("base is missing", 'write base = "CASE.toml"')
        return self


def axis_keys(axis: Axis) -> tuple[str, ...]:
    """Keys that an axis sets."""
    match axis:
        case GridAxis() | ListAxis():
            return (axis.key,)
        case ZipAxis():
            return axis.keys
        case _:
            return tuple(item.key for item in axis.input)


def load_study(path: Path) -> StudyFile:
    """Read and check a study file; ``base`` becomes relative to the working directory.

    Raises
    ------
    CaseError
        Everything that is wrong with the file, in one pass.

    """
    text = read_text(path)
    data = parse_toml(text, path)
    try:
        study = StudyFile.model_validate(data)
    except ValidationError as error:
        raise CaseError(study_problems(error, Source(path, text), StudyFile)) from error
    if study.base is None:
        return study
    return study.model_copy(update={"base": path.parent / study.base})
