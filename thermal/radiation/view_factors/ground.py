"""Patches of the ground: what faces see of them, and when flag and lander shade them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from thermal.radiation.shadows.sun_masks import SunMasks
from thermal.radiation.view_factors.ground_grid import grid_factors

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from thermal.geometry.arrays import Array
    from thermal.radiation.rays.occluders import Occluders
    from thermal.radiation.shadows.sun_path import SunPath


_Float = TypeVar("_Float", bound="np.floating[Any]")


@dataclass(frozen=True, eq=False)
class GroundPatches:
    """A grid of rectangles on the ground plane z = 0, numbered row by row from the south-west.

    Parameters
    ----------
    x, y
        (i+1,) and (j+1,) m: grid lines, increasing; patch ``j * i_count + i`` lies between them.
    turn
        rad, counter-clockwise from above: by what the grid is turned about the site's origin.

    """

    x: Array
    y: Array
    turn: float = 0.0

    @classmethod
    def around(cls, x: tuple[float, float], y: tuple[float, float], size: float) -> GroundPatches:
        """Cover a rectangle with nearly square patches no larger than ``size``, all in m."""
        lines = [
            np.linspace(low, high, int(np.ceil((high - low) / size)) + 1, dtype=np.float64)
            for low, high in (x, y)
        ]
        return cls(lines[0], lines[1])

    @property
    def count(self) -> int:
        """Number of patches."""
        return (len(self.x) - 1) * (len(self.y) - 1)

    def areas(self) -> Array:
        """Return the areas, (count,) m2."""
        return np.outer(np.diff(self.y), np.diff(self.x)).ravel()

    def factors(self, points: ArrayLike, normals: ArrayLike) -> Array:
        """Return exact view factors from points above the ground to each patch, unobstructed, (n, count)."""
        place, outward = np.asarray(points, dtype=float), np.asarray(normals, dtype=float)
        factors = np.empty((len(place), self.count))
        grid_factors(self.inward(place), self.inward(outward), self.x, self.y, factors)
        return factors

    def inward(self, vectors: NDArray[_Float]) -> NDArray[_Float]:
        """Bring vectors (n, 3) of the site frame into the frame of the grid."""
        return vectors if self.turn == 0.0 else (vectors @ self._axes.T).astype(vectors.dtype)

    @property
    def _axes(self) -> Array:
        """(3, 3): the axes of the grid in the site frame, row by row."""
        sine, cosine = np.sin(self.turn), np.cos(self.turn)
        return np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]])

    def _outward(self, vectors: Array) -> Array:
        """Bring vectors (..., 3) of the grid's frame into the site frame."""
        return vectors if self.turn == 0.0 else vectors @ self._axes

    def under(self, points: Array) -> NDArray[np.int64]:
        """Return the patch below each point (n, 3), (n,); -1 outside the grid."""
        place = self.inward(points)
        column, row = (
            np.searchsorted(lines, place[:, k], side="right") - 1 for k, lines in enumerate((self.x, self.y))
        )
        inside = (column >= 0) & (column < len(self.x) - 1) & (row >= 0) & (row < len(self.y) - 1)
        return np.where(inside, row * (len(self.x) - 1) + column, -1)

    def corners(self) -> Array:
        """Return the corners of each patch, (count, 4, 3) m."""
        west, south = (side.ravel() for side in np.meshgrid(self.x[:-1], self.y[:-1]))
        east, north = (side.ravel() for side in np.meshgrid(self.x[1:], self.y[1:]))
        x, y = np.stack([west, east, east, west], axis=1), np.stack([south, south, north, north], axis=1)
        return self._outward(np.stack([x, y, np.zeros_like(x)], axis=2))

    def samples(self, side: int) -> Array:
        """Return ``side`` x ``side`` points in each patch, patch after patch, (count * side**2, 3) m."""
        share = (np.arange(side) + 0.5) / side
        x = self.x[:-1, None] + np.diff(self.x)[:, None] * share
        y = self.y[:-1, None] + np.diff(self.y)[:, None] * share
        grid = np.empty((len(y), len(x), side, side, 3))
        grid[..., 0], grid[..., 1], grid[..., 2] = x[None, :, None, :], y[:, None, :, None], 0.0
        return self._outward(grid.reshape(-1, 3))


class GroundShadows:
    """Share of each ground patch that is in the shadow of bodies, as a function of time.

    Parameters
    ----------
    occluders
        The bodies.
    patches
        The ground's patches.
    path, angular_radius
        The Sun's, as for :class:`SunMasks`.
    side
        Sample points along each side of a patch: an edge is placed to 1/(2 side) of its width.
    chosen
        Numbers of the patches that matter; all where it is None.

    """

    def __init__(
        self,
        occluders: Occluders,
        patches: GroundPatches,
        path: SunPath,
        angular_radius: float,
        *,
        side: int = 6,
        chosen: NDArray[np.int64] | None = None,
    ) -> None:
        points = patches.samples(side)
        if chosen is not None:
            points = points.reshape(patches.count, -1, 3)[chosen].reshape(-1, 3)
        up = np.tile([0.0, 0.0, 1.0], (len(points), 1))
        self._masks = SunMasks(occluders, points, up, path, angular_radius, two_sided=False)
        self._shape = (-1, side * side)

    def shaded(self, time_s: float) -> Array:
        """Return the share of direct sunlight that each patch is denied, (patches,) 0 to 1; 1 at night."""
        front, _ = self._masks.at(time_s)
        return np.asarray(1.0 - front.reshape(self._shape).mean(axis=1))
