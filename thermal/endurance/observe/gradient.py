"""Largest surface gradient of temperature, triangle by triangle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel
from thermal.endurance.observe.checkpointable import Kept

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def gradient_operator(points: ArrayLike, triangles: ArrayLike) -> NDArray[np.float64]:
    """Surface gradients of the three hat functions of every triangle.

    Parameters
    ----------
    points
        (n, 3), m.
    triangles
        (m, 3), vertex numbers.

    Returns
    -------
    NDArray
        (m, 3, 3): gradient of the hat function of corner j in 1/m, in the plane of the triangle.

    """
    corners = np.asarray(points, dtype=float)[np.asarray(triangles)]
    opposite = np.roll(corners, -2, axis=1) - np.roll(corners, -1, axis=1)
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    twice_area_squared = np.einsum("mi,mi->m", normal, normal)
    # grad N_j = n x e_j / (2 A) with e_j the edge opposite to j and n the unit normal.
    return np.asarray(np.cross(normal[:, None, :], opposite) / twice_area_squared[:, None, None])


@kernel
def _steepest(
    values: NDArray[np.float64],
    triangles: NDArray[np.int64],
    operator: NDArray[np.float64],
    largest: NDArray[np.float64],
) -> None:
    """Keep the largest squared gradient of every triangle."""
    for cell in range(triangles.shape[0]):
        square = 0.0
        for axis in range(3):
            slope = 0.0
            for corner in range(3):
                slope += operator[cell, corner, axis] * values[triangles[cell, corner]]
            square += slope * slope
        largest[cell] = max(largest[cell], square)


class Gradients(Kept):
    """Largest gradient through time on a triangulated surface.

    Parameters
    ----------
    points
        (n, 3), m.
    triangles
        (m, 3), vertex numbers.

    """

    _records = (("_squares", np.array),)

    def __init__(self, points: ArrayLike, triangles: ArrayLike) -> None:
        self._triangles = np.ascontiguousarray(triangles, dtype=np.int64)
        self._operator = gradient_operator(points, self._triangles)
        self._squares = np.zeros(self._triangles.shape[0])
        self._vertices = np.asarray(points).shape[0]

    def observe(self, temperature_k: ArrayLike) -> None:
        """Take the temperatures, (n,), at the end of a step."""
        values = np.ascontiguousarray(temperature_k, dtype=np.float64)
        _steepest(values, self._triangles, self._operator, self._squares)

    def largest(self) -> NDArray[np.float64]:
        """Largest gradient so far of every triangle, (m,), K/m."""
        return np.sqrt(self._squares)

    def at_vertices(self) -> NDArray[np.float64]:
        """Largest gradient of the triangles around every vertex, (n,), K/m."""
        field = np.zeros(self._vertices)
        np.maximum.at(field, self._triangles.ravel(), np.repeat(self.largest(), 3))
        return field
