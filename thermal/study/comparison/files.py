"""Candidates from result files: lives drawn from the intervals of their verdicts."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.errors import CaseError, Problem
from thermal.endurance.verdict.finding import INTERVAL, Finding, Verdict
from thermal.results.reading.opening import read_result
from thermal.results.reading.summary import part_extremes
from thermal.study.comparison.candidates import Entry
from thermal.study.comparison.draws import Draws
from thermal.study.comparison.ranking import limiting
from thermal.study.evaluation.case import verdict_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.results import Result
    from thermal.study.evaluation.evaluator import Values

CLOTH = "flag"


def entries_of(paths: Sequence[Path], seed: int, draws: int) -> tuple[list[Entry], float]:
    """Read candidates from result files, each with draws of its own; parts are named as in the files.

    Returns
    -------
    tuple
        The candidates, and the horizon of their verdicts, years.

    Raises
    ------
    CaseError
        A file is no result, or has no verdict; or verdicts look to different horizons.

    """
    labels = [path.stem for path in paths]
    unique = len(set(labels)) == len(labels)
    entries, horizons = [], {}
    for number, path in enumerate(paths):
        with read_result(path) as result:
            verdict = _verdict(result)
            label = path.stem if unique else str(path)
            entries.append(_entry(result, verdict, label, Draws(seed, draws, f"{number}:{path}")))
            horizons[str(path)] = verdict.horizon_years
    return entries, _common(horizons)


def _common(horizons: Mapping[str, float]) -> float:
    """Give the one horizon of all files, years."""
    found = sorted(set(horizons.values()))
    if len(found) > 1:
        files = {
            years: ", ".join(path for path, other in horizons.items() if other == years) for years in found
        }
        words = "; ".join(f"{years:g} years: {names}" for years, names in files.items())
        message = f"the verdicts look to different horizons ({words})"
        advice = "run the cases again with the same --years, or all without it"
        raise CaseError(Problem("compare-horizons", "", message, advice))
    return found[0]


def _verdict(result: Result) -> Verdict:
    data = result.verdict
    if "findings" not in data:
        advice = "run the case again with this version"
        raise CaseError(Problem("compare-no-verdict", str(result.path), "the result has no verdict", advice))
    return Verdict.from_json(data)


def _entry(result: Result, verdict: Verdict, label: str, draws: Draws) -> Entry:
    values: Values = {}
    for part in result.parts:
        extremes = part_extremes(result, part)
        values |= {f"{part}_min_k": extremes["min_k"], f"{part}_max_k": extremes["max_k"]}
    drawn: dict[str, dict[str, NDArray[np.float64]]] = {}
    for finding in verdict.findings:
        # Parts of the arm bear names of their own in every file.
        name = f"{finding.requirement} of {CLOTH if finding.place.part == CLOTH else 'the arm'}"
        drawn.setdefault(name, {})[finding.cause] = _drawn(finding, draws)
    return Entry(
        label,
        {**values, **verdict_answers(verdict)},
        {name: np.min(list(causes.values()), axis=0) for name, causes in drawn.items()},
        {name: limiting(causes) for name, causes in drawn.items()},
    )


def _drawn(finding: Finding, draws: Draws) -> NDArray[np.float64]:
    """Lognormal lives about the verdict's own, as wide as its interval says."""
    if finding.status == "no data":
        return np.full(draws.count, np.nan)
    low, years, high = finding.low_years, finding.years, finding.high_years
    if not 0.0 < low <= years < math.inf:
        return np.full(draws.count, years)
    ends = NormalDist().inv_cdf((1.0 + INTERVAL) / 2.0)
    sigma = math.log(high / low) / (2.0 * ends) if high < math.inf else math.log(years / low) / ends
    name = f"{finding.requirement} {finding.place.part} {finding.cause}"
    return years * np.asarray(np.exp(sigma * draws.deviates(name)))
