"""What stands in the way of rays, held in an Embree scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene

from thermal.geometry.triangle_soup import Soup, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from thermal.geometry.arrays import Array, IntArray, Rays


_OFFSET = 1e-5
"""A ray starts so far off its own surface, of the scene's extent: a hundred times float32's rounding."""
_FAINTEST = 1e-2
"""Light weaker than this behind several sheets counts as none."""


@dataclass(frozen=True, eq=False)
class Body:
    """A named shape.

    Parameters
    ----------
    name
        What rays report that hit the side of the outward normals.
    soup
        Its triangles.
    back
        Name for the other side of an open sheet; None where it is never seen (closed bodies).
    transmittance
        Share of light that passes each triangle, scalar or (m,).
    patches
        (m,) patch number of each triangle within the body: ``name`` then becomes ``name#0``, ``name#1``, ...
        None for one patch.

    """

    name: str
    soup: Soup
    back: str | None = None
    transmittance: ArrayLike = 0.0
    patches: ArrayLike | None = None

    @property
    def mean_transmittance(self) -> float:
        """Share of light that passes, over the whole area."""
        areas = self.soup.areas()
        return float(np.broadcast_to(self.transmittance, len(areas)) @ areas / areas.sum())


class Occluders:
    """Triangles in an Embree scene, built once; casts are exact for the single-precision geometry.

    Coordinates are taken relative to the middle of the scene, so that single precision is a few tenths of a
    micrometre in a scene of metres. A result depends on its own ray alone: not on batches, ranks or threads.

    Attributes
    ----------
    names
        Names of what rays can hit, the columns of view factors.
    offset
        Distance that :meth:`origins` keeps from the own surface, m.
    bodies
        What was given.
    normals, groups
        (t, 3) outward normals of all triangles, and (t, 2) index into ``names`` of the two sides of each.

    """

    def __init__(self, bodies: Sequence[Body], like: Occluders | None = None) -> None:
        """Build the scene; ``like`` lends its middle and offset, so that origins serve both."""
        self.bodies = tuple(bodies)
        soup = merge([body.soup for body in bodies])
        self.names, self.groups = _name_sides(bodies)
        self.normals = soup.normals()
        clear = [
            np.broadcast_to(np.asarray(b.transmittance, float), (len(b.soup.triangles),)) for b in bodies
        ]
        transmittance = np.concatenate([np.empty(0), *clear])
        if np.any(transmittance < 0.0) or np.any(transmittance > 1.0):
            raise ValueError("transmittances must lie in 0 to 1")
        corners = soup.vertices[soup.triangles.ravel()]
        low, high = (corners.min(axis=0), corners.max(axis=0)) if len(corners) else (np.zeros(3), np.ones(3))
        self._middle = 0.5 * (low + high)
        self.offset = float(_OFFSET * max(1.0, 0.5 * np.max(high - low)))
        if like is not None:
            self._middle, self.offset = like._middle, like.offset  # noqa: SLF001  (another of this class)
        self._transmittance = transmittance.astype(np.float32)
        self._sheets = bool(np.any(transmittance > 0.0))
        self._scene = _embree(soup, self._middle)

    def without(self, name: str) -> Occluders:
        """Return the same scene without a body; origins of this one serve there too."""
        return Occluders([body for body in self.bodies if body.name != name], like=self)

    def only(self, name: str) -> Occluders:
        """Return a scene of one body alone; origins of this one serve there too."""
        return Occluders([body for body in self.bodies if body.name == name], like=self)

    def relief(self, name: str) -> tuple[Array, Array]:
        """Return how a sheet waves: its mean unit normal (3,), and the unit normals (m, 3) of its triangles.

        Raises
        ------
        ValueError
            No body has this name.

        """
        soups = [body.soup for body in self.bodies if body.name == name]
        if not soups:
            raise ValueError(f"no body is called {name}")
        normals = soups[0].normals()
        mean = np.sum(normals * soups[0].areas()[:, None], axis=0)
        length = float(np.linalg.norm(mean))
        if length < 1e-9 * float(np.sum(soups[0].areas())):
            return np.array([0.0, 0.0, 1.0]), normals
        return mean / length, normals

    def origins(self, points: ArrayLike, normals: ArrayLike) -> Rays:
        """Lift points off their own surface along its outward normal.

        Parameters
        ----------
        points, normals
            (n, 3) m and unit vectors.

        Returns
        -------
        ndarray
            (n, 3) float32, relative to the middle of the scene: what the casts take.

        """
        lifted = np.asarray(points, dtype=float) + self.offset * np.asarray(normals, dtype=float)
        return np.ascontiguousarray(lifted - self._middle, dtype=np.float32)

    def transmission(self, origins: Rays, directions: Rays) -> Rays:
        """Return the share of light that comes along each ray from outside the scene.

        Parameters
        ----------
        origins
            (n, 3) from :meth:`origins`.
        directions
            (n, 3) or (1, 3) float32, towards the light; length does not matter.

        Returns
        -------
        ndarray
            (n,) float32: 1 where nothing is hit, 0 behind an opaque triangle, else the product of the
            transmittances passed.

        """
        clear = np.ones(len(origins), dtype=np.float32)
        if self._scene is None:
            return clear
        if not self._sheets:
            clear[self._scene.run(origins, directions, query="OCCLUDED") >= 0] = 0.0
            return clear
        return self._pass_sheets(origins, directions)

    def first_triangle(self, origins: Rays, directions: Rays) -> NDArray[np.int32]:
        """Return the triangle that each ray meets first, -1 for none, (n,).

        Every triangle is opaque here: a thin cloth lets through sunlight, not infrared.
        """
        if self._scene is None:
            return np.full(len(origins), -1, dtype=np.int32)
        return np.asarray(self._scene.run(origins, directions), dtype=np.int32)

    def _pass_sheets(self, start: Rays, along: Rays) -> Rays:
        """Product of the transmittances of all that rays meet."""
        passed = np.ones(len(start), dtype=np.float32)
        rays = np.arange(len(start))
        along = along / np.linalg.norm(along, axis=1)[:, None]
        while len(rays):
            met = self._scene.run(start, along, output=True)
            hit = np.flatnonzero(met["primID"] >= 0)
            behind = passed[rays[hit]] * self._transmittance[met["primID"][hit]]
            behind[behind < _FAINTEST] = 0.0
            passed[rays[hit]] = behind
            hit = hit[behind > 0.0]
            along = along[hit] if len(along) > 1 else along
            start = start[hit] + (met["tfar"][hit] + np.float32(self.offset))[:, None] * along
            rays = rays[hit]
        return passed


def _name_sides(bodies: Sequence[Body]) -> tuple[tuple[str, ...], IntArray]:
    """Give the sides of all triangles numbers: return the names, and (m, 2) indices of front and back."""
    names: list[str] = []
    groups = [np.empty((0, 2), dtype=np.int64)]
    for body in bodies:
        count = len(body.soup.triangles)
        patch = np.zeros(count, dtype=np.int64) if body.patches is None else np.asarray(body.patches)
        patches = int(patch.max()) + 1 if count else 0
        sides = [body.name] if body.back is None else [body.name, body.back]
        columns = []
        for side in sides:
            columns.append(patch + len(names))
            names += [side] if body.patches is None else [f"{side}#{k}" for k in range(patches)]
        if body.back is None:
            columns.append(columns[0])
        groups.append(np.stack(columns, axis=1))
    return tuple(names), np.concatenate(groups)


def _embree(soup: Soup, middle: Array) -> Any:
    """Build the Embree scene; None when there are no triangles."""
    if not len(soup.triangles):
        return None
    scene = EmbreeScene(robust=True)
    vertices = np.ascontiguousarray(soup.vertices - middle, dtype=np.float32)
    TriangleMesh(scene, vertices, np.ascontiguousarray(soup.triangles, dtype=np.int32))
    return scene
