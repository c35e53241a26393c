"""A thin wall's mid-surface: vertices, triangles, normals and the two principal directions of the wall."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from thermal.geometry.dual import corner_areas

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Surface:
    """The mid-surface of one part.

    Parameters
    ----------
    name
        Name of the part.
    points
        (n, 3) vertices in the site frame, m.
    triangles
        (m, 3) vertex indices; counter-clockwise seen from the front.
    normals
        (n, 3) unit normals out of the front face, at the vertices.
    uv
        (n, 2) coordinates on the surface, m: width and height of a cloth, axis and circumference of a tube.
    warp
        (m, 3) unit tangent of each unbent triangle along the first principal direction (warp, tube's axis).
    lines
        Grid lines of the two coordinates, m, where the surface is a structured grid with vertex
        ``i * len(lines[1]) + j``; empty for imported meshes.
    closed
        Whether the second coordinate closes on itself.
    rest
        (n, 3) vertices of the surface before it was bent, m: a drape does not stretch the cloth, so that
        areas, masses and conduction are those of the flat one. The points themselves where it is None.

    """

    name: str
    points: NDArray[np.float64]
    triangles: NDArray[np.int64]
    normals: NDArray[np.float64]
    uv: NDArray[np.float64]
    warp: NDArray[np.float64]
    lines: tuple[NDArray[np.float64], ...] = ()
    closed: bool = False
    rest: NDArray[np.float64] | None = None

    @cached_property
    def triangle_area(self) -> NDArray[np.float64]:
        """(m,) m2."""
        twice: NDArray[np.float64] = np.linalg.norm(self._cross, axis=1)
        return 0.5 * twice

    @cached_property
    def triangle_normal(self) -> NDArray[np.float64]:
        """(m, 3) unit normals out of the front face of the unbent surface."""
        return self._cross / (2.0 * self.triangle_area[:, None])

    @cached_property
    def corner_area(self) -> NDArray[np.float64]:
        """(m, 3) m2 of each triangle that belong to its corners; see :func:`corner_areas`."""
        return corner_areas(self.rest_points[self.triangles])

    @cached_property
    def area(self) -> NDArray[np.float64]:
        """(n,) m2 that the vertices stand for: they store, absorb, emit and weigh by it."""
        return self._gathered(self.corner_area)

    @cached_property
    def weft(self) -> NDArray[np.float64]:
        """(m, 3) unit tangents along the second principal direction."""
        return np.asarray(np.cross(self.triangle_normal, self.warp), np.float64)

    def at_vertices(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Area-weighted mean of triangle values (m,) at the vertices, (n,)."""
        return self._gathered(values[:, None] * self.corner_area) / self.area

    def mean(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Area-weighted mean of values at the vertices (n, ...), (...)."""
        return np.asarray(self.area @ values / self.area.sum())

    @property
    def rest_points(self) -> NDArray[np.float64]:
        """(n, 3) vertices of the unbent surface, m."""
        return self.points if self.rest is None else self.rest

    def _gathered(self, of_corners: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum over the corners (m, 3) that meet at each vertex, (n,)."""
        return np.asarray(np.bincount(self.triangles.ravel(), of_corners.ravel(), len(self.points)), float)

    @property
    def _cross(self) -> NDArray[np.float64]:
        a, b, c = (self.rest_points[self.triangles[:, k]] for k in range(3))
        return np.asarray(np.cross(b - a, c - a), np.float64)


def grid_triangles(rows: int, columns: int, *, wrap: bool = False) -> NDArray[np.int64]:
    """Right triangles of a structured grid with vertex ``i * columns + j``.

    The diagonal of a rectangle split into right triangles carries no coupling, which keeps the conduction
    matrix of axis-aligned cells an M-matrix whatever their aspect ratio.

    Parameters
    ----------
    rows, columns
        Number of grid lines in the two directions.
    wrap
        Whether the second direction closes on itself (a tube).

    Returns
    -------
    numpy.ndarray
        (m, 3) vertex indices.

    """
    corners = np.meshgrid(np.arange(rows - 1), np.arange(columns if wrap else columns - 1), indexing="ij")
    i, j = (corner.ravel() for corner in corners)
    k = (j + 1) % columns
    a, b, c, d = i * columns + j, (i + 1) * columns + j, (i + 1) * columns + k, i * columns + k
    return np.asarray(np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)]), np.int64)
