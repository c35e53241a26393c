"""Unbounded inputs, cut at three standard deviations.

A Morris design visits the ends of the unit interval, and a physical property beyond three standard deviations
is not meant by anybody who states an uncertainty.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from thermal.study.design.amount import invalid, read_amount
from thermal.study.design.input_table import InputTable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CUT = 3.0
"""Standard deviations at which unbounded distributions are cut."""


class Normal(InputTable):
    """Gaussian about ``mean`` with ``deviation`` in the same or a convertible unit."""

    distribution: Literal["normal"]
    mean: float | str
    deviation: float | str

    @model_validator(mode="after")
    def _positive(self) -> Normal:
        mean = read_amount(self.mean)
        if read_amount(self.deviation).difference_in(mean.unit) <= 0.0:
            raise invalid(f"deviation = {self.deviation!r} is not positive", "write one above zero")
        return self

    def texts(self, quantiles: NDArray[np.float64]) -> list[str]:
        """Override texts at the given quantiles, (n,) in [0, 1]."""
        mean = read_amount(self.mean)
        deviation = read_amount(self.deviation).difference_in(mean.unit)
        return [mean.with_magnitude(mean.magnitude + deviation * z) for z in deviates(quantiles)]


class Lognormal(InputTable):
    """Lognormal about ``median``; one standard deviation multiplies or divides by ``factor``."""

    distribution: Literal["lognormal"]
    median: float | str
    factor: float = Field(gt=1.0)

    @model_validator(mode="after")
    def _positive(self) -> Lognormal:
        if read_amount(self.median).absolute().magnitude <= 0.0:
            raise invalid(f"median = {self.median!r} is not positive", "write one above zero")
        return self

    def texts(self, quantiles: NDArray[np.float64]) -> list[str]:
        """Override texts at the given quantiles, (n,) in [0, 1]."""
        median = read_amount(self.median).absolute()
        return [median.with_magnitude(median.magnitude * self.factor**z) for z in deviates(quantiles)]


class FromDatabase(InputTable):
    """The property's own uncertainty in the material database, as so many of its standard deviations."""

    distribution: Literal["database"]

    @model_validator(mode="after")
    def _of_a_material(self) -> FromDatabase:
        if not self.key.startswith("material."):
            raise invalid(
                f"{self.key!r} is no property of the material database, so that has no uncertainty for it",
                'write e.g. "material.nylon66.specific_heat", or another distribution',
            )
        return self

    def texts(self, quantiles: NDArray[np.float64]) -> list[str]:
        """Override texts ``"0.31 sigma"`` at the given quantiles, (n,) in [0, 1]."""
        return [f"{z!r} sigma" for z in deviates(quantiles)]


def deviates(quantiles: NDArray[np.float64]) -> list[float]:
    """Return standard normal deviates cut at :data:`CUT`, for quantiles (n,) in [0, 1]."""
    from scipy.special import ndtr, ndtri

    tail = float(ndtr(-CUT))
    inside = ndtri(tail + (1.0 - 2.0 * tail) * quantiles)
    return [math.copysign(min(abs(z), CUT), z) for z in inside.tolist()]
