"""Compare candidates: one run each with the data as they stand, and draws of what is uncertain."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

import materials
from thermal.case import load_case
from thermal.core.errors import CaseError, MaterialError, Problem
from thermal.study.comparison.ranking import interval, limiting, probability_of_best
from thermal.study.design.axes import ZipAxis
from thermal.study.design.study_file import StudyFile
from thermal.study.evaluation.candidate import CAUSE, LIFE, parse_lives

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.study.answers.table import Row, Table
    from thermal.study.evaluation.evaluator import Values


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cloth that might be taken.

    Parameters
    ----------
    label
        Unique name in the table.
    material, surface
        In the database; an empty surface keeps those of the base case.

    """

    label: str
    material: str
    surface: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidate with what was found of it.

    Parameters
    ----------
    name
        Its label.
    values
        Answers of the run with the data as they stand.
    lives
        Times to failure by requirement and part, years, (draws,); infinite for never, NaN without data.
    causes
        What most of them end by, in words, by requirement and part.
    error
        Why it could not be run; empty otherwise.

    """

    name: str
    values: Values = field(default_factory=dict)
    lives: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    causes: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of the ranking, or of the list of those that cannot be ranked.

    Parameters
    ----------
    entry
        The candidate.
    probability_best
        Share of draws in which it lives longest; NaN where it is not ranked.
    life
        Lower end, median and upper end of the 90 % interval of its life, years.
    limited_by
        What ends the life in most draws, in words; empty where nothing does.
    missing
        What it lacks.

    """

    entry: Entry
    probability_best: float
    life: tuple[float, float, float]
    limited_by: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first; apart, those that lack data or failed; and what nobody has data for."""

    ranked: tuple[Ranked, ...]
    apart: tuple[Ranked, ...]
    ignored: tuple[str, ...]
    horizon_years: float


def read_candidates(texts: Sequence[str]) -> list[Candidate]:
    """Read ``NAME`` or ``NAME:SURFACE``; a candidate that is named twice gets a number.

    Raises
    ------
    CaseError
        A text is empty.

    """
    found: list[Candidate] = []
    for text in texts:
        material, _, surface = text.partition(":")
        if not material:
            raise CaseError(Problem("study-invalid", "--flag", f"{text!r} names no material", "write a name"))
        same = sum(one.material == material and one.surface == surface for one in found)
        found.append(Candidate(f"{text} ({same + 1})" if same else text, material, surface))
    return found


def comparison(
    base: Path,
    candidates: Sequence[Candidate],
    common: Mapping[str, str],
    *,
    runs: int,
    draws: int,
    seed: int,
) -> StudyFile:
    """Write the comparison as a study: one member a candidate and run.

    Parameters
    ----------
    base
        The case.
    candidates
        Which cloths.
    common
        Overrides for all, such as the arm's material.
    runs
        Runs with drawn data beside the one with the data as they stand.
    draws
        Lives drawn in all of a candidate's runs together.
    seed
        Of all draws.

    Raises
    ------
    CaseError
        The base case is invalid.
    MaterialError
        A candidate is no material of the database, or names a surface that the material does not have.

    """
    _check_names(candidates)
    share = math.ceil(draws / runs) if runs else draws
    flag = load_case(base, common).flag
    sides = {
        f"flag.{side}": state
        for side, state in (("surface", flag.surface), ("front", flag.front), ("back", flag.back))
        if state is not None
    }
    keys = ("compare.candidate", "compare.run", "compare.draws", "flag.material", *sides)
    rows = tuple(
        (
            one.label,
            str(run),
            "0" if runs and run == 0 else str(share),
            one.material,
            *(one.surface or state for state in sides.values()),
        )
        for one in candidates
        for run in range(runs + 1)
    )
    return StudyFile(
        schema_version=1,
        title="Comparison of flags",
        model="candidate",
        base=base,
        set={**common, "compare.seed": str(seed)},
        axis=(ZipAxis(kind="zip", keys=keys, rows=rows),),
    )


def _check_names(candidates: Sequence[Candidate]) -> None:
    database = materials.load_database()
    problems: list[Problem] = []
    for one in candidates:
        try:
            database.path(one.material)
            if one.surface:
                database[one.material].surface(one.surface)
        except MaterialError as error:
            problems += error.problems
    if problems:
        raise MaterialError(problems)


def gather(candidates: Sequence[Candidate], table: Table) -> list[Entry]:
    """Put the members of a comparison together, one entry a candidate."""
    return [
        _entry(one, [row for row in table.rows if row.member.patch["compare.candidate"] == one.label])
        for one in candidates
    ]


def _entry(candidate: Candidate, rows: Sequence[Row]) -> Entry:
    error = next((row.error or "it was not run" for row in rows if row.status != "ok"), "")
    if error:
        return Entry(candidate.label, error=error)
    lives: dict[str, list[float]] = {}
    causes: dict[str, Counter[str]] = {}
    for row in rows:
        for name, text in row.values.items():
            if name.startswith(LIFE):
                lives.setdefault(name.removeprefix(LIFE), []).extend(parse_lives(str(text)))
            elif name.startswith(CAUSE) and text:
                causes.setdefault(name.removeprefix(CAUSE), Counter())[str(text)] += 1
    return Entry(
        candidate.label,
        rows[0].values,
        {name: np.array(years) for name, years in lives.items()},
        {name: counts.most_common(1)[0][0] for name, counts in causes.items()},
    )


def rank(entries: Sequence[Entry], horizon_years: float) -> Ranking:
    """Rank candidates by the life that their first failure leaves them.

    A requirement for which no candidate has data cannot tell them apart and is left out. A candidate that
    lacks data for one of the others is not ranked.
    """
    runnable = [entry for entry in entries if not entry.error]
    names = dict.fromkeys(name for entry in runnable for name in entry.lives)
    known = [name for name in names if any(_has(entry, name) for entry in runnable)]
    apart = [_apart(entry, (entry.error,)) for entry in entries if entry.error]
    complete = []
    for entry in runnable:
        missing = tuple(name for name in known if not _has(entry, name))
        if missing:
            apart.append(_apart(entry, missing))
        else:
            complete.append(entry)
    ignored = tuple(name for name in names if name not in known)
    if not complete:
        return Ranking((), tuple(apart), ignored, horizon_years)
    lives = np.array([np.min([entry.lives[name] for name in known], axis=0) for entry in complete])
    chances = probability_of_best(lives, horizon_years)
    rows = [
        Ranked(entry, float(chance), interval(years), _limit(entry, known, horizon_years))
        for entry, chance, years in zip(complete, chances, lives, strict=True)
    ]
    rows.sort(key=lambda row: (-row.probability_best, -row.life[1], row.entry.name))
    return Ranking(tuple(rows), tuple(apart), ignored, horizon_years)


def _limit(entry: Entry, names: Sequence[str], horizon_years: float) -> str:
    """Say in words what ends most lives of a candidate within the horizon."""
    name = limiting({name: entry.lives[name] for name in names}, horizon_years)
    return entry.causes.get(name, name.replace("_", " "))


def _has(entry: Entry, name: str) -> bool:
    return name in entry.lives and not bool(np.isnan(entry.lives[name]).any())


def _apart(entry: Entry, missing: tuple[str, ...]) -> Ranked:
    return Ranked(entry, math.nan, (math.nan, math.nan, math.nan), missing=missing)
