"""Candidates from result files: lives drawn from the intervals of their verdicts."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance.finding import INTERVAL, Finding, Verdict
from thermal.errors import CaseError, Problem
from thermal.results import open_result
from thermal.study.compare import Entry
from thermal.study.draws import Draws
from thermal.study.evaluate import verdict_answers
from thermal.study.ranking import limiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.study.evaluator import Values

CLOTH = "flag"


def entries_of(paths: Sequence[Path], seed: int, draws: int) -> list[Entry]:
    """Read candidates from result files, each with draws of its own; parts are named as in the files.

    Raises
    ------
    CaseError
        A file is no result, or has no verdict.

    """
    labels = [path.stem for path in paths]
    unique = len(set(labels)) == len(labels)
    return [
        _entry(path, path.stem if unique else str(path), Draws(seed, draws, f"{number}:{path}"))
        for number, path in enumerate(paths)
    ]


def _entry(path: Path, label: str, draws: Draws) -> Entry:
    with open_result(path) as result:
        data = result.verdict
        values: Values = {}
        for part in result.parts:
            temperature = result.temperature(part).values
            values[f"{part}_min_k"] = float(temperature.min())
            values[f"{part}_max_k"] = float(temperature.max())
    if "findings" not in data:
        advice = "run the case again with this version"
        raise CaseError(Problem("compare-no-verdict", str(path), "the result has no verdict", advice))
    verdict = Verdict.from_json(data)
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
