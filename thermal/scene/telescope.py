"""Telescoping tubes: what covers what, and how they radiate inside and to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.geometry.dual import line_lengths
from thermal.heat.model.conductor import Conductors
from thermal.radiation.exchange.ring import ring_exchange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from thermal.geometry.surface import Surface

COAXIAL_M = 1e-4
"""Distance between axes up to which two tubes count as one inside the other."""
SHORTEST_M = 1e-9
"""Overlaps no longer than this are rounding."""


@dataclass(frozen=True)
class Cylinder:
    """Axis and size of a tube; ``radius`` is that of the outer face, m."""

    name: str
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    radius: float
    inside_emissivity: float
    outside_emissivity: float

    @property
    def length(self) -> float:
        """Of the axis, m."""
        return float(np.linalg.norm(self.end - self.start))

    @property
    def axis(self) -> NDArray[np.float64]:
        """Unit vector from start to end."""
        direction: NDArray[np.float64] = np.divide(self.end - self.start, self.length)
        return direction

    def station(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Position along the axis and distance from it of (n, 3) points, m."""
        offset = np.atleast_2d(points) - self.start
        along = offset @ self.axis
        return along, np.linalg.norm(offset - along[:, None] * self.axis, axis=1)


@dataclass(frozen=True)
class Overlap:
    """The stretch, in m along each axis, on which ``inner`` lies inside ``outer``."""

    outer: Cylinder
    inner: Cylinder
    on_outer: tuple[float, float]
    on_inner: tuple[float, float]


def find_overlaps(tubes: Sequence[Cylinder]) -> tuple[Overlap, ...]:
    """All stretches on which a tube lies in another one with no third between them."""
    found = []
    for outer in tubes:
        inside = [(tube, stretch) for tube in tubes if (stretch := _stretch(outer, tube)) is not None]
        for inner, whole in inside:
            between = [cut for tube, cut in inside if tube.radius > inner.radius]
            for low, high in _left(whole, between):
                ends = outer.start + np.array([[low], [high]]) * outer.axis
                on_inner = np.sort(inner.station(ends)[0])
                found.append(Overlap(outer, inner, (low, high), (float(on_inner[0]), float(on_inner[1]))))
    return tuple(found)


def _stretch(outer: Cylinder, inner: Cylinder) -> tuple[float, float] | None:
    """Stretch of a tube's axis, m, on which another one lies in it."""
    if inner.radius >= outer.radius or abs(np.dot(outer.axis, inner.axis)) < 1.0 - 1e-8:
        return None
    along, off = outer.station(np.stack([inner.start, inner.end]))
    low, high = max(0.0, float(along.min())), min(outer.length, float(along.max()))
    return None if off.max() > COAXIAL_M or high - low < SHORTEST_M else (low, high)


def _left(whole: tuple[float, float], cuts: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return what cuts leave of a stretch, m."""
    pieces = [whole]
    for low, high in cuts:
        halves = [half for a, b in pieces for half in ((a, min(b, low)), (max(a, high), b))]
        pieces = [(a, b) for a, b in halves if b - a > SHORTEST_M]
    return pieces


def axial_share(lines: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Share of each grid line's own length that lies between ``low`` and ``high``, (n,).

    Both ends are grid lines, so every cell is in or out as a whole.
    """
    cells = np.diff(lines)
    middle = 0.5 * (lines[1:] + lines[:-1])
    inside = np.where((middle > low) & (middle < high), cells, 0.0)
    return line_lengths(inside) / line_lengths(cells)


def covered(name: str, surface: Surface, overlaps: Sequence[Overlap], side: str) -> NDArray[np.float64]:
    """Share of each vertex (n,) that lies inside (``side="inner"``) or around (``"outer"``) another tube."""
    share = np.zeros(len(surface.lines[0]))
    for overlap in overlaps:
        if getattr(overlap, side).name == name:
            share += axial_share(surface.lines[0], *getattr(overlap, f"on_{side}"))
    return np.repeat(np.minimum(share, 1.0), len(surface.lines[1]))


def inside_exchange(tube: Cylinder, surface: Surface, first: int, free: NDArray[np.float64]) -> Conductors:
    """Radiation between the arcs of each ring inside a tube, where no other tube fills it.

    Along the axis the wall's temperature changes over decimetres, so each ring sees itself alone.

    Parameters
    ----------
    tube, surface
        The tube.
    first
        Number of its first vertex in the model.
    free
        (n,) share of each vertex's inside that no inner tube covers.

    """
    around = len(surface.lines[1])
    matrix = ring_exchange(around, tube.inside_emissivity)
    a, b = np.triu_indices(around, 1)
    rings = np.arange(len(surface.lines[0]))[:, None] * around
    area = (surface.area * free).reshape(-1, around)
    value = 0.5 * (area[:, a] + area[:, b]) * matrix[a, b]
    keep = value.ravel() > 0.0
    return Conductors(
        f"inside:{tube.name}",
        (first + rings + a).ravel()[keep],
        (first + rings + b).ravel()[keep],
        value.ravel()[keep],
        radiative=True,
    )


def gap_exchange(overlap: Overlap, surfaces: Mapping[str, Surface], first: Mapping[str, int]) -> Conductors:
    """Radiation across the narrow gap of an overlap: grey concentric cylinders, vertex to facing vertices."""
    inner, outer = overlap.inner, overlap.outer
    area_ratio = inner.radius / outer.radius
    effective = 1.0 / (1.0 / inner.outside_emissivity + area_ratio * (1.0 / outer.inside_emissivity - 1.0))
    rows, columns, weights = facing(overlap, surfaces)
    return Conductors(
        f"gap:{outer.name}/{inner.name}",
        first[inner.name] + rows,
        first[outer.name] + columns,
        effective * weights,
        radiative=True,
    )


def facing(
    overlap: Overlap, surfaces: Mapping[str, Surface]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of inner and outer vertices that face each other, with the inner area each stands for, m2."""
    inner, outer = surfaces[overlap.inner.name], surfaces[overlap.outer.name]
    area = inner.area * np.repeat(axial_share(inner.lines[0], *overlap.on_inner), len(inner.lines[1]))
    rows = np.flatnonzero(area)
    columns, weights = locate(overlap.outer, outer, inner.points[rows])
    return (
        np.repeat(rows, columns.shape[1]),
        columns.ravel(),
        (area[rows, None] * weights).ravel(),
    )


def locate(
    tube: Cylinder, surface: Surface, points: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Vertices of a tube next to points, by station and direction from the axis, with bilinear weights.

    Returns
    -------
    tuple
        (n, 4) vertex numbers of the part and (n, 4) weights that add up to 1.

    """
    lines, arcs = surface.lines
    around = len(arcs)
    along = np.clip(tube.station(points)[0], lines[0], lines[-1])
    k = np.clip(np.searchsorted(lines, along, side="right") - 1, 0, len(lines) - 2)
    share = (along - lines[k]) / (lines[k + 1] - lines[k])
    zero, quarter = surface.normals[0], np.cross(tube.axis, surface.normals[0])
    offset = points - tube.start
    turn = np.arctan2(offset @ quarter, offset @ zero) % (2.0 * np.pi) * around / (2.0 * np.pi)
    j = np.floor(turn + 1e-9).astype(np.int64) % around
    part = np.maximum(turn - np.floor(turn + 1e-9), 0.0)
    following = (j + 1) % around
    vertices = np.stack(
        [k * around + j, k * around + following, (k + 1) * around + j, (k + 1) * around + following], 1
    )
    weights = np.stack([(1 - share) * (1 - part), (1 - share) * part, share * (1 - part), share * part], 1)
    return vertices, weights
