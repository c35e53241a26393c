"""What every face sees of ground, sky and the other bodies, and when the Sun is hidden from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array

from thermal.radiation import (
    Body,
    Occluders,
    SunMasks,
    SunPath,
    Surface,
    aggregate,
    close_factors,
    closure_error,
    view_factors,
    with_surroundings,
)
from thermal.radiation.view_factors.views import Views
from thermal.scene.bodies import BoxBody, RayPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.radiation import GroundPatches

VERTEX_RAYS = 256
BOX_RAYS = 4096
"""A face of a box is large: what it sends to a small patch decides on that patch's exchange."""
BOX_DIVISIONS = 8
LEAST_AREA = 1e-9
"""Of the largest vertex: what a covered one counts, so that a patch of such alone has a size."""


@dataclass(frozen=True)
class Patches:
    """Patches of all bodies, as the exchange of radiation takes them; P in number.

    Parameters
    ----------
    names
        Of the patches: ``flag#3``, ``flag back#3``, ``arm1#0``, ``lander#5``.
    areas
        (P,) m2.
    factors
        (P, P) view factors among them, reciprocal with the areas.
    ground, sky
        (P,) view factors to the surroundings; rows of all three sum to one.
    front, back
        (n, P) sparse view factors of the faces of every vertex of the model.
    front_patch, back_patch
        (n,) patch of each face, -1 for none.
    row_error, reciprocity_error
        Of the factors as they were measured, before the correction.

    """

    names: tuple[str, ...]
    areas: NDArray[np.float64]
    factors: NDArray[np.float64]
    ground: NDArray[np.float64]
    sky: NDArray[np.float64]
    front: csr_array
    back: csr_array
    front_patch: NDArray[np.int64]
    back_patch: NDArray[np.int64]
    row_error: float
    reciprocity_error: float


def occluders_of(parts: Sequence[RayPart], boxes: Sequence[BoxBody]) -> Occluders:
    """Gather what stands in the way: parts and boxes."""
    return Occluders([part.body for part in parts] + [_box_body(box) for box in boxes])


def see(
    parts: Sequence[RayPart],
    boxes: Sequence[BoxBody],
    areas: NDArray[np.float64],
    ground: GroundPatches | None = None,
) -> tuple[Occluders, Views, Patches]:
    """Cast the view factors of a scene.

    Parameters
    ----------
    parts
        Parts of the model in order.
    boxes
        Opaque boxes.
    areas
        (n,) exposed areas of all vertices, m2; 0 for a covered one.
    ground
        Patches of the ground to be told apart.

    Returns
    -------
    tuple
        The occluders, what each face sees of ground and sky, and the patches that exchange.

    """
    areas = np.maximum(areas, LEAST_AREA * areas.max())
    occluders = occluders_of(parts, boxes)
    names = occluders.names
    faces = [_seen_from(occluders, parts, sign, ground) for sign in (1.0, -1.0)]
    sides = [face[:3] for face in faces]
    patch = [_vertex_patch(parts, names, face) for face in ("front", "back")]
    for side, own in zip(sides, patch, strict=True):
        for values in side:
            values[own < 0] = 0.0
    surfaces = [
        Surface.of_soup(box.name, box.soup, np.arange(12) // 2, divisions=BOX_DIVISIONS) for box in boxes
    ]
    seen = [view_factors(occluders, s.points, s.normals, ground=ground, rays=BOX_RAYS) for s in surfaces]
    box_patch = [np.array([names.index(f"{s.name}#{k}") for k in range(6)])[s.patch] for s in surfaces]
    measured = aggregate(
        np.concatenate([
            *(np.column_stack([bodies, ground, sky]) for ground, sky, bodies in sides),
            *(np.column_stack([v.bodies, v.ground, v.sky]) for v in seen),
        ]),
        np.concatenate([
            *(np.where(own >= 0, areas, 1e-300) for own in patch),
            *(s.areas for s in surfaces),
        ]),
        np.concatenate([*(np.maximum(own, 0) for own in patch), *box_patch]),
        len(names),
    )  # fmt: skip
    area = np.zeros(len(names))
    for own, weight in [
        *((p, areas) for p in patch),
        *zip(box_patch, (s.areas for s in surfaces), strict=True),
    ]:
        np.add.at(area, own[own >= 0], np.asarray(weight)[own >= 0])
    count = len(names)
    whole, all_areas = with_surroundings(measured[:, :count], area, np.maximum(measured[:, count:], 0.0))
    row_error, reciprocity_error = closure_error(whole, all_areas)
    closed = close_factors(whole, all_areas)
    corrected = np.divide(closed[:count], measured, out=np.zeros_like(measured), where=measured > 0.0)
    front, back = (_corrected(side, own, corrected) for side, own in zip(sides, patch, strict=True))
    apart = [aggregate(v.patches, s.areas, s.patch, 6) for v, s in zip(seen, surfaces, strict=True)]
    box_patches = np.array(apart).reshape(len(boxes), 6, 0 if ground is None else ground.count)
    views = Views(*front[:2], *back[:2], faces[0][3], faces[1][3], box_patches)
    patches = Patches(
        names=names,
        areas=area,
        factors=closed[:count, :count],
        ground=closed[:count, count],
        sky=closed[:count, count + 1],
        front=front[2],
        back=back[2],
        front_patch=patch[0],
        back_patch=patch[1],
        row_error=row_error,
        reciprocity_error=reciprocity_error,
    )
    return occluders, views, patches


class PartMasks:
    """Share of the Sun's disc that the faces of every vertex see past the bodies.

    Parameters
    ----------
    occluders, parts
        The scene.
    path
        The Sun's way through the run.
    angular_radius
        Of the disc, rad.

    """

    def __init__(
        self, occluders: Occluders, parts: Sequence[RayPart], path: SunPath, angular_radius: float
    ) -> None:
        counts = [len(part.points) for part in parts]
        self._masks = SunMasks(
            occluders,
            np.concatenate([part.points for part in parts]),
            np.concatenate([part.normals for part in parts]),
            path,
            angular_radius,
            own=np.repeat([part.body.name for part in parts], counts),
        )
        self._masks.cast_ahead()
        self._has_back = np.repeat([float(part.body.back is not None) for part in parts], counts)

    def __call__(
        self, time_s: float, _direction: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Shares on front and back, (n,) each, at a time in s; of a face turned from the Sun, any."""
        light = self._masks.past_others(time_s)
        return light, light * self._has_back


def _box_body(box: BoxBody) -> Body:
    return Body(box.name, box.soup, patches=np.arange(12) // 2)


def _seen_from(
    occluders: Occluders, parts: Sequence[RayPart], sign: float, patches: GroundPatches | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float32]]:
    """Ground, sky (n,), bodies (n, P) and patches of the ground (n, g) seen by one face of every vertex."""
    count = 0 if patches is None else patches.count
    found: list[tuple[NDArray[Any], ...]] = []
    for part in parts:
        if sign < 0.0 and part.body.back is None:
            n = len(part.points)
            wide, narrow = np.zeros((n, len(occluders.names))), np.zeros((n, count), np.float32)
            found.append((np.zeros(n), np.zeros(n), wide, narrow))
            continue
        seen = view_factors(occluders, part.points, sign * part.normals, ground=patches, rays=VERTEX_RAYS)
        found.append((seen.ground, seen.sky, seen.bodies, seen.patches.astype(np.float32)))
    ground, sky, bodies, apart = (np.concatenate([f[k] for f in found]) for k in range(4))
    return np.maximum(ground, 0.0), np.maximum(sky, 0.0), bodies, apart


def _corrected(
    seen: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    patch: NDArray[np.int64],
    correction: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], csr_array]:
    """Give the factors of vertices the correction (P, P + 2) of their patches, and rows that sum to one."""
    ground, sky, bodies = seen
    whole = np.column_stack([bodies, ground, sky]) * correction[patch]
    total = whole.sum(axis=1, keepdims=True)
    np.divide(whole, total, out=whole, where=(total > 0.0) & (patch[:, None] >= 0))
    return whole[:, -2], whole[:, -1], csr_array(whole[:, :-2])


def _vertex_patch(parts: Sequence[RayPart], names: Sequence[str], face: str) -> NDArray[np.int64]:
    """Return the number of each vertex's patch among all patches."""
    result = []
    for part in parts:
        own = part.front_patch if face == "front" else part.back_patch
        side = part.body.name if face == "front" else part.body.back
        numbers = np.array([names.index(f"{side}#{k}") for k in range(own.max() + 1)] or [0])
        result.append(np.where(own >= 0, numbers[np.maximum(own, 0)], -1))
    return np.concatenate(result)
