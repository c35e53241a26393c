"""A lattice of rays along the Sun's path whose rows neighbouring positions of the disc share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from thermal.scene.visibility.arrays import Array, Rays

PLACES: Final = (-2.0 / 3.0, 0.0, 2.0 / 3.0)
"""Where the rays of a row lie across the path, solar radii; each stands for a third of the disc's width."""
_SPACING: Final = 0.3
"""Distance of rows along the path, solar radii: a shadow's edge is placed to half of it."""
_FINE: Final = 40
"""Points a side of a lattice cell by which its share of the disc is measured."""


@dataclass(frozen=True)
class LatticeRow:
    """Rays across the path.

    Parameters
    ----------
    way
        Where the row lies on the path, rad.
    columns
        (c,) positions of the disc that hold part of the row.
    weights
        (c, 3) share of each of those discs that each ray stands for.

    """

    way: float
    columns: NDArray[np.intp]
    weights: Rays


def lattice_rows(way: Array, radius: float) -> Iterator[LatticeRow]:
    """Lay rows so that the weights of every disc add up to one.

    Parameters
    ----------
    way
        (k,) increasing positions of the disc's middle, rad, a whole number of row spacings apart.
    radius
        Angular radius of the disc, rad.

    """
    spacing = _SPACING * radius
    places = np.round((way - way[0]) / spacing).astype(np.int64)
    reach = int(np.ceil(1.0 / _SPACING))
    share = _shares(reach)
    for row in range(-reach, int(places[-1]) + reach + 1):
        offset = row - places
        columns = np.flatnonzero(np.abs(offset) <= reach)
        yield LatticeRow(float(way[0] + row * spacing), columns, share[offset[columns] + reach])


def _shares(reach: int) -> Rays:
    """Share of the disc in each cell, (2 reach + 1, 3): rows from -reach to reach."""
    fine = (np.arange(_FINE) + 0.5) / _FINE - 0.5
    along = (np.arange(-reach, reach + 1)[:, None] + fine) * _SPACING
    across = np.asarray(PLACES)[:, None] + fine * (2.0 / 3.0)
    inside = along[:, None, :, None] ** 2 + across[None, :, None, :] ** 2 < 1.0
    cells = inside.sum(axis=(2, 3))
    return np.asarray(cells / cells.sum(), dtype=np.float32)
