"""All parts of a scene as one mesh, and places on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_OUTSIDE = 1e-6
"""How far outside a triangle, in barycentric coordinates, a point still counts as in it."""


class Surface(Protocol):
    """What the result file needs of a part: ``thermal.scene.Part`` is one."""

    @property
    def points(self) -> NDArray[np.float64]:
        """Vertices, (n, 3), m."""

    @property
    def triangles(self) -> NDArray[np.integer]:
        """Vertex numbers, (m, 3)."""

    @property
    def uv(self) -> NDArray[np.float64]:
        """Local coordinates, (n, 2), m."""

    @property
    def area(self) -> NDArray[np.float64]:
        """Lumped area of each vertex, (n,), m2."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A place where temperature is recorded.

    Parameters
    ----------
    name, part
        Its own name and the part it lies on.
    at
        Local coordinates on the part, m.

    """

    name: str
    part: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A probe found on the mesh: its value is ``weights @ temperature[vertices]``."""

    vertices: NDArray[np.intp]
    weights: NDArray[np.float64]

    def value(self, field: NDArray[np.float64]) -> float:
        """Interpolate a vertex field of the joint mesh."""
        return float(self.weights @ field[self.vertices])


@dataclass(frozen=True, slots=True)
class JointMesh:
    """Parts one after another.

    Parameters
    ----------
    names
        Parts, in order.
    offsets
        First vertex of each part, and the number of vertices, (parts + 1,).
    points, triangles, uv, area
        As in :class:`Surface`, of all parts; triangles count vertices of the joint mesh.
    cells
        First triangle of each part, and the number of triangles, (parts + 1,).

    """

    names: tuple[str, ...]
    offsets: NDArray[np.int64]
    cells: NDArray[np.int64]
    points: NDArray[np.float64]
    triangles: NDArray[np.int64]
    uv: NDArray[np.float64]
    area: NDArray[np.float64]

    @classmethod
    def of(cls, parts: Mapping[str, Surface]) -> JointMesh:
        """Join the parts of a scene."""
        surfaces = list(parts.values())
        offsets = np.cumsum([0, *(len(surface.points) for surface in surfaces)])
        cells = np.cumsum([0, *(len(surface.triangles) for surface in surfaces)])
        return cls(
            tuple(parts),
            offsets.astype(np.int64),
            cells.astype(np.int64),
            np.concatenate([surface.points for surface in surfaces]),
            np.concatenate(
                [
                    np.asarray(s.triangles, np.int64) + start
                    for s, start in zip(surfaces, offsets, strict=False)
                ]
            ),
            np.concatenate([surface.uv for surface in surfaces]),
            np.concatenate([surface.area for surface in surfaces]),
        )

    def vertices(self, part: str) -> slice:
        """Vertices of a part."""
        index = self.names.index(part)
        return slice(int(self.offsets[index]), int(self.offsets[index + 1]))

    def triangles_of(self, part: str) -> NDArray[np.int64]:
        """Triangles of a part, counted from the part's own first vertex, (m, 3)."""
        index = self.names.index(part)
        own: NDArray[np.int64] = self.triangles[self.cells[index] : self.cells[index + 1]]
        return own - int(self.offsets[index])

    def part_of_triangle(self) -> NDArray[np.int32]:
        """Index of the part of every triangle, (m,)."""
        return np.repeat(np.arange(len(self.names), dtype=np.int32), np.diff(self.cells))

    def join(self, fields: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """Put one array a part into one of all vertices."""
        return np.concatenate([np.asarray(fields[name], np.float64) for name in self.names])

    def find(self, probe: Probe) -> Place:
        """Find a probe.

        Raises
        ------
        CaseError
            If there is no such part, or the place lies outside it.

        """
        where = f"output.probe {probe.name!r}"
        if probe.part not in self.names:
            known = ", ".join(self.names)
            raise CaseError(
                Problem("unknown-part", where, f"there is no part {probe.part!r}", f"take one of {known}")
            )
        place = self._containing(probe)
        if place is None:
            reach = self.uv[self.vertices(probe.part)]
            low, high = reach.min(axis=0), reach.max(axis=0)
            raise CaseError(
                Problem(
                    "off-the-part",
                    where,
                    f"({probe.at[0]:g} m, {probe.at[1]:g} m) is not on {probe.part}",
                    f"it reaches from ({low[0]:g} m, {low[1]:g} m) to ({high[0]:g} m, {high[1]:g} m)",
                )
            )
        return place

    def _containing(self, probe: Probe) -> Place | None:
        """Find the triangle of the part that holds the probe, in local coordinates."""
        corners = self.triangles_of(probe.part)
        start = self.vertices(probe.part).start
        a, b, c = (self.uv[start + corners[:, k]] for k in range(3))
        ab, ac, ap = b - a, c - a, np.asarray(probe.at) - a
        twice_area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            second = (ap[:, 0] * ac[:, 1] - ap[:, 1] * ac[:, 0]) / twice_area
            third = (ab[:, 0] * ap[:, 1] - ab[:, 1] * ap[:, 0]) / twice_area
        weights = np.stack([1 - second - third, second, third], axis=1)
        worst = np.where(np.isfinite(weights).all(axis=1), weights.min(axis=1), -np.inf)
        # A triangle that closes a tube spans the whole circumference in local coordinates: the smallest wins.
        inside = np.flatnonzero(worst >= -_OUTSIDE)
        if not len(inside):
            return None
        best = inside[np.argmin(np.abs(twice_area[inside]))]
        return Place(start + corners[best], weights[best])
