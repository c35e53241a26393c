"""Absorptance that ages with dose, and how the run gets it back (theory E11).

The law of the database is `materials.laws.ageing.AbsorptanceDrift`, da (1 - exp(-D/D0)); two other forms of
the literature stand here. Anything with `change(dose_esh)` is a law.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class OpticalLaw(Protocol):
    """Change of solar absorptance with dose."""

    def change(self, dose_esh: ArrayLike) -> NDArray[np.float64]:
        """Absorptance minus its value when new, at a dose in ESH."""


@dataclass(frozen=True)
class PowerLaw:
    """a(D) = a0 + b D^g, at most da_max.

    Parameters
    ----------
    coefficient
        b, for D in ESH.
    exponent
        g, 0.3 to 0.7.
    cap
        Largest change.

    """

    coefficient: float
    exponent: float
    cap: float = math.inf

    def change(self, dose_esh: ArrayLike) -> NDArray[np.float64]:
        """Absorptance minus its value when new."""
        dose = np.asarray(dose_esh, dtype=float)
        return np.asarray(np.minimum(self.coefficient * dose**self.exponent, self.cap))


@dataclass(frozen=True)
class Dachwald:
    """p(S)/p0 = (1 + d exp(-l S))/(1 + d), l = ln 2 / S_half, for a reflectance p.

    Dachwald, Macdonald, McInnes, Mengali and Quarta 2007, doi 10.2514/1.21432.

    Parameters
    ----------
    reflectance
        p0, reflectance when new.
    degradation
        d.
    half_dose_esh
        S_half in ESH.

    """

    reflectance: float
    degradation: float
    half_dose_esh: float

    def change(self, dose_esh: ArrayLike) -> NDArray[np.float64]:
        """Absorptance minus its value when new: what reflectance loses."""
        fading = np.exp(-math.log(2.0) * np.asarray(dose_esh, dtype=float) / self.half_dose_esh)
        return np.asarray(
            self.reflectance * (1.0 - (1.0 + self.degradation * fading) / (1.0 + self.degradation))
        )


@dataclass(frozen=True)
class AgeingFace:
    """One face whose absorptance follows its dose.

    The run multiplies its direct and reflected sunlight by what `absorptance` returns, once a lunation.

    Parameters
    ----------
    new
        Absorptance when new.
    laws
        Laws whose changes add up (cloth and dye age separately; synergism is neglected).

    """

    new: float
    laws: tuple[OpticalLaw, ...] = ()

    def absorptance(self, dose_esh: ArrayLike) -> NDArray[np.float64]:
        """Absorptance after a dose in ESH, kept between 0 and 1."""
        dose = np.asarray(dose_esh, dtype=float)
        change = sum((law.change(dose) for law in self.laws), start=np.zeros_like(dose))
        return np.asarray(np.clip(self.new + change, 0.0, 1.0))
