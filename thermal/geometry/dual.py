"""What a vertex stands for: its dual cell, up to the middle between it and its neighbours.

This is the only place that shares out lengths and areas between vertices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def line_lengths(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half of each cell (n,) to each of its two ends, (n + 1,), in the cells' unit."""
    half = np.concatenate([[0.0], cells, [0.0]]) / 2.0
    return half[1:] + half[:-1]


def corner_areas(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share out triangles between their corners by the perpendicular bisectors of their sides (theory D2).

    The cotangents, which are the couplings of linear elements, say how much flows through the bisectors: both
    together are a finite-volume balance. On a grid each vertex owns a quarter of every rectangle that it is
    a corner of, whichever way the diagonals run. With thirds of the triangles instead, the answer to a
    one-dimensional load differs across the sheet. An obtuse triangle has its circumcentre outside: its obtuse
    corner gets half of it and the others a quarter, as at a right angle [1]_.

    Parameters
    ----------
    corners
        (m, 3, 3) corners of the triangles, m.

    Returns
    -------
    numpy.ndarray
        (m, 3), m2: positive, a row adds up to its triangle's area.

    References
    ----------
    .. [1] M. Meyer, M. Desbrun, P. Schroeder, A. H. Barr, "Discrete differential-geometry operators for
       triangulated 2-manifolds", Visualization and Mathematics III, Springer 2003, pp. 35-57.

    """
    sides = np.roll(corners, -1, axis=1) - np.roll(corners, 1, axis=1)
    twice = np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1)[:, None]
    cosine = -np.einsum("mki,mki->mk", np.roll(sides, 1, axis=1), np.roll(sides, -1, axis=1))
    kite = np.einsum("mki,mki->mk", sides, sides) * cosine / (8.0 * twice)
    plain = kite.sum(axis=1, keepdims=True) - kite
    obtuse = cosine < 0.0
    return np.where(obtuse.any(axis=1, keepdims=True), np.where(obtuse, 0.25, 0.125) * twice, plain)
