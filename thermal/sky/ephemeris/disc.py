"""How much of the Sun's disc is seen: over a straight horizon, and behind the Earth.

Scalar formulas; lengths are angles in radians. The discs are small, so that plane geometry holds to 1e-5.
No limb darkening.
"""

from __future__ import annotations

import math


def visible_over_horizon(clearance: float, radius: float) -> float:
    """Return the visible fraction of a disc cut by a straight horizon.

    Parameters
    ----------
    clearance
        Distance of the centre from the horizon, positive above, rad.
    radius
        Angular radius of the disc, rad; 0 makes it a point.

    Returns
    -------
    float
        ``1/2 + (x sqrt(1 - x^2) + asin x)/pi`` with ``x = clearance/radius`` (theory S5), 0 to 1.

    """
    if clearance >= radius:
        return 1.0 if clearance > 0.0 else 0.0
    if clearance <= -radius:
        return 0.0
    x = clearance / radius
    return 0.5 + (x * math.sqrt(1.0 - x * x) + math.asin(x)) / math.pi


def lift_of_visible_part(clearance: float, radius: float) -> float:
    """Return the first moment of the visible part about the disc's centre, per area of the whole disc, rad.

    The part of a rising Sun that is seen stands higher than the centre; ``(2 R/(3 pi)) (1 - x^2)^(3/2)``
    added to visible fraction times elevation is the exact mean sine over the disc for a small disc.
    """
    if abs(clearance) >= radius:
        return 0.0
    x = clearance / radius
    return 2.0 * radius / (3.0 * math.pi) * math.sqrt(1.0 - x * x) ** 3


def hidden_by_disc(separation: float, radius: float, other: float) -> float:
    """Return the fraction of a disc hidden behind another one, by the exact overlap of two circles.

    Parameters
    ----------
    separation
        Distance of the centres, rad.
    radius, other
        Radii of the disc looked at and of the one in front, rad; `radius` positive.

    Returns
    -------
    float
        Overlap divided by the area of the disc looked at, 0 to 1.

    """
    if separation >= radius + other:
        return 0.0
    if separation <= other - radius:
        return 1.0
    if separation <= radius - other:
        return float((other / radius) ** 2)
    d2, r2, o2 = separation * separation, radius * radius, other * other
    near = math.acos(_clip((d2 + r2 - o2) / (2.0 * separation * radius)))
    far = math.acos(_clip((d2 + o2 - r2) / (2.0 * separation * other)))
    kite = (radius + other - separation) * (separation + radius - other)
    kite *= (separation - radius + other) * (separation + radius + other)
    area = r2 * near + o2 * far - 0.5 * math.sqrt(max(kite, 0.0))
    return _clip(area / (math.pi * r2))


def _clip(cosine: float) -> float:
    return min(1.0, max(-1.0, cosine))
