"""Where the colours of a flag lie: layouts as functions from places on the cloth to regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from materials.laws.ageing import Fading

LayoutName = Literal["plain", "five_stars", "stars_and_stripes"]

RED: Final = (50.86, 73.62, 51.38)
"""CIE L*a*b* of flag red, sRGB (238, 28, 37)."""
YELLOW: Final = (97.14, -21.55, 94.48)
"""sRGB (255, 255, 0)."""
GLORY_RED: Final = (39.34, 56.63, 27.23)
"""sRGB (178, 34, 52)."""
GLORY_BLUE: Final = (27.34, 14.93, -29.55)
"""sRGB (60, 59, 110)."""
WHITE: Final = (100.0, 0.0, 0.0)


@dataclass(frozen=True)
class Layout:
    """Regions of a flag.

    Attributes
    ----------
    colours
        CIE L*a*b* of each region when new, (k, 3).
    region
        Takes places (u, v) from the lower hoist corner and the size (width, height) of the cloth, in m;
        gives the number of the region at each place.
    laws
        How the dye of each region fades, None for a region that keeps its colour; with no laws at all every
        region fades like the field of the cloth.

    """

    colours: NDArray[np.float64]
    region: Callable[[NDArray[np.float64], NDArray[np.float64], float, float], NDArray[np.int64]]
    laws: tuple[Fading | None, ...] = ()


def star(
    u: NDArray[np.float64], v: NDArray[np.float64], centre: tuple[float, float], radius: float, towards: float
) -> NDArray[np.bool_]:
    """Whether places lie inside a five-pointed star.

    Parameters
    ----------
    u, v
        Places, any shape.
    centre, radius
        Of the circle through the points.
    towards
        Direction of one point, rad from the u axis.

    Returns
    -------
    NDArray
        A place is inside where at least four of the five lines of the pentagram have it on the inner side.

    """
    x, y = u - centre[0], v - centre[1]
    inner = radius * np.cos(0.4 * np.pi)  # distance of the lines from the centre
    normals = towards + 0.4 * np.pi * np.arange(5)
    sides = [x * np.cos(angle) + y * np.sin(angle) <= inner for angle in normals]
    return np.asarray(np.sum(sides, axis=0) >= 4)


def _plain(
    u: NDArray[np.float64], _v: NDArray[np.float64], _width: float, _height: float
) -> NDArray[np.int64]:
    return np.zeros(u.shape, dtype=np.int64)


SMALL_STARS: Final = ((10.0, 2.0), (12.0, 4.0), (12.0, 7.0), (10.0, 9.0))
"""Centres from the upper hoist corner in twentieths of the height (GB 12982: a corner of 15 x 10 squares)."""


def _five_stars(
    u: NDArray[np.float64], v: NDArray[np.float64], _width: float, height: float
) -> NDArray[np.int64]:
    """Large star at (5, 5) with radius 3, a point up; small ones of radius 1 that point at its centre."""
    across: NDArray[np.float64] = np.divide(20.0 * u, height)
    down: NDArray[np.float64] = 20.0 * (1.0 - np.divide(v, height))
    yellow = star(across, -down, (5.0, -5.0), 3.0, np.pi / 2.0)
    for right, below in SMALL_STARS:
        towards = np.arctan2(below - 5.0, 5.0 - right)
        yellow |= star(across, -down, (right, -below), 1.0, towards)
    return yellow.astype(np.int64)


def _stars_and_stripes(
    u: NDArray[np.float64], v: NDArray[np.float64], width: float, height: float
) -> NDArray[np.int64]:
    """Thirteen stripes, canton of 7/13 by 2/5 with fifty stars in rows of six and five (4 U.S.C. 1)."""
    down = 1.0 - v / height
    region = np.where(np.floor(13.0 * down) % 2.0 == 0.0, 1, 0)
    high, wide = 7.0 / 13.0, 0.4
    canton = (down < high) & (u < wide * width)
    region[canton] = 2
    for row in range(9):
        for column in range(row % 2, 11, 2):
            centre = ((column + 1) * wide * width / 12.0, height * (1.0 - (row + 1) * high / 10.0))
            region[canton & star(u, v, centre, 0.0308 * height, np.pi / 2.0)] = 0
    return region.astype(np.int64)


LAYOUTS: Final[dict[LayoutName, Layout]] = {
    "plain": Layout(np.array([RED]), _plain),
    "five_stars": Layout(np.array([RED, YELLOW]), _five_stars),
    "stars_and_stripes": Layout(np.array([WHITE, GLORY_RED, GLORY_BLUE]), _stars_and_stripes),
}
