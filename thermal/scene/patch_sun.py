"""Direct sunlight on the patches of all bodies: a few points of each stand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.radiation import SunMasks, disc_cosine
from thermal.scene.body_balance import faces_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.radiation import Occluders, SunPath
    from thermal.scene.bodies import BoxBody, RayPart
    from thermal.scene.surroundings import Patches
    from thermal.sky import Sky

POINTS: Final = 16
"""Vertices of a patch at which its shadow is looked at."""


class PatchSun:
    """Mean sunlight on each patch.

    Parameters
    ----------
    occluders, parts, boxes, patches
        The scene.
    areas
        (n,) exposed areas of all vertices of the parts, m2.
    path, radius
        The Sun's way through the run, and the radius of its disc, rad.

    """

    def __init__(
        self,
        occluders: Occluders,
        parts: Sequence[RayPart],
        boxes: Sequence[BoxBody],
        patches: Patches,
        areas: NDArray[np.float64],
        path: SunPath,
        radius: float,
    ) -> None:
        points = np.concatenate([part.points for part in parts])
        normals = np.concatenate([part.normals for part in parts])
        own = np.repeat([part.body.name for part in parts], [len(part.points) for part in parts])
        vertices, patch, sign = [], [], []
        for face, side in ((patches.front_patch, 1.0), (patches.back_patch, -1.0)):
            for number in np.unique(face[face >= 0]):
                found = np.flatnonzero((face == number) & (areas > 0.0))
                chosen = np.unique(found[np.linspace(0, len(found) - 1, min(POINTS, len(found))).astype(int)])
                vertices.append(chosen)
                patch.append(np.full(len(chosen), number))
                sign.append(np.full(len(chosen), side))
        at = np.concatenate(vertices)
        self._patch, self._radius = np.concatenate(patch), radius
        self._facing = normals[at] * np.concatenate(sign)[:, None]
        self._masks = SunMasks(occluders, points[at], normals[at], path, radius, own=own[at])
        self._masks.cast_ahead()
        self._weight = areas[at]
        self._whole = np.bincount(self._patch, self._weight, len(patches.names))
        self._boxes = [(box, faces_of(box, patches)) for box in boxes]

    def at(self, time_s: float, sky: Sky) -> NDArray[np.float64]:
        """Return direct sunlight on all patches, (P,) W/m2."""
        light = np.zeros(len(self._whole))
        if sky.irradiance == 0.0:
            return light
        share = self._masks.past_others(time_s) * disc_cosine(self._facing @ sky.sun_direction, self._radius)
        whole = np.bincount(self._patch, self._weight * share, len(light))
        np.divide(sky.irradiance * whole, self._whole, out=light, where=self._whole > 0.0)
        for box, own in self._boxes:
            light[own] = box.light(sky)
        return light
