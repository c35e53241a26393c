"""Straight segments in space: distances and shared stretches."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight segment from ``start`` to ``end`` (m)."""

    start: Point
    end: Point

    @property
    def length(self) -> float:
        """Length, m."""
        return math.dist(self.start, self.end)

    @property
    def direction(self) -> Point:
        """Unit vector from start to end."""
        length = self.length
        x, y, z = (b - a for a, b in zip(self.start, self.end, strict=True))
        return x / length, y / length, z / length

    def at(self, distance: float) -> Point:
        """Return the point at a distance (m) from the start along the axis."""
        x, y, z = (a + distance * d for a, d in zip(self.start, self.direction, strict=True))
        return x, y, z

    def along(self, point: Point) -> float:
        """Return the distance (m) from the start to the foot of a point on the axis."""
        return sum((p - a) * d for p, a, d in zip(point, self.start, self.direction, strict=True))

    def distance_to(self, point: Point) -> float:
        """Return the distance (m) of a point from the segment."""
        foot = min(max(self.along(point), 0.0), self.length)
        return math.dist(point, self.at(foot))

    def distance_to_axis(self, point: Point) -> float:
        """Return the distance (m) of a point from the endless axis."""
        return math.dist(point, self.at(self.along(point)))

    def is_on_axis(self, other: Segment, slack: float) -> bool:
        """Tell whether another segment lies on this axis within a slack (m)."""
        return max(self.distance_to_axis(other.start), self.distance_to_axis(other.end)) < slack


def shared_stretch(one: Segment, other: Segment) -> float:
    """Return the length (m) of the stretch of one segment that lies beside the other (negative: the gap)."""
    ends = sorted((one.along(other.start), one.along(other.end)))
    return min(ends[1], one.length) - max(ends[0], 0.0)


def distance(one: Segment, other: Segment) -> float:
    """Return the least distance (m) between two segments.

    The closest points of the two endless axes are taken and moved into the segments (Ericson, Real-Time
    Collision Detection, 2005, section 5.1.9).
    """
    cosine = sum(a * b for a, b in zip(one.direction, other.direction, strict=True))
    gap = [a - b for a, b in zip(one.start, other.start, strict=True)]
    along_one = sum(g * d for g, d in zip(gap, one.direction, strict=True))
    along_other = sum(g * d for g, d in zip(gap, other.direction, strict=True))
    ends = [
        one.distance_to(other.start),
        one.distance_to(other.end),
        other.distance_to(one.start),
        other.distance_to(one.end),
    ]
    sine_squared = 1.0 - cosine**2
    if sine_squared < 1e-12:
        return min(ends)
    s = min(max((cosine * along_other - along_one) / sine_squared, 0.0), one.length)
    return min(*ends, other.distance_to(one.at(s)))
