"""Convex bodies by their faces and edges: what the exact shadow of a disc is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import ConvexHull

if TYPE_CHECKING:
    from thermal.geometry.arrays import Array, IntArray
    from thermal.geometry.triangle_soup import Soup

_TOUCHES: Final = 1e-6
"""Of a shape's size: within this a vertex lies on a face or an edge, and a sheet is flat."""


@dataclass(frozen=True, eq=False)
class Solid:
    """A convex polyhedron, or a convex flat sheet with two faces.

    Parameters
    ----------
    faces
        (f, 4) outward unit normals n and offsets c: n.x > c before the face.
    edges
        (e, 2, 3) m, end points; the longest, which hide most, first.
    sides
        (e, 2) the two faces that meet at each edge.
    middle
        (3,) m, a point inside.

    """

    faces: Array
    edges: Array
    sides: IntArray
    middle: Array


def solid(soup: Soup) -> Solid | None:
    """Recognise a convex shape.

    Parameters
    ----------
    soup
        A closed shape, whose volume tells whether it fills its convex hull, or a flat sheet, whose area does.

    Returns
    -------
    Solid or None
        None for every other shape.

    """
    if not len(soup.triangles):
        return None
    vertices = soup.vertices[np.unique(soup.triangles)]
    middle = vertices.mean(axis=0)
    frame = np.linalg.svd(vertices - middle, full_matrices=False)[2]
    flat = (vertices - middle) @ frame.T
    size = float(np.ptp(flat[:, 0]))
    if np.ptp(flat[:, 2]) < _TOUCHES * size:
        return _sheet(soup, vertices, flat[:, :2], frame[2])
    corner = soup.vertices[soup.triangles] - middle
    volume = np.einsum("ij,ij->", corner[:, 0], np.cross(corner[:, 1], corner[:, 2])) / 6.0
    hull = ConvexHull(vertices)
    if abs(abs(volume) - hull.volume) > _TOUCHES * hull.volume:
        return None
    return _polyhedron(vertices, hull.equations, middle, _TOUCHES * size)


def bounding_box(soup: Soup, normal: Array) -> Solid:
    """Return the box round a shape that stands along a direction (3,) and the horizontal across it."""
    level = np.array([-normal[1], normal[0], 0.0])
    level = level / np.linalg.norm(level) if np.hypot(*normal[:2]) > 1e-9 else np.array([1.0, 0.0, 0.0])
    frame = np.stack([level, np.cross(normal, level), normal])
    place = soup.vertices[np.unique(soup.triangles)] @ frame.T
    low, high = place.min(axis=0), place.max(axis=0)
    margin = 1e-4 * float(np.max(high - low))
    corners = np.array([[low[i] - margin, high[i] + margin] for i in range(3)])
    grid = np.stack(np.meshgrid(*corners, indexing="ij"), axis=-1).reshape(-1, 3) @ frame
    offsets = np.concatenate([corners[:, 1], -corners[:, 0]])
    equations = np.column_stack([np.concatenate([frame, -frame]), -offsets])
    return _polyhedron(grid, equations, grid.mean(axis=0), margin)


def _sheet(soup: Soup, vertices: Array, flat: Array, normal: Array) -> Solid | None:
    """Outline of a flat sheet that covers its convex hull."""
    hull = ConvexHull(flat)
    area = float(soup.areas().sum())
    if abs(area - hull.volume) > _TOUCHES * area:
        return None
    ring = hull.vertices
    here, before, after = flat[ring], flat[np.roll(ring, 1)], flat[np.roll(ring, -1)]
    along, off = after - before, here - before
    width = np.abs(along[:, 0] * off[:, 1] - along[:, 1] * off[:, 0]) / np.hypot(along[:, 0], along[:, 1])
    ring = ring[width > _TOUCHES * np.sqrt(area)]
    corners = vertices[np.append(ring, ring[0])]
    middle = corners[:-1].mean(axis=0)
    height = float(normal @ middle)
    return Solid(
        faces=np.array([[*normal, height], [*-normal, -height]]),
        edges=np.array(list(pairwise(corners))),
        sides=np.tile([0, 1], (len(ring), 1)),
        middle=middle,
    )


def _polyhedron(vertices: Array, equations: Array, middle: Array, touch: float) -> Solid:
    """Merge the facets of a hull (n, 4), n.x + d <= 0 inside, that lie in one plane, and find its edges."""
    faces: list[Array] = []
    for facet in equations:
        if not any(float(facet[:3] @ face[:3]) > 1.0 - _TOUCHES for face in faces):
            faces.append(facet)
    on = [np.flatnonzero(np.abs(vertices @ face[:3] + face[3]) < touch) for face in faces]
    edges, sides = [], []
    for first, second in combinations(range(len(faces)), 2):
        shared = vertices[np.intersect1d(on[first], on[second])]
        if len(shared) < 2:
            continue
        along = shared @ np.cross(faces[first][:3], faces[second][:3])
        edges.append(shared[[int(np.argmin(along)), int(np.argmax(along))]])
        sides.append((first, second))
    planes = np.array(faces) * np.array([1.0, 1.0, 1.0, -1.0])
    order = np.argsort([-round(float(np.linalg.norm(b - a)), 9) for a, b in edges], kind="stable")
    return Solid(planes, np.array(edges)[order], np.array(sides, dtype=np.int64)[order], middle)
