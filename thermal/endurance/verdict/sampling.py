"""Draws from the uncertainty of data, and times to failure made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance.verdict.finding import INTERVAL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Property


@dataclass(frozen=True)
class Outlook:
    """How far to look and how many samples to draw.

    Parameters
    ----------
    horizon_years
        End of the look-ahead.
    samples, seed
        Of the draws; the same seed gives the same verdict.

    """

    horizon_years: float = 30.0
    samples: int = 2000
    seed: int = 20201203

    def deviates(self, name: str) -> NDArray[np.float64]:
        """Draw standard normal deviates (samples,) of an input: equal names share their draws."""
        stream = np.random.default_rng([self.seed, *name.encode()])
        return stream.standard_normal(self.samples)


def draws(datum: Property, outlook: Outlook) -> NDArray[np.float64]:
    """Values (samples,) in SI of a datum that does not depend on temperature, or at its typical temperature.

    Parameters
    ----------
    datum
        From the database, with its uncertainty.
    outlook
        Number of samples and seed.

    Returns
    -------
    NDArray
        As `Property.perturbed` has them.

    """
    deviates = outlook.deviates(f"{datum.material}:{datum.key}")
    return datum.drawn(deviates)


def draws_at(datum: Property, temperature_k: float, outlook: Outlook) -> NDArray[np.float64]:
    """Values (samples,) in SI of a datum at a temperature, held at the ends of its range; as `draws`."""
    deviates = outlook.deviates(f"{datum.material}:{datum.key}")
    return datum.clamped().drawn(deviates, temperature_k)


@dataclass(frozen=True)
class Lives:
    """Interval of sampled times to failure.

    Attributes
    ----------
    low, high
        Ends of the interval in years; infinite for never.
    probability
        Share of samples that fail within the horizon.
    years
        The sampled times themselves, (samples,).

    """

    low: float
    high: float
    probability: float
    years: NDArray[np.float64]


def summarise(years: NDArray[np.float64], outlook: Outlook) -> Lives:
    """Interval and probability of sampled times to failure in years, (samples,)."""
    edges = ((1.0 - INTERVAL) / 2.0, (1.0 + INTERVAL) / 2.0)
    # "lower" and "higher" take samples as they are: infinities cannot be interpolated.
    low = float(np.quantile(years, edges[0], method="lower"))
    high = float(np.quantile(years, edges[1], method="higher"))
    return Lives(low, high, float(np.mean(years <= outlook.horizon_years)), years)
