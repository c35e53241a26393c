"""Reflection of sunlight by the ground (Hayne et al. 2017, from Keihm 1984 and Vasavada et al. 2012)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

_RISE: Final = 0.06, 0.25
"""Of the albedo with the third and the eighth power of the incidence."""


def ground_albedo(normal_albedo: float, incidence: float) -> float:
    """Return the directional-hemispherical albedo ``A0 + 0.06 (theta/(pi/4))^3 + 0.25 (theta/(pi/2))^8``.

    Parameters
    ----------
    normal_albedo
        A0: about 0.07 on mare, 0.12 on highland.
    incidence
        Angle theta between the Sun and the ground's normal, rad; beyond pi/2 it counts as pi/2.

    """
    theta = min(incidence, 0.5 * math.pi)
    first, second = _RISE
    return normal_albedo + first * (theta / (math.pi / 4.0)) ** 3 + second * (theta / (math.pi / 2.0)) ** 8


def diffuse_albedo(normal_albedo: float) -> float:
    """Return the albedo for light from everywhere: the mean of :func:`ground_albedo` weighed by sin 2 theta.

    Parameters
    ----------
    normal_albedo
        A0.

    """
    place, weight = np.polynomial.legendre.leggauss(16)
    theta = 0.25 * math.pi * (place + 1.0)
    albedo = np.array([ground_albedo(normal_albedo, float(angle)) for angle in theta])
    return float(0.25 * math.pi * weight @ (albedo * np.sin(2.0 * theta)))
