"""Simulations of one worker share what they see alike: view factors, shadows and light of the same scene."""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING

from thermal.simulation import Simulation

if TYPE_CHECKING:
    from materials import Database
    from thermal.case import Case
    from thermal.heat.load import Load

Seen = dict[str, "tuple[Load, ...]"]
"""Terms of the sky by the digest of all that they depend on."""

KEPT = 2
"""Scenes that a worker keeps: the shadows of a whole lunation are large."""


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

    def sky_loads(self) -> tuple[Load, ...]:
        """Take the terms of the sky from an earlier simulation where they are the same."""
        if any(box.temperature is not None for box in self.scene.boxes):
            return super().sky_loads()  # a box that follows a table is not compared
        key = self._digest()
        if key not in self._seen:
            while len(self._seen) >= KEPT:
                del self._seen[next(iter(self._seen))]
            self._seen[key] = super().sky_loads()
        return self._seen[key]

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
        return hashlib.sha256(pickle.dumps(whole)).hexdigest()
