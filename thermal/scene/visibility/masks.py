"""Sun masks of a scene through a run: cast along the Sun's path once, interpolated ever after.

The path is cut into columns 0.3 solar radii apart, columns into blocks. In a block, every
point is first probed by a sparse lattice of rays in the band of sky that the disc sweeps. Where the rays
round a column agree, the mask is theirs; only where they do not is the disc resolved. Shadows that the folds
of a sheet cast on itself fall at grazing light and move over much of it: there a lattice of rays that
neighbouring columns share takes the place of the resolved disc.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.scene.visibility.disc import disc_visibility, lift_disc
from thermal.scene.visibility.lattice import PLACES, lattice_rows

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from thermal.scene.visibility.arrays import Array, Rays
    from thermal.scene.visibility.occluders import Occluders
    from thermal.scene.visibility.path import SunPath


_COLUMN = 0.3
"""Distance of columns in solar radii: interpolation between them is then within 0.015 of a moving edge."""
_PROBE = 1.0
"""Distance of the probing lattice's rows along the path, solar radii."""
_ROWS = ((-0.9, 0.9), (-0.3, 0.3))
"""Places across the path of the lattice's even and odd rows, solar radii."""
_BLOCK = 54
"""Columns in a block: 16 solar radii, about eight hours of the lunar day."""
LUNATION_BLOCKS = 90
"""More than the path of a lunation has: a periodic one is cast once, a longer run keeps no more than this."""


@dataclass(frozen=True, eq=False)
class _Block:
    """Masks of one stretch of the path: those that stay, and a column table of those that change."""

    steady: Rays
    changing: NDArray[np.intp]
    table: Rays

    def at(self, column: float) -> Array:
        """Interpolate at a column counted from the block's first one."""
        mask = self.steady.astype(float)
        left = min(int(column), _BLOCK - 1)
        share = column - left
        mask[self.changing] = (1.0 - share) * self.table[left] + share * self.table[left + 1]
        return mask


class SunMasks:
    """Visible share of the Sun on points of surfaces as a function of time.

    Parameters
    ----------
    occluders
        What stands in the way.
    points, normals
        (n, 3) m and unit normals of the front (or only) face.
    path
        The Sun's path through the run (one period of a periodic run).
    angular_radius
        Of the solar disc, rad; its change along the path (1.9 % either way in a year) is left out.
    two_sided
        Whether the points have a back face too, scalar or (n,).
    sheet
        Name of the body that all points lie on, if it is an open sheet: while the Sun is too steep for its
        folds to shade one another, it is left out of the casts.
    keep
        Blocks of about eight hours kept in memory, those of a lunation by default; older ones are cast
        again when asked for.

    Notes
    -----
    A bar along the path that is narrower than 0.6 solar radii (2.8 mm at a metre), or a speck below one
    radius, can pass between the probing rays. Each point's masks depend on that point, the path and the
    occluders alone.

    """

    def __init__(
        self,
        occluders: Occluders,
        points: ArrayLike,
        normals: ArrayLike,
        path: SunPath,
        angular_radius: float,
        *,
        two_sided: bool | NDArray[np.bool_] = True,
        sheet: str | None = None,
        keep: int = LUNATION_BLOCKS,
    ) -> None:
        self._occluders = occluders
        self._others = occluders if sheet is None else occluders.without(sheet)
        self._sheet = None if sheet is None else occluders.only(sheet)
        self._relief = (np.zeros(3), 1.0) if sheet is None else occluders.relief(sheet)
        self._normals = np.asarray(normals, dtype=float)
        self._front = occluders.origins(points, self._normals)
        self._back = occluders.origins(points, -self._normals)
        self._two_sided = np.broadcast_to(np.asarray(two_sided), (len(self._normals),))
        self._path = path
        self._radius = angular_radius
        self._step = _COLUMN * angular_radius
        self._keep = keep
        self._blocks: OrderedDict[int, _Block] = OrderedDict()

    def at(self, time_s: float) -> tuple[Array, Array]:
        """Return the visible share of the Sun on front and back face, each (n,).

        A face whose plane hides the whole disc has 0, and all have while the disc is below the flat horizon.
        Where the plane cuts the disc, both faces have the share that other bodies leave:
        :func:`disc_cosine` then gives what falls on each.
        """
        way = self._path.way_at(time_s)
        sun = self._path.directions_at(way)[0]
        if sun[2] < -np.sin(self._radius):
            return np.zeros(len(self._normals)), np.zeros(len(self._normals))
        column = way / self._step
        block = int(column // _BLOCK)
        mask = self._block(block).at(column - block * _BLOCK)
        cosine = self._cosine(sun)
        limit = np.sin(self._radius)
        return np.where(cosine > -limit, mask, 0.0), np.where((cosine < limit) & self._two_sided, mask, 0.0)

    def prepare(self) -> None:
        """Cast the whole path now (otherwise blocks are cast when first asked for)."""
        for block in range(int(self._path.length / self._step) // _BLOCK + 1):
            self._block(block)

    def _block(self, number: int) -> _Block:
        if number in self._blocks:
            self._blocks.move_to_end(number)
        else:
            self._blocks[number] = self._cast(number)
            if len(self._blocks) > self._keep:
                self._blocks.popitem(last=False)
        return self._blocks[number]

    def _cast(self, number: int) -> _Block:
        """Cast the columns of a block, the last of them shared with the next block."""
        way = np.asarray((number * _BLOCK + np.arange(_BLOCK + 1)) * self._step)
        suns = self._path.directions_at(way)
        values = self._resolve(way, suns)
        if self._sheet is not None and self._folds_shade(suns):
            values *= self._fold_masks(self._sheet, way, suns)
        changing = np.flatnonzero(np.any(values != values[0], axis=0))
        return _Block(values[0].copy(), changing, np.ascontiguousarray(values[:, changing]))

    def _resolve(self, way: Array, suns: Array) -> Rays:
        """Masks of other bodies, (columns, n): the disc is resolved where the lattice finds it cut."""
        low, high = self._probe(self._others, way, suns)
        column, point = np.nonzero(low != high)
        normals = self._normals[point]
        lit = np.sum(normals * suns[column], axis=1)[:, None] >= 0.0
        origins = np.where(lit, self._front[point], self._back[point])
        lifted = lift_disc(suns[column], np.where(lit, normals, -normals), self._radius)
        low[column, point] = disc_visibility(self._others, origins, lifted, self._radius)
        return low

    def _fold_masks(self, sheet: Occluders, way: Array, suns: Array) -> Rays:
        """Masks of the sheet that the points lie on, (columns, n): a lattice where the probes disagree."""
        low, high = self._probe(sheet, way, suns)
        cut = low != high
        total = np.zeros_like(low)
        for row in lattice_rows(way, self._radius):
            wanted = np.flatnonzero(cut[row.columns].any(axis=0))
            if len(wanted):
                seen = self._light(sheet, row.way, PLACES, wanted)
                total[np.ix_(row.columns, wanted)] += row.weights @ seen
        return np.where(cut, total, low)

    def _folds_shade(self, suns: Array) -> bool:
        """Whether folds of the sheet can shade one another in a block."""
        normal, sine = self._relief
        reach = sine + 4.0 * np.sin(self._radius)  # the lattice's reach beyond the block, and rounding
        return bool(np.min(np.abs(suns @ normal)) <= reach)

    def _probe(self, occluders: Occluders, way: Array, suns: Array) -> tuple[Rays, Rays]:
        """Least and greatest transmission of the lattice rays round each column, (columns, n) each.

        Lattice rows are numbered from the start of the path, so that a block's neighbours see the same ones.
        """
        spacing = _PROBE * self._radius
        reach = self._radius + spacing
        first = int(np.floor((way[0] - reach) / spacing))
        rows = np.arange(first, int(np.ceil((way[-1] + reach) / spacing)) + 1)
        low = np.ones((len(way), len(self._front)), dtype=np.float32)
        high = np.zeros_like(low)
        up = suns[:, 2] > -np.sin(self._radius)
        for row in rows:
            near = np.flatnonzero((np.abs(row * spacing - way) <= reach) & up)
            if len(near):
                seen = self._light(occluders, float(row * spacing), _ROWS[row % 2])
                low[near] = np.minimum(low[near], seen.min(axis=0))
                high[near] = np.maximum(high[near], seen.max(axis=0))
        low[~up] = high[~up] = 0.0
        return low, high

    def _light(
        self,
        occluders: Occluders,
        way: float,
        places: tuple[float, ...],
        points: NDArray[np.intp] | None = None,
    ) -> Rays:
        """Light along a row of rays across the path at a way, (places, points); places in solar radii."""
        half = 0.5 * self._radius
        before, middle, after = self._path.directions_at(way + np.array([-half, 0.0, half]))
        across = np.cross(middle, after - before)
        across /= np.linalg.norm(across)
        chosen = slice(None) if points is None else points
        normals = self._normals[chosen]
        cosine = (normals[:, 0] * middle[0] + normals[:, 1] * middle[1] + normals[:, 2] * middle[2])[:, None]
        origins = np.where(cosine >= 0.0, self._front[chosen], self._back[chosen])
        if np.any(np.abs(cosine) < 1.05 * np.sin(self._radius)):
            middle = lift_disc(middle[None], np.where(cosine >= 0.0, normals, -normals), self._radius)
        rays = (middle + np.tan(place * self._radius) * across for place in places)
        return np.stack([occluders.transmission(origins, np.atleast_2d(r).astype(np.float32)) for r in rays])

    def _cosine(self, sun: Array) -> Array:
        return np.asarray(
            self._normals[:, 0] * sun[0] + self._normals[:, 1] * sun[1] + self._normals[:, 2] * sun[2]
        )
