"""Inputs between two ends: uniform, triangular, and as measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field, model_validator

from thermal.study.design.amount import invalid, read_amount
from thermal.study.design.input_table import InputTable

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Uniform(InputTable):
    """Every value between ``low`` and ``high`` is as likely as any other."""

    distribution: Literal["uniform"]
    low: float | str
    high: float | str

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        low = read_amount(self.low)
        if read_amount(self.high).magnitude_in(low.unit) <= low.magnitude:
            raise invalid(f"high = {self.high!r} is not above low = {self.low!r}", "exchange them")
        return self

    def texts(self, quantiles: NDArray[np.float64]) -> list[str]:
        """Override texts at the given quantiles, (n,) in [0, 1]."""
        low = read_amount(self.low)
        span = read_amount(self.high).magnitude_in(low.unit) - low.magnitude
        return [low.with_magnitude(low.magnitude + span * float(q)) for q in quantiles]


class Triangular(InputTable):
    """Between ``low`` and ``high``, densest at ``mode``: what is known of a guess with a best value."""

    distribution: Literal["triangular"]
    low: float | str
    mode: float | str
    high: float | str

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        low, mode, high = self._ends()
        if not low <= mode <= high or low == high:
            raise invalid(
                f"low = {self.low!r}, mode = {self.mode!r}, high = {self.high!r} do not ascend",
                "write the lowest, the most likely and the highest value",
            )
        return self

    def _ends(self) -> tuple[float, float, float]:
        low = read_amount(self.low)
        mode, high = (read_amount(value).magnitude_in(low.unit) for value in (self.mode, self.high))
        return low.magnitude, mode, high

    def texts(self, quantiles: NDArray[np.float64]) -> list[str]:
        """Override texts at the given quantiles, (n,) in [0, 1]."""
        low, mode, high = self._ends()
        span, below = high - low, (mode - low) / (high - low)
        amount = read_amount(self.low)
        found = []
        for q in map(float, quantiles):
            if q < below:
                value = low + span * math.sqrt(q * below)
            else:
                value = high - span * math.sqrt((1.0 - q) * (1.0 - below))
            found.append(amount.with_magnitude(value))
        return found


class Empirical(InputTable):
    """As measured: between neighbouring ``values`` all are equally likely, beyond them none.

    The quantile of probability p of n sorted values lies at p (n - 1), interpolated (definition 7 of Hyndman
    and Fan 1996, "Sample quantiles in statistical packages", which most programs take).
    """

    distribution: Literal["empirical"]
    values: tuple[float | str, ...] = Field(min_length=2)
    unit: str = ""
    """Unit of values that are plain numbers."""

    @model_validator(mode="after")
    def _of_one_dimension(self) -> Empirical:
        if len(set(self._measured())) == 1:
            raise invalid("all values are equal", "put the key into [set]")
        return self

    def _measured(self) -> list[float]:
        unit = self._unit()
        return [read_amount(self._written(value)).magnitude_in(unit) for value in self.values]

    def _written(self, value: float | str) -> str:
        return f"{value!r} {self.unit}".strip() if isinstance(value, float) else value

    def _unit(self) -> str:
        return read_amount(self._written(self.values[0])).unit

    def texts(self, quantiles: NDArray[np.float64]) -> list[str]:
        """Override texts at the given quantiles, (n,) in [0, 1]."""
        amount = read_amount(self._written(self.values[0]))
        drawn = np.quantile(np.array(self._measured()), quantiles, method="linear")
        return [amount.with_magnitude(value) for value in map(float, drawn)]
