"""Points in the frame of the site."""

Point = tuple[float, float, float]
"""East, north, up in m."""


def mixed(one: Point, share: float, other: Point, other_share: float) -> Point:
    """Add two vectors, each times a factor."""
    x, y, z = (share * a + other_share * b for a, b in zip(one, other, strict=True))
    return x, y, z
