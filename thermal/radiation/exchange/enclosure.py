"""The whole scene as an enclosure: patches of surfaces, the ground and the sky."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.radiation.exchange.patches import aggregate, close_factors, closure_error, with_surroundings
from thermal.radiation.view_factors.of_points import view_factors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thermal.geometry.arrays import Array, IntArray
    from thermal.geometry.triangle_soup import Soup
    from thermal.radiation.rays.occluders import Occluders


@dataclass(frozen=True, eq=False)
class Surface:
    """One side of a body, by points that stand for its area.

    Parameters
    ----------
    name
        As the occluders name what rays hit (without ``#`` and patch number).
    points, normals
        (n, 3) m and unit vectors out of this side.
    areas
        (n,) m2.
    patch
        (n,) patch that each point lies in, 0 to ``patches - 1``, numbered as the body's triangles are.
    patches
        Number of patches; 0 for a body that is not divided.

    """

    name: str
    points: Array
    normals: Array
    areas: Array
    patch: IntArray
    patches: int = 0

    @classmethod
    def of_soup(cls, name: str, soup: Soup, patch: IntArray | None = None, divisions: int = 8) -> Surface:
        """Stand on the outward side of triangles: each is cut into ``divisions**2`` equal ones.

        Parameters
        ----------
        name
            As the occluders name it.
        soup
            The triangles.
        patch
            (m,) patch number of each triangle; None for a body that is not divided.
        divisions
            Parts of each side of a triangle.

        """
        corner = soup.vertices[soup.triangles]
        share = np.array(_middles(divisions))
        points = np.einsum("kc,mcx->mkx", share, corner).reshape(-1, 3)
        count = len(share)
        owner = np.zeros(len(corner), dtype=np.int64) if patch is None else patch
        return cls(
            name=name,
            points=points,
            normals=np.repeat(soup.normals(), count, axis=0),
            areas=np.repeat(soup.areas() / count, count),
            patch=np.repeat(owner, count),
            patches=0 if patch is None else int(owner.max()) + 1,
        )


@dataclass(frozen=True, eq=False)
class Enclosure:
    """Patches that exchange, closed and reciprocal; what :func:`grey_exchange` takes.

    Parameters
    ----------
    names
        Of the patches, then ``"ground"`` and ``"sky"``.
    factors
        (n, n), rows sum to one, reciprocal.
    areas
        (n,) m2; those of ground and sky are nominal.
    row_error, reciprocity_error
        Largest errors of the measured factors, before the correction.

    """

    names: tuple[str, ...]
    factors: Array
    areas: Array
    row_error: float
    reciprocity_error: float


def enclosure(occluders: Occluders, surfaces: Sequence[Surface], rays: int = 4096) -> Enclosure:
    """Measure the view factors among all patches of a scene, ground and sky, and close them.

    Parameters
    ----------
    occluders
        The bodies.
    surfaces
        Every side that rays can hit, once. (What no surface stands for would be a hole.)
    rays
        Rays from each point; the points of a patch share the work, so a few hundred points a patch do.

    Returns
    -------
    Enclosure
        With the errors before correction.

    Raises
    ------
    ValueError
        A side that rays can hit has no surface, or the factors cannot be closed.

    """
    names = [_patch_name(s, k) for s in surfaces for k in range(max(1, s.patches))]
    if sorted(names) != sorted(occluders.names):
        missing = sorted(set(occluders.names) ^ set(names))
        raise ValueError(f"surfaces and occluders differ in: {', '.join(missing)}")
    order = [occluders.names.index(name) for name in names]
    rows, outside, areas = [], [], []
    for surface in surfaces:
        seen = view_factors(occluders, surface.points, surface.normals, rays=rays)
        count = max(1, surface.patches)
        rows.append(aggregate(seen.bodies[:, order], surface.areas, surface.patch, count))
        away = np.stack([seen.ground, seen.sky], axis=1)
        outside.append(aggregate(away, surface.areas, surface.patch, count))
        areas.append(np.bincount(surface.patch, weights=surface.areas, minlength=count))
    measured, area = with_surroundings(
        np.concatenate(rows), np.concatenate(areas), np.maximum(0.0, np.concatenate(outside))
    )
    row_error, reciprocity_error = closure_error(measured, area)
    closed = close_factors(measured, area)
    return Enclosure((*names, "ground", "sky"), closed, area, row_error, reciprocity_error)


def _patch_name(surface: Surface, patch: int) -> str:
    return f"{surface.name}#{patch}" if surface.patches else surface.name


def _middles(divisions: int) -> list[tuple[float, float, float]]:
    """Barycentric middles of the equal triangles that cut each side of a triangle in ``divisions`` parts."""
    upright = [(i + 1 / 3, j + 1 / 3) for i in range(divisions) for j in range(divisions - i)]
    inverted = [(i + 2 / 3, j + 2 / 3) for i in range(divisions - 1) for j in range(divisions - 1 - i)]
    return [(1.0 - (i + j) / divisions, i / divisions, j / divisions) for i, j in upright + inverted]
