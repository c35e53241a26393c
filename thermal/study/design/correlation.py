"""Inputs that move together: correlated uniform deviates by a normal copula.

Columns u of a design become Phi(L Phi^-1(u)), with L L' the correlation matrix of the normal deviates: each
input keeps its own distribution, and pairs get the rank correlation that was asked for. Each point stays a
function of itself alone, so that a design can be extended, and exchanging all columns of a group at once, as
Saltelli's design does, leaves the group's joint distribution as it is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.study.design.amount import invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SMALLEST = 1e-9
"""Least eigenvalue of a correlation matrix that can be drawn from."""
TAIL = 1e-12
"""Quantiles are kept so far from 0 and 1, whose deviates are infinite."""


class Correlation(Table):
    """Spearman's rank correlation of two inputs of an axis."""

    keys: tuple[str, str]
    rank: float = Field(gt=-1.0, lt=1.0)

    @model_validator(mode="after")
    def _of_two(self) -> Correlation:
        if self.keys[0] == self.keys[1]:
            raise invalid(f"{self.keys[0]!r} with itself", "name two inputs")
        return self


def correlation_matrix(keys: Sequence[str], correlations: Sequence[Correlation]) -> NDArray[np.float64]:
    """Pearson's correlation of the normal deviates behind each pair, (inputs, inputs).

    Their rank correlation is (6 / pi) asin(r / 2) for r of Pearson (Kruskal 1958, "Ordinal measures of
    association").

    Raises
    ------
    PydanticCustomError
        A key is no input, a pair stands twice, or no distribution has such correlations.

    """
    matrix = np.eye(len(keys))
    for one in correlations:
        strange = [key for key in one.keys if key not in keys]
        if strange:
            raise invalid(f"{strange[0]!r} is no input of this axis", f"inputs are: {', '.join(keys)}")
        row, column = (keys.index(key) for key in one.keys)
        if matrix[row, column] != 0.0:
            raise invalid(
                f"the correlation of {one.keys[0]!r} and {one.keys[1]!r} stands twice", "remove one"
            )
        matrix[row, column] = matrix[column, row] = 2.0 * math.sin(math.pi * one.rank / 6.0)
    if np.linalg.eigvalsh(matrix)[0] < SMALLEST:
        message = "the correlations contradict each other: no inputs can have all of them"
        raise invalid(message, "make some of them weaker, or give those of further pairs too")
    return matrix


def groups_of(keys: Sequence[str], correlations: Sequence[Correlation]) -> list[list[str]]:
    """Gather inputs that hang together, in the order of the first of each group."""
    groups = [[key] for key in keys]
    for one in correlations:
        first, second = (next(group for group in groups if key in group) for key in one.keys)
        if first is not second:
            first.extend(second)
            groups.remove(second)
    return sorted((sorted(group, key=keys.index) for group in groups), key=lambda group: keys.index(group[0]))


def correlated(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlate independent uniform points (n, inputs) in [0, 1]; each column stays uniform."""
    from scipy.special import ndtr, ndtri

    deviates = ndtri(np.clip(points, TAIL, 1.0 - TAIL))
    return np.asarray(ndtr(deviates @ np.linalg.cholesky(matrix).T), dtype=np.float64)
