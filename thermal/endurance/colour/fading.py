"""Fading of a dye: concentration by dose, colour by Kubelka and Munk (theory E12, E13).

The reflectance in each of the three linear primaries takes the place of a spectrum, which no source gives
for a flag print: K/S = (1 - R)^2 / (2 R) of the print is that of the undyed cloth plus a part in proportion
to the dye.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.endurance.colour.cie import ciede2000, lab_from_linear, linear_from_lab

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

DARKEST: Final = 0.004
"""Smallest reflectance: surface reflection alone, and it keeps K/S finite."""


def kubelka_munk(reflectance: ArrayLike) -> NDArray[np.float64]:
    """K/S = (1 - R)^2 / (2 R) of reflectances between 0 and 1, any shape."""
    value = np.clip(np.asarray(reflectance, dtype=float), DARKEST, 1.0)
    return np.asarray((1.0 - value) ** 2 / (2.0 * value))


def reflectance(ratio: ArrayLike) -> NDArray[np.float64]:
    """Reflectance of K/S ratios, R = 1 + K/S - sqrt((K/S)^2 + 2 K/S), any shape."""
    value = np.asarray(ratio, dtype=float)
    return np.asarray(1.0 + value - np.sqrt(value**2 + 2.0 * value))


@dataclass(frozen=True)
class DyedColour:
    """Colour of a print whose dye goes.

    Parameters
    ----------
    new
        CIE L*a*b* when new.
    bleached
        CIE L*a*b* of the cloth without dye.

    """

    new: tuple[float, float, float]
    bleached: tuple[float, float, float] = (100.0, 0.0, 0.0)

    def lab(self, dye_left: ArrayLike) -> NDArray[np.float64]:
        """Colour with a share of the dye left.

        Parameters
        ----------
        dye_left
            C/C0, any shape (...).

        Returns
        -------
        NDArray
            CIE L*a*b*, (..., 3).

        """
        cloth = kubelka_munk(linear_from_lab(self.bleached))
        dye = np.maximum(kubelka_munk(linear_from_lab(self.new)) - cloth, 0.0)
        return lab_from_linear(reflectance(cloth + np.asarray(dye_left, dtype=float)[..., None] * dye))

    def difference(self, dye_left: ArrayLike) -> NDArray[np.float64]:
        """CIEDE2000 against new with a share of the dye left, any shape."""
        return ciede2000(self.lab(1.0), self.lab(dye_left))

    def dye_at_difference(self, difference: float) -> float:
        """Share of dye left at which the colour has moved by a CIEDE2000 difference.

        Parameters
        ----------
        difference
            Against new.

        Returns
        -------
        float
            C/C0 at the first crossing; minus one where even the bleached cloth is nearer.

        """
        shares = np.concatenate([np.linspace(1.0, 0.01, 500), np.geomspace(0.01, 1e-6, 200)])
        beyond = np.flatnonzero(self.difference(shares) >= difference)
        if not beyond.size:
            return -1.0
        after = int(beyond[0])
        if after == 0:
            return 1.0
        pair = shares[[after - 1, after]]
        size = self.difference(pair)
        return float(np.interp(difference, size, pair))


def dose_to_dye(dye_left: float, fading_dose_esh: ArrayLike) -> NDArray[np.float64]:
    """Dose in ESH that leaves a share of the dye, from C/C0 = exp(-D/Df); infinite for a share below zero."""
    scale = np.asarray(fading_dose_esh, dtype=float)
    return np.full(scale.shape, np.inf) if dye_left < 0.0 else np.asarray(-scale * np.log(dye_left))
