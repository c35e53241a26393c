"""Where a study file sets a key: problems of its members name that place, not an option nobody gave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thermal.case.reading.source import Source
from thermal.study.design.axes import GridAxis, ListAxis, ZipAxis
from thermal.study.design.study_file import axis_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from thermal.case.reading.lines import Location
    from thermal.core.errors import Problem
    from thermal.study.design.study_file import Axis, StudyFile

_OPTION = "--set "
"""What a case puts before a key that was not set in its own file."""


def key_places(path: Path, study: StudyFile) -> dict[str, str]:
    """Name the file, line and table of each key that a study sets, and of its model and base.

    Parameters
    ----------
    path
        The study file, which can be read.
    study
        What it says.

    Returns
    -------
    dict of str to str
        By key, such as ``{"flag.tilt": "study.toml:7: axis.0: flag.tilt"}``.

    """
    source = Source(path, path.read_text(encoding="utf-8-sig"))
    found = {key: _place(source, ("set", key), "set", key) for key in study.set}
    for number, axis in enumerate(study.axis):
        for index, key in enumerate(axis_keys(axis)):
            location = ("axis", number, *_steps(axis, index))
            found[key] = _place(source, location, f"axis.{number}", key)
    return found | {name: source.place((name,)) for name in ("model", "base") if name not in found}


def _steps(axis: Axis, index: int) -> Location:
    """Path within an axis of the key that is its so-manieth."""
    match axis:
        case GridAxis() | ListAxis():
            return ("key",)
        case ZipAxis():
            return ("keys",)
        case _:
            return ("input", index, "key")


def _place(source: Source, location: Location, table: str, key: str) -> str:
    return f"{source.path}:{source.line(location)}: {table}: {key}"


def placed(problem: Problem, places: Mapping[str, str]) -> Problem:
    """Let a problem of a member name the place in the study file; one of the base stays as it is.

    Parameters
    ----------
    problem
        What an evaluator found wrong with a member.
    places
        As :func:`key_places` has them.

    """
    if problem.where.startswith(_OPTION):
        wrong = problem.where.removeprefix(_OPTION)
    elif problem.where in places:
        wrong = problem.where
    elif problem.code == "unknown-key":
        # A key below a table that does not exist: the case then names the table, which stands nowhere.
        table = problem.where.rpartition(": ")[2]
        wrong = next((key for key in places if key.startswith(f"{table}.")), "")
    else:
        return problem
    place = next((place for key, place in places.items() if f"{wrong}.".startswith(f"{key}.")), None)
    return problem if place is None else replace(problem, where=place)
