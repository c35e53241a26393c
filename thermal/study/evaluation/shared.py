"""Simulations of one worker share what they see alike: view factors, shadows and light of the same scene."""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING, Any

from thermal.scene.surroundings import occluders_of
from thermal.simulation import Simulation, Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from materials import Database
    from thermal.case import Case
    from thermal.radiation import GroundPatches, Occluders
    from thermal.radiation.view_factors.views import Views
    from thermal.scene.surroundings import Patches

Seen = dict[str, Any]
"""Terms of the sky, and view factors, each by the digest of all that they depend on."""

KEPT = 4
"""Terms and view factors, two scenes of each, that a worker keeps: shadows of a whole lunation are large."""


class SharedSimulation(Simulation):
    """A simulation that takes the terms of the sky over from an earlier one where all is equal that they see.

    Terms keep no optics and no temperatures of a run, only what geometry and sky give; a shadow, once cast,
    depends on neither the run nor its steps. So answers do not depend on who ran before.

    Parameters
    ----------
    case, database
        As for :class:`thermal.simulation.Simulation`.
    seen
        What earlier ones have seen; this one adds to it.

    """

    def __init__(self, case: Case, database: Database, seen: Seen) -> None:
        self._seen = seen
        super().__init__(case, database)

    def surroundings(self) -> Surroundings:
        """Take the terms of the sky from an earlier simulation where they are the same."""
        if any(box.temperature is not None for box in self.scene.boxes):
            return super().surroundings()  # a box that follows a table is not compared
        if self.case.ground.shadow_patches:
            return super().surroundings()  # ground follows the optics of what stands above it
        around: Surroundings = self._once(self._digest(), super().surroundings)
        return around

    def see(
        self, areas: NDArray[np.float64], ground: GroundPatches | None
    ) -> tuple[Occluders, Views, Patches]:
        """Take view factors over from a scene of the same shapes: infrared does not pass any cloth."""
        rays, boxes = self.scene.rays, self.scene.boxes
        shapes = [
            (ray.body.name, ray.body.soup, ray.body.back, ray.body.patches, ray.points, ray.normals,
             ray.front_patch, ray.back_patch)
            for ray in rays
        ]  # fmt: skip
        grid = None if ground is None else (ground.x, ground.y, ground.turn)
        key = _digest_of((shapes, [(box.name, box.soup) for box in boxes], areas, grid))
        views, patches = self._once(key, lambda: super(SharedSimulation, self).see(areas, ground)[1:])
        return occluders_of(rays, boxes), views, patches

    def _once(self, key: str, make: Callable[[], Any]) -> Any:
        """Return what was kept under a key, made where there is nothing; what was asked for last stays."""
        kept = self._seen.pop(key) if key in self._seen else make()
        while len(self._seen) >= KEPT:
            del self._seen[next(iter(self._seen))]
        self._seen[key] = kept
        return kept

    def _digest(self) -> str:
        """Digest of sky, bodies, transmittances and meshes."""
        surfaces = [
            (wall.surface.points, wall.surface.normals, wall.surface.area, wall.exposed)
            for wall in self.scene.walls
        ]
        whole = (
            self.case.sky.model_dump_json(),
            self.environment,
            self.scene.rays,
            self.scene.boxes,
            surfaces,
        )
        return _digest_of(whole)


def _digest_of(whole: object) -> str:
    return hashlib.sha256(pickle.dumps(whole)).hexdigest()
