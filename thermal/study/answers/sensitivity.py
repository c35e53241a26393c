"""Which input the spread of an answer comes from: Sobol indices and Morris effects, by SALib.

A study with further axes beside the sampled one has one set of sensitivities for each combination of them.
Blocks of the design that hold a failed member, or an answer that is not finite, are left out and counted. A
life without end is not finite: lives are then analysed a second time as the logarithm of the life up to the
horizon. What cannot be analysed is said.
"""

from __future__ import annotations

import csv
import math
import warnings
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from thermal.study.design.samples import MorrisAxis, SobolAxis
from thermal.study.evaluation.case import HORIZON_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.study.answers.table import Row, Table
    from thermal.study.design.study_file import StudyFile

NOT_ANSWERS = frozenset({"ledger_residual"})
"""Columns that measure the computation, not the flag."""

FEWEST_BLOCKS = 4
"""Blocks of a design below which no index is given."""
ROUNDING = 1e-9
"""Spread over size below which an answer is constant: solvers repeat themselves to about 1e-12."""
SHORTEST_YEARS = 1e-3
"""Lives below this count as this in the logarithm, as those beyond the horizon count as the horizon."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How much one answer owes to one input.

    Parameters
    ----------
    group
        The other axes' values, ``"key=value, ..."``; empty when there are none.
    answer, input
        Names; correlated inputs are one, ``"a + b"``.
    first, first_confidence, total, total_confidence
        Sobol indices with the half width of their 95 % interval; NaN for a Morris design. The first-order
        index is the share of the variance that knowing this input exactly would take away.
    effect, effect_confidence
        Morris: mean of the absolute elementary effects (mu*), over the unit interval; NaN for a Sobol design.
    mean_effect, effect_deviation
        Morris: mean of the elementary effects (mu), whose sign says which way the answer goes, and their
        standard deviation (sigma), large where the effect is not linear or depends on other inputs.
    spread
        Standard deviation of the answer.
    spread_if_known
        What would be left of it if this input were known exactly: spread * sqrt(1 - first).
    blocks, dropped
        Blocks of the design that were used, and left out.

    """

    group: str
    answer: str
    input: str
    first: float
    first_confidence: float
    total: float
    total_confidence: float
    effect: float
    effect_confidence: float
    mean_effect: float
    effect_deviation: float
    spread: float
    spread_if_known: float
    blocks: int
    dropped: int

    @property
    def weight(self) -> float:
        """What inputs are ranked by."""
        return self.effect if math.isnan(self.first) else self.first


@dataclass(frozen=True, slots=True)
class Analysis:
    """Sensitivities of a study, and why some answers have none.

    Parameters
    ----------
    found
        Within a group and answer the weightiest input first.
    notes
        One sentence for each group and answer that could not be analysed.

    """

    found: tuple[Sensitivity, ...]
    notes: tuple[str, ...]


def sensitivities(study: StudyFile, table: Table) -> Analysis:
    """Analyse every answer of a study."""
    found: list[Sensitivity] = []
    notes: list[str] = []
    for axis in study.axis:
        if not isinstance(axis, SobolAxis | MorrisAxis):
            continue
        for group, rows in _groups(table, {item.key for item in axis.input}):
            for answer in table.names:
                if answer in NOT_ANSWERS or table.is_text(answer):
                    continue
                values = _answers(table, rows, answer)
                for name, given in _ways(answer, values):
                    reason = _why_not(axis, given)
                    if reason:
                        notes.append(f"{name}{f' ({group})' if group else ''}: {reason}")
                    else:
                        found += _analyse(axis, group, name, given)
    return Analysis(tuple(found), tuple(dict.fromkeys(notes)))


def _ways(answer: str, values: NDArray[np.float64]) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Give an answer as it is, and where some lives never end their logarithm too, which is finite."""
    yield answer, values
    if answer.endswith("_years") and np.isposinf(values).any():
        bounded = np.log10(np.clip(values, SHORTEST_YEARS, HORIZON_YEARS))
        yield f"log10 of {answer}, at most {HORIZON_YEARS:g}", bounded


def _why_not(axis: SobolAxis | MorrisAxis, values: NDArray[np.float64]) -> str:
    """Say why an answer has no sensitivities; empty where it has."""
    blocks = values.reshape(-1, axis.block)
    used = blocks[np.isfinite(blocks).all(axis=1)]
    word = "trajectories" if isinstance(axis, MorrisAxis) else "blocks"
    if len(blocks) < FEWEST_BLOCKS:
        return (
            f"no sensitivities from {len(blocks)} {word}: at least {FEWEST_BLOCKS} are needed; write "
            f"count = {FEWEST_BLOCKS} and extend the plan by: lunarflag sweep plan STUDY.toml -o DIR --extend"
        )
    if len(used) < FEWEST_BLOCKS:
        return (
            f"no sensitivities: {len(blocks) - len(used)} of {len(blocks)} {word} hold a member without a "
            f"finite answer, and at least {FEWEST_BLOCKS} without are needed"
        )
    if float(np.ptp(used)) <= ROUNDING * float(np.abs(used).max()):
        return f"constant at {float(used.flat[0]):.6g}: no input has an effect"
    return ""


def _groups(table: Table, sampled: set[str]) -> Iterator[tuple[str, list[Row]]]:
    """Rows of each combination of the other axes, in the order of the design."""

    def label(row: Row) -> str:
        return ", ".join(f"{key}={text}" for key, text in row.member.patch.items() if key not in sampled)

    for group, rows in groupby(sorted(table.rows, key=label), key=label):
        yield group, list(rows)


def _answers(table: Table, rows: list[Row], answer: str) -> NDArray[np.float64]:
    return np.array([table.number(row, answer) for row in rows])


def _analyse(
    axis: SobolAxis | MorrisAxis, group: str, answer: str, values: NDArray[np.float64]
) -> list[Sensitivity]:
    blocks = values.reshape(-1, axis.block)
    whole = np.asarray(np.isfinite(blocks).all(axis=1))
    used = blocks[whole]
    columns = _sobol(axis, used) if isinstance(axis, SobolAxis) else _morris(axis, whole, used)
    spread = float(used.std())
    found = []
    for name, indices in zip(axis.groups, columns.T, strict=True):
        first, first_confidence, total, total_confidence, effect, effect_confidence, mean, deviation = (
            float(index) for index in indices
        )
        found.append(
            Sensitivity(
                group=group,
                answer=answer,
                input=name,
                first=first,
                first_confidence=first_confidence,
                total=total,
                total_confidence=total_confidence,
                effect=effect,
                effect_confidence=effect_confidence,
                mean_effect=mean,
                effect_deviation=deviation,
                spread=spread,
                spread_if_known=spread * math.sqrt(max(0.0, 1.0 - first)),
                blocks=len(used),
                dropped=len(blocks) - len(used),
            )
        )
    return sorted(found, key=lambda one: -one.weight)


def _sobol(axis: SobolAxis, used: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows first, total and mu*, each with its confidence, then mu and sigma; a column an input."""
    from SALib.analyze import sobol

    # Centred and scaled: the estimators multiply answers, and a large mean would drown the differences.
    centred = (used.ravel() - used.mean()) / used.std()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # an input without effect divides by zero on the way
        result = sobol.analyze(axis.problem(), centred, calc_second_order=False, seed=axis.seed)
    nothing = np.full(len(axis.groups), np.nan)
    return np.array([result["S1"], result["S1_conf"], result["ST"], result["ST_conf"], *[nothing] * 4])


def _morris(axis: MorrisAxis, whole: NDArray[np.bool_], used: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows as :func:`_sobol` has them."""
    from SALib.analyze import morris

    design = axis.design()[: whole.size * axis.block]  # the study file may ask for more than was planned
    points = design.reshape(len(whole), axis.block, -1)[whole].reshape(used.size, -1)
    result = morris.analyze(axis.problem(), points, used.ravel(), num_levels=axis.levels, seed=axis.seed)
    nothing = np.full(len(axis.input), np.nan)
    effect, confidence = np.asarray(result["mu_star"]), np.asarray(result["mu_star_conf"])
    return np.array([*[nothing] * 4, effect, confidence, result["mu"], result["sigma"]], dtype=np.float64)


def write_sensitivities(found: Sequence[Sensitivity], path: Path) -> None:
    """Write the indices as CSV, one row an answer and input."""
    partial = path.with_suffix(".partial")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Sensitivity)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in found)
    partial.rename(path)
