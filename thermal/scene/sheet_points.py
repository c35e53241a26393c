"""Points spread over a sheet that stand for it near the ground, where vertices alone are too far apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import coo_array, csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.geometry.surface import Surface
    from thermal.radiation import GroundPatches

SPACING: Final = 1.5
"""Of the sheet's height above the ground: how far points may be apart."""
FEWEST_M: Final = 0.01
"""m; they are not nearer than that."""
MOST: Final = 12
"""Rows of points in a triangle."""
TOGETHER: Final = 4096
"""Points whose view factors are computed at a time."""


@dataclass(frozen=True)
class SheetPoints:
    """Points on the triangles of a sheet, q in number.

    Parameters
    ----------
    points, normals
        (q, 3) m, and unit vectors out of the front face.
    area
        (q,) m2 that each stands for.
    corners, shares
        (q, 3) vertices of its triangle, and what of it belongs to each.

    """

    points: NDArray[np.float64]
    normals: NDArray[np.float64]
    area: NDArray[np.float64]
    corners: NDArray[np.int64]
    shares: NDArray[np.float64]

    def factors(self, patches: GroundPatches, sign: float, chosen: NDArray[np.int64]) -> NDArray[np.float64]:
        """View factors to ground patches (q, chosen) of the front (``sign`` 1) or back (-1), unobstructed."""
        found = np.zeros((len(self.points), len(chosen)))
        facing = sign * self.normals
        down = np.flatnonzero(facing[:, 2] < 1.0 - 1e-9)
        for k in range(0, len(down), TOGETHER):
            now = down[k : k + TOGETHER]
            found[now] = patches.factors(self.points[now], facing[now])[:, chosen]
        return found

    def to_vertices(self, values: NDArray[np.float64] | csr_array, count: int) -> csr_array:
        """Share values of the points (q, k) out to ``count`` vertices, (count, k)."""
        point = np.repeat(np.arange(len(self.points)), 3)
        share = coo_array((self.shares.ravel(), (self.corners.ravel(), point)), (count, len(self.points)))
        return csr_array(csr_array(share) @ csr_array(values))


def points_on_sheet(surface: Surface) -> SheetPoints:
    """Spread points over all triangles: the finer, the nearer a triangle is to the ground."""
    corner = surface.points[surface.triangles]
    edges = np.linalg.norm(corner - np.roll(corner, 1, axis=1), axis=2).max(axis=1)
    height = np.maximum(SPACING * corner[:, :, 2].min(axis=1), FEWEST_M)
    rows = np.clip(np.ceil(edges / height), 1, MOST).astype(np.int64)
    cross = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    normal = cross / np.linalg.norm(cross, axis=1)[:, None]
    pieces = []
    for count in np.unique(rows):
        here = np.flatnonzero(rows == count)
        share = _middles(int(count))
        points = np.einsum("qc,tcx->tqx", share, corner[here])
        each = len(share)
        pieces.append(
            (
                points.reshape(-1, 3),
                np.repeat(normal[here], each, axis=0),
                np.repeat(surface.triangle_area[here] / each, each),
                np.repeat(surface.triangles[here], each, axis=0),
                np.tile(share, (len(here), 1)),
            )
        )
    return SheetPoints(*(np.concatenate(arrays) for arrays in zip(*pieces, strict=True)))


def _middles(rows: int) -> NDArray[np.float64]:
    """Barycentric coordinates of the middles of rows**2 equal triangles that divide one, (rows**2, 3)."""
    i, j = (side.ravel() for side in np.meshgrid(np.arange(rows), np.arange(rows), indexing="ij"))
    upright = i + j < rows
    upside = i + j < rows - 1
    first = np.concatenate([i[upright] + 1.0 / 3.0, i[upside] + 2.0 / 3.0]) / rows
    second = np.concatenate([j[upright] + 1.0 / 3.0, j[upside] + 2.0 / 3.0]) / rows
    return np.stack([first, second, 1.0 - first - second], axis=1)
