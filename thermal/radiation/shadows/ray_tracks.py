"""Shadows of surfaces that are not convex, such as a sheet's folds: rays along the Sun's path.

A few tracks run beside the path across the disc. Along each, light changes at places that are found once, by
rays; at any time the disc's chord on a track covers a stretch of it, and the light along the chords is summed
by Gauss-Chebyshev quadrature. What a point sees is then continuous in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.kernels import kernel
from thermal.radiation.shadows.disc import lift_disc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.geometry.arrays import Array, IntArray, Rays
    from thermal.radiation.rays.occluders import Occluders
    from thermal.radiation.shadows.sun_path import SunPath

_TRACKS: Final = 3
_THETA: Final = np.pi * np.arange(1, _TRACKS + 1) / (_TRACKS + 1)
PLACES: Final = np.cos(_THETA)
"""Of the tracks across the path, solar radii."""
_HALF: Final = np.sin(_THETA)
"""Half of the disc's chord on each track, solar radii."""
_WEIGHT: Final = 2.0 / (_TRACKS + 1) * np.sin(_THETA) ** 2
ROW: Final = 2.0
"""Distance of the rays along a track, solar radii; between two that differ, bisection finds the change."""
_BISECTIONS: Final = 6


@dataclass(frozen=True, eq=False)
class Tracks:
    """Light along the tracks of a stretch of the path, for the points where it changes or is not full.

    Parameters
    ----------
    points
        (n,) which points.
    start
        (n * tracks,) light at the start of each track.
    first
        (n * tracks + 1,) where the changes of each track start in the arrays below.
    way, light
        (m,) rad, where light changes, in order, and what it is from there on.

    """

    points: NDArray[np.intp]
    start: Rays
    first: IntArray
    way: Array
    light: Rays

    def dim(self, way: float, radius: float, share: Array) -> None:
        """Multiply the share that each of all points sees, (all points,), by what comes along the tracks."""
        _dim(way, radius * _HALF, _WEIGHT, self.points, self.start, self.first, self.way, self.light, share)


class TrackCaster:
    """Casts tracks from points on surfaces.

    Parameters
    ----------
    occluders
        What stands in the way.
    front, back
        (n, 3) origins on the two faces.
    normals
        (n, 3) unit normals of the front face.
    path, radius
        The Sun's way, and the radius of its disc, rad.

    """

    def __init__(
        self, occluders: Occluders, front: Rays, back: Rays, normals: Array, path: SunPath, radius: float
    ) -> None:
        self._occluders = occluders
        self._front, self._back, self._normals = front, back, normals
        self._path, self._radius = path, radius

    def cast(self, begin: float, end: float, points: NDArray[np.intp]) -> Tracks:
        """Follow the light of points (n,) between two ways of the disc's middle, rad."""
        begin, end = begin - self._radius, end + self._radius
        rows = np.linspace(begin, end, int(np.ceil((end - begin) / (ROW * self._radius))) + 1)
        seen: Rays = np.stack([self._rows(way, points) for way in rows], axis=2).reshape(-1, len(rows))
        keep = np.repeat((seen.reshape(len(points), _TRACKS * len(rows)) < 1.0).any(axis=1), _TRACKS)
        points, seen = points[keep[::_TRACKS]], seen[keep]
        track, row = np.nonzero(seen[:, 1:] != seen[:, :-1])
        low, high = rows[row], rows[row + 1]
        before = seen[track, row]
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            same = self._light(middle, track % _TRACKS, points[track // _TRACKS]) == before
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        first = np.searchsorted(track, np.arange(len(seen) + 1))
        return Tracks(points, seen[:, 0].copy(), first, 0.5 * (low + high), seen[track, row + 1])

    def _rows(self, way: float, points: NDArray[np.intp]) -> Rays:
        """Light on all tracks at one way, (points, tracks)."""
        middle, across = self._frame(np.array([way]))
        origins, raised = self._aim(middle, points)
        seen = np.empty((len(points), _TRACKS), dtype=np.float32)
        for k, place in enumerate(PLACES):
            rays = raised + np.tan(place * self._radius) * across
            seen[:, k] = self._occluders.transmission(origins, rays.astype(np.float32))
        return seen

    def _light(self, way: Array, track: IntArray, points: NDArray[np.intp]) -> Rays:
        """Light along one ray from each of some points, at its way (n,) and on its track (n,)."""
        middle, across = self._frame(way)
        origins, raised = self._aim(middle, points)
        rays = raised + np.tan(PLACES[track] * self._radius)[:, None] * across
        return self._occluders.transmission(origins, rays.astype(np.float32))

    def _frame(self, way: Array) -> tuple[Array, Array]:
        """Return the middle of the disc and the direction across the path at each way, (n, 3)."""
        half = 0.5 * self._radius
        before, middle, after = (self._path.directions_at(way + shift) for shift in (-half, 0.0, half))
        across = np.cross(middle, after - before)
        return middle, across / np.linalg.norm(across, axis=1)[:, None]

    def _aim(self, middle: Array, points: NDArray[np.intp]) -> tuple[Rays, Array]:
        """Origins on the lit faces, and the disc's middle, (n, 3) or (1, 3), raised where a face cuts it."""
        normals = self._normals[points]
        cosine = np.einsum("ij,ij->i", normals, np.broadcast_to(middle, normals.shape))
        lit = cosine[:, None] >= 0.0
        origins = np.where(lit, self._front[points], self._back[points])
        if np.any(np.abs(cosine) < 1.05 * np.sin(self._radius)):
            middle = lift_disc(
                np.broadcast_to(middle, normals.shape), np.where(lit, normals, -normals), self._radius
            )
        return origins, middle


@kernel
def _dim(
    way: float, half: Array, weight: Array, points: NDArray[np.intp],
    start: Rays, first: IntArray, change: Array, light: Rays, share: Array,
) -> None:  # fmt: skip
    """See :meth:`Tracks.dim`."""
    for i in range(len(points)):
        total = 0.0
        for k in range(len(half)):
            track = i * len(half) + k
            reached, stop = way - half[k], way + half[k]
            now, along = float(start[track]), 0.0
            for c in range(first[track], first[track + 1]):
                if change[c] >= stop:
                    break
                if change[c] > reached:
                    along += now * (change[c] - reached)
                    reached = change[c]
                now = float(light[c])
            total += weight[k] * (along + now * (stop - reached)) / (2.0 * half[k])
        share[points[i]] *= total
