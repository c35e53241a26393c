"""Axes of a study that the user spells out: grids, lists, and keys that move together."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.study.design.amount import invalid, override_text, read_amount

Patch = dict[str, str]
"""Override texts by case key or material property."""


class GridAxis(Table):
    """``count`` equally spaced values of one key, both ends included."""

    kind: Literal["grid"]
    key: str = Field(min_length=1)
    low: float | str
    high: float | str
    count: int = Field(ge=2)

    @model_validator(mode="after")
    def _same_dimension(self) -> GridAxis:
        read_amount(self.high).magnitude_in(read_amount(self.low).unit)
        return self

    @property
    def size(self) -> int:
        """Number of patches."""
        return self.count

    def patches(self) -> list[Patch]:
        """One patch a value, in ascending order of position along the axis."""
        low = read_amount(self.low)
        values = np.linspace(low.magnitude, read_amount(self.high).magnitude_in(low.unit), self.count)
        return [{self.key: low.with_magnitude(float(value))} for value in values]


class ListAxis(Table):
    """Any values of one key."""

    kind: Literal["list"]
    key: str = Field(min_length=1)
    values: tuple[Any, ...] = Field(min_length=1)

    @property
    def size(self) -> int:
        """Number of patches."""
        return len(self.values)

    def patches(self) -> list[Patch]:
        """One patch a value, in the order of the file."""
        return [{self.key: override_text(value)} for value in self.values]


class ZipAxis(Table):
    """Several keys that move together: one row of values a member."""

    kind: Literal["zip"]
    keys: tuple[str, ...] = Field(min_length=2)
    rows: tuple[tuple[Any, ...], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rectangular(self) -> ZipAxis:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.keys):
                raise invalid(
                    f"row {number} has {len(row)} values for {len(self.keys)} keys", "one for each key"
                )
        return self

    @property
    def size(self) -> int:
        """Number of patches."""
        return len(self.rows)

    def patches(self) -> list[Patch]:
        """One patch a row, in the order of the file."""
        return [
            {key: override_text(value) for key, value in zip(self.keys, row, strict=True)}
            for row in self.rows
        ]
