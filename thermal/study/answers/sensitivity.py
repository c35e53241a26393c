"""Which input the spread of an answer comes from: Sobol indices and Morris effects, by SALib.

A study with further axes beside the sampled one has one set of sensitivities for each combination of them.
Blocks of the design that hold a failed member, or an answer that is not finite, are left out and counted.
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

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.study.answers.table import Row, Table
    from thermal.study.design.study_file import StudyFile

NOT_ANSWERS = frozenset({"ledger_residual"})
"""Columns that measure the computation, not the flag."""

FEWEST_BLOCKS = 4
"""Blocks of a design below which no index is given."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How much one answer owes to one input.

    Parameters
    ----------
    group
        The other axes' values, ``"key=value, ..."``; empty when there are none.
    answer, input
        Names.
    first, first_confidence, total, total_confidence
        Sobol indices with the half width of their 95 % interval; NaN for a Morris design. The first-order
        index is the share of the variance that knowing this input exactly would take away.
    effect, effect_confidence
        Morris: mean of the absolute elementary effects, over the unit interval; NaN for a Sobol design.
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
    spread: float
    spread_if_known: float
    blocks: int
    dropped: int

    @property
    def weight(self) -> float:
        """What inputs are ranked by."""
        return self.effect if math.isnan(self.first) else self.first


def sensitivities(study: StudyFile, table: Table) -> list[Sensitivity]:
    """Analyse every answer of a study that varies; within a group and answer the weightiest input first."""
    found: list[Sensitivity] = []
    for axis in study.axis:
        if isinstance(axis, SobolAxis | MorrisAxis):
            for group, rows in _groups(table, {item.key for item in axis.input}):
                for answer in table.names:
                    if answer not in NOT_ANSWERS and not table.is_text(answer):
                        found += _analyse(axis, group, answer, _answers(table, rows, answer))
    return found


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
    if len(used) < FEWEST_BLOCKS or float(np.ptp(used)) == 0.0:
        return []
    columns = _sobol(axis, used) if isinstance(axis, SobolAxis) else _morris(axis, whole, used)
    spread = float(used.std())
    found = []
    for item, indices in zip(axis.input, columns.T, strict=True):
        first, first_confidence, total, total_confidence, effect, effect_confidence = (
            float(index) for index in indices
        )
        found.append(
            Sensitivity(
                group=group,
                answer=answer,
                input=item.key,
                first=first,
                first_confidence=first_confidence,
                total=total,
                total_confidence=total_confidence,
                effect=effect,
                effect_confidence=effect_confidence,
                spread=spread,
                spread_if_known=spread * math.sqrt(max(0.0, 1.0 - first)),
                blocks=len(used),
                dropped=len(blocks) - len(used),
            )
        )
    return sorted(found, key=lambda one: -one.weight)


def _sobol(axis: SobolAxis, used: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows first, its confidence, total, its confidence, effect, its confidence; one column an input."""
    from SALib.analyze import sobol  # noqa: PLC0415  (slow to import)

    # Centred and scaled: the estimators multiply answers, and a large mean would drown the differences.
    centred = (used.ravel() - used.mean()) / used.std()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # an input without effect divides by zero on the way
        result = sobol.analyze(axis.problem(), centred, calc_second_order=False, seed=axis.seed)
    nothing = np.full(len(axis.input), np.nan)
    return np.array([result["S1"], result["S1_conf"], result["ST"], result["ST_conf"], nothing, nothing])


def _morris(axis: MorrisAxis, whole: NDArray[np.bool_], used: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows as :func:`_sobol` has them."""
    from SALib.analyze import morris  # noqa: PLC0415  (slow to import)

    points = axis.design().reshape(len(whole), axis.block, -1)[whole].reshape(used.size, -1)
    result = morris.analyze(axis.problem(), points, used.ravel(), num_levels=axis.levels, seed=axis.seed)
    nothing = np.full(len(axis.input), np.nan)
    effect, confidence = np.asarray(result["mu_star"]), np.asarray(result["mu_star_conf"])
    return np.array([nothing, nothing, nothing, nothing, effect, confidence])


def write_sensitivities(found: list[Sensitivity], path: Path) -> None:
    """Write the indices as CSV, one row an answer and input."""
    partial = path.with_suffix(".partial")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Sensitivity)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in found)
    partial.rename(path)
