"""Triangulated shapes: what a scene hands to the ray caster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array, IntArray


@dataclass(frozen=True, eq=False)
class Soup:
    """Triangles with outward normals by the right-hand rule.

    Parameters
    ----------
    vertices
        (n, 3) m.
    triangles
        (m, 3) indices of vertices.

    """

    vertices: Array
    triangles: IntArray

    def normals(self) -> Array:
        """Return the unit outward normal of every triangle, (m, 3)."""
        cross = _cross(self)
        return np.asarray(cross / np.linalg.norm(cross, axis=1)[:, None])

    def areas(self) -> Array:
        """Return the area of every triangle, (m,) m2."""
        return np.asarray(0.5 * np.linalg.norm(_cross(self), axis=1))

    def centroids(self) -> Array:
        """Return the centre of every triangle, (m, 3) m."""
        return np.asarray(self.vertices[self.triangles].mean(axis=1))


def merge(soups: Sequence[Soup]) -> Soup:
    """Put several shapes into one, in their order."""
    first = np.cumsum([0, *(len(soup.vertices) for soup in soups)])
    vertices = [np.empty((0, 3)), *(soup.vertices for soup in soups)]
    triangles = [np.empty((0, 3), dtype=np.int64)]
    triangles += [soup.triangles + start for soup, start in zip(soups, first[:-1], strict=True)]
    return Soup(np.concatenate(vertices), np.concatenate(triangles))


def parallelogram(corner: ArrayLike, first: ArrayLike, second: ArrayLike) -> Soup:
    """Return two triangles with the normal ``first x second``.

    Parameters
    ----------
    corner, first, second
        (3,) m: a corner and the two edges from it.

    """
    p, a, b = (np.asarray(v, dtype=float) for v in (corner, first, second))
    return Soup(np.array([p, p + a, p + a + b, p + b]), np.array([[0, 1, 2], [0, 2, 3]]))


def box(base_centre: ArrayLike, size: ArrayLike, azimuth: float = 0.0) -> Soup:
    """Return a closed box of twelve triangles with outward normals.

    Triangles come in pairs, one pair a face: +length, -length, +width, -width, top, bottom.

    Parameters
    ----------
    base_centre
        (3,) m: centre of the lower face.
    size
        (3,) m: length, width, height.
    azimuth
        Where the length points, rad clockwise from north (+y).

    """
    base = np.asarray(base_centre, dtype=float)
    length, width, height = (float(s) for s in np.asarray(size, dtype=float))
    along = length * np.array([np.sin(azimuth), np.cos(azimuth), 0.0])
    across = width * np.array([-np.cos(azimuth), np.sin(azimuth), 0.0])
    up = np.array([0.0, 0.0, height])
    low = base - 0.5 * along - 0.5 * across
    return merge(
        [
            parallelogram(low + along, across, up),
            parallelogram(low + across, -across, up),
            parallelogram(low + along + across, -along, up),
            parallelogram(low, along, up),
            parallelogram(low + up, along, across),
            parallelogram(low, across, along),
        ]
    )


def cylinder(start: ArrayLike, end: ArrayLike, diameter: float, sides: int = 64) -> Soup:
    """Return a closed cylinder as an inscribed prism with flat caps.

    The silhouette is at most ``diameter/2 (1 - cos(pi/sides))`` too narrow: 0.12 % of the radius with 64
    sides.
    Triangles: two a side, then one a side for the cap at the start, then for the cap at the end.

    Parameters
    ----------
    start, end
        (3,) m: ends of the axis.
    diameter
        m.
    sides
        Number of sides of the prism.

    Raises
    ------
    ValueError
        The axis has no length.

    """
    foot, head = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    axis = head - foot
    length = float(np.linalg.norm(axis))
    if length <= 0.0:
        raise ValueError("a cylinder needs a length")
    axis /= length
    first = np.cross(axis, np.eye(3)[int(np.argmin(np.abs(axis)))])
    first /= np.linalg.norm(first)
    angle = 2.0 * np.pi * np.arange(sides) / sides
    ring = 0.5 * diameter * (np.outer(np.cos(angle), first) + np.outer(np.sin(angle), np.cross(axis, first)))
    vertices = np.concatenate([foot + ring, head + ring, [foot, head]])
    here = np.arange(sides)
    after = (here + 1) % sides
    low, high = np.full(sides, 2 * sides), np.full(sides, 2 * sides + 1)
    wall = np.stack([here, after, after + sides, here, after + sides, here + sides], axis=1).reshape(-1, 3)
    caps = [np.stack([low, after, here], axis=1), np.stack([high, here + sides, after + sides], axis=1)]
    return Soup(vertices, np.concatenate([wall, *caps]))


def _cross(soup: Soup) -> Array:
    corner = soup.vertices[soup.triangles]
    return np.asarray(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]))
