"""Which surface each vertex of the cloth has: the field, and what regions print on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.case.tables.flag import Flag

EDGE_M = 1e-9
"""Rounding of the vertices on a region's edge, which belong to the region."""


@dataclass(frozen=True)
class Print:
    """Vertices that share their surfaces.

    Attributes
    ----------
    title
        How the verdict calls them.
    front, back
        Surface states of the material; the back empty where nobody sees it.
    vertices
        Numbers within the part, (k,).

    """

    title: str
    front: str
    back: str
    vertices: NDArray[np.int64]


def prints_of(flag: Flag, uv: NDArray[np.float64]) -> tuple[Print, ...]:
    """Group the vertices of the cloth by their surfaces.

    Parameters
    ----------
    flag
        The case's table.
    uv
        Width and height coordinates of the vertices, (n, 2), m.

    Returns
    -------
    tuple of Print
        The field first; regions with the same surfaces are one print.

    """
    plain = (flag.front_surface, flag.back_surface)
    pairs = [plain]
    number = np.zeros(len(uv), dtype=np.int64)
    for region in flag.region:
        pair = (region.front or region.surface or plain[0], region.back or region.surface or plain[1])
        if pair not in pairs:
            pairs.append(pair)
        low = np.asarray(region.corner) - EDGE_M
        high = np.asarray(region.corner) + np.asarray(region.size) + EDGE_M
        number[np.all((uv >= low) & (uv <= high), axis=1)] = pairs.index(pair)
    found = []
    for index, (front, back) in enumerate(pairs):
        vertices = np.flatnonzero(number == index)
        if vertices.size:
            own = front if front != plain[0] else back
            found.append(Print(f"{own} regions" if index else "field", front, back, vertices))
    return tuple(found)
