"""Reflection of sunlight by the ground (Hayne et al. 2017, from Keihm 1984 and Vasavada et al. 2012)."""

from __future__ import annotations

import math


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
    return normal_albedo + 0.06 * (theta / (math.pi / 4.0)) ** 3 + 0.25 * (theta / (math.pi / 2.0)) ** 8
