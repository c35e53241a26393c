"""Patches of the ground round the flag: where they lie, and what they see of the bodies above."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.radiation import GroundPatches, view_factors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.case.tables.root import Case
    from thermal.radiation import Occluders
    from thermal.scene.bodies import BoxBody, RayPart

SAMPLES: Final = 4
"""Points along each side of a patch from which bodies are looked at, and at which its shadow is taken."""
RAYS: Final = 64
"""From each point of a patch to the bodies above."""
NARROWEST_M: Final = 0.01
"""Lines of the grid stand no nearer to each other."""
ON_GROUND_M: Final = 1e-3
"""A box with its base no higher than this lies on the ground."""


def lay_patches(case: Case, flag: RayPart) -> GroundPatches:
    """Lay a square of patches round the middle of the flag, as the ``[ground]`` table says.

    Under a flag that lies on the ground they follow it: one side along its width, lines below the edges of
    its regions, since what a stripe does to the ground below ends with the stripe.
    """
    size, half = case.ground.patch_size, 0.5 * case.ground.extent
    low, high = flag.points.min(axis=0), flag.points.max(axis=0)
    x, y, _ = 0.5 * (low + high)
    if not lies(case, flag):
        return GroundPatches.around((x - half, x + half), (y - half, y + half), size)
    width = case.flag.axes[0]
    turn = math.atan2(width[1], width[0])
    corners = GroundPatches(np.zeros(1), np.zeros(1), turn).inward(np.array(case.flag.corners))
    extent = case.flag.width, case.flag.height_of_cloth
    lines = []
    for k, middle in enumerate(corners.mean(axis=0)[:2]):
        edges = {0.0, extent[k]}
        for region in case.flag.region:
            edges |= {region.corner[k], region.corner[k] + region.size[k]}
        # From the corner of the cloth along its side, as it falls on the ground.
        way = (corners[1 if k == 0 else 3] - corners[0])[k] / extent[k]
        below = sorted(corners[0, k] + way * edge for edge in edges)
        ends = min(middle - half, below[0]), max(middle + half, below[-1])
        lines.append(_divided([ends[0], *below, ends[1]], size))
    return GroundPatches(lines[0], lines[1], turn)


def lies(case: Case, flag: RayPart) -> bool:
    """Whether all of the cloth is so near to the ground that patches follow it."""
    return bool(flag.points[:, 2].max() < case.ground.low)


def _divided(lines: Sequence[float], size: float) -> NDArray[np.float64]:
    """Divide a line at given places, and evenly between them into pieces no longer than ``size``."""
    places = [lines[0]]
    for place in lines[1:]:
        if place - places[-1] < NARROWEST_M:
            continue
        count = math.ceil((place - places[-1]) / size - 1e-9)
        places += [float(p) for p in np.linspace(places[-1], place, count + 1)[1:]]
    return np.array(places)


def see_bodies(occluders: Occluders, patches: GroundPatches, boxes: Sequence[BoxBody]) -> NDArray[np.float64]:
    """View factors of ground patches to the patches of bodies, (count, P), by the names of the occluders.

    Ground that a box stands on sees its lower face and nothing else.
    """
    points = patches.samples(SAMPLES)
    up = np.tile([0.0, 0.0, 1.0], (len(points), 1))
    seen = view_factors(occluders, points, up, rays=RAYS, numbers=np.arange(len(points))).bodies
    for box in boxes:
        if box.soup.vertices[:, 2].min() > ON_GROUND_M:
            continue
        base = int(np.argmin(box.normals[:, 2]))
        under = _below(box, points)
        seen[under] = 0.0
        seen[under, occluders.names.index(f"{box.name}#{base}")] = 1.0
    return np.asarray(seen.reshape(patches.count, -1, seen.shape[1]).mean(axis=1))


def _below(box: BoxBody, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether points on the ground are under a box."""
    sides = np.abs(box.normals[:, 2]) < 0.5
    faces = box.soup.vertices[box.soup.triangles[::2, 0]]
    outside = ((points[:, None, :] - faces[None, sides]) * box.normals[sides]).sum(axis=2) > 0.0
    return np.asarray(~outside.any(axis=1))
