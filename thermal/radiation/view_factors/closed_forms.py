"""View factors with closed solutions (Howell's catalogue), for checks and for the simplest scenes."""

from __future__ import annotations

from math import atan, hypot, log, pi, sin, sqrt


def parallel_rectangles(width: float, height: float, gap: float) -> float:
    """Between equal rectangles face to face (catalogue C-11); lengths in m."""
    x, y = width / gap, height / gap
    rx, ry = sqrt(1.0 + x * x), sqrt(1.0 + y * y)
    logarithm = 0.5 * log((1.0 + x * x) * (1.0 + y * y) / (1.0 + x * x + y * y))
    arcs = x * ry * atan(x / ry) + y * rx * atan(y / rx) - x * atan(x) - y * atan(y)
    return 2.0 / (pi * x * y) * (logarithm + arcs)


def perpendicular_rectangles(common: float, depth_from: float, depth_to: float) -> float:
    """From one rectangle to another at right angles with a common edge (catalogue C-14).

    Parameters
    ----------
    common
        Length of the common edge, m.
    depth_from, depth_to
        The other side of the rectangle that emits, and of the one that receives, m.

    """
    w, h = depth_from / common, depth_to / common
    w2, h2 = w * w, h * h
    arcs = w * atan(1.0 / w) + h * atan(1.0 / h) - hypot(w, h) * atan(1.0 / hypot(w, h))
    first = log((1.0 + w2) * (1.0 + h2) / (1.0 + w2 + h2))
    second = w2 * log(w2 * (1.0 + w2 + h2) / ((1.0 + w2) * (w2 + h2)))
    third = h2 * log(h2 * (1.0 + h2 + w2) / ((1.0 + h2) * (h2 + w2)))
    return (arcs + 0.25 * (first + second + third)) / (pi * w)


def coaxial_discs(radius_from: float, radius_to: float, gap: float) -> float:
    """From one disc to another on the same axis (catalogue C-41); lengths in m."""
    r1, r2 = radius_from / gap, radius_to / gap
    s = 1.0 + (1.0 + r2 * r2) / (r1 * r1)
    return 0.5 * (s - sqrt(s * s - 4.0 * (r2 / r1) ** 2))


def vertical_element_to_ground(height: float, half_width: float, depth: float) -> float:
    """From a vertical surface element to the ground rectangle at its foot (catalogue B-5, doubled).

    Parameters
    ----------
    height
        Of the element over the ground, m.
    half_width
        The rectangle reaches so far to either side, m.
    depth
        And so far out from the element's plane, m.

    """
    slant = hypot(height, depth)
    return (atan(half_width / height) - height / slant * atan(half_width / slant)) / pi


def cylinder_to_strip(distance: float, near: float, far: float) -> float:
    """From an infinite cylinder to an infinite parallel strip (catalogue C-66).

    Parameters
    ----------
    distance
        Of the axis from the strip's plane, m; it does not matter how thick the cylinder is.
    near, far
        Edges of the strip from the foot of the perpendicular through the axis, m.

    """
    return (atan(far / distance) - atan(near / distance)) / (2.0 * pi)


def parallel_strips(width: float, gap: float) -> float:
    """Between infinite strips of equal width face to face (catalogue C-1); lengths in m."""
    return hypot(1.0, gap / width) - gap / width


def hinged_strips(angle: float) -> float:
    """Between infinite strips of equal width with a common edge (catalogue C-5a); angle in rad."""
    return 1.0 - sin(0.5 * angle)
