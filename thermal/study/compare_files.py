"""Candidates from result files: lives drawn from the intervals of their verdicts."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from thermal.endurance.finding import INTERVAL
from thermal.errors import CaseError, Problem
from thermal.results import open_result
from thermal.study.compare import Entry
from thermal.study.draws import Draws

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
        verdict = result.verdict
        values: Values = {}
        for part in result.parts:
            temperature = result.temperature(part).values
            values[f"{part}_min_k"] = float(temperature.min())
            values[f"{part}_max_k"] = float(temperature.max())
    if "findings" not in verdict:
        advice = "run the case again with this version"
        raise CaseError(Problem("compare-no-verdict", str(path), "the result has no verdict", advice))
    values["verdict"] = str(verdict["line"])
    failing = [finding for finding in verdict["findings"] if finding["status"] == "fails"]
    values["limited_by"] = str(min(failing, key=_years)["cause"]) if failing else ""
    lives: dict[str, NDArray[np.float64]] = {}
    for finding in verdict["findings"]:
        part = finding["place"]["part"]
        # Parts of the arm bear names of their own in every file.
        name = f"{finding['requirement']} of {'flag' if part == CLOTH else 'the arm'}"
        lives[name] = np.fmin(_drawn(finding, draws), lives.get(name, np.inf))
    return Entry(label, values, lives)


def _years(finding: dict[str, Any]) -> float:
    return math.inf if finding["years"] is None else float(finding["years"])


def _drawn(finding: dict[str, Any], draws: Draws) -> NDArray[np.float64]:
    """Lognormal lives about the verdict's own, as wide as its interval says."""
    if finding["status"] == "no data":
        return np.full(draws.count, np.nan)
    years = _years(finding)
    low, high = finding["low_years"], finding["high_years"]
    if not math.isfinite(years) or years <= 0.0 or not low:
        return np.full(draws.count, years)
    ends = NormalDist().inv_cdf((1.0 + INTERVAL) / 2.0)
    sigma = math.log(high / low) / (2.0 * ends) if high else math.log(years / low) / ends
    name = f"{finding['requirement']} {finding['place']['part']} {finding['cause']}"
    return years * np.asarray(np.exp(sigma * draws.deviates(name)))
