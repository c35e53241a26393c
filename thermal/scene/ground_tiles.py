"""Ground that is part of the model as a run shows it: the surface of each column as a tile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.geometry.surface import Surface
from thermal.heat.time.state import VERTEX_FIELDS
from thermal.scene.ground_part import NAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.time.state import Observer, State, Step

CORNERS: Final = 4


@dataclass(frozen=True)
class GroundTiles:
    """Tiles of P patches; what is below their surface is left out.

    Parameters
    ----------
    surface
        Four vertices a patch, patch after patch; its coordinates are east and north.
    column
        (P,) vertex of each patch's surface within the part that is solved for.

    """

    surface: Surface
    column: NDArray[np.int64]

    @classmethod
    def of(cls, corners: NDArray[np.float64], column: NDArray[np.int64]) -> GroundTiles:
        """Lay a tile on each patch, whose corners (P, 4, 3) m run counter-clockwise."""
        points = corners.reshape(-1, 3)
        first = CORNERS * np.arange(len(corners))[:, None]
        triangles = (first[:, None] + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
        east = points[triangles[:, 1]] - points[triangles[:, 0]]
        surface = Surface(
            name=NAME,
            points=points,
            triangles=triangles,
            normals=np.tile([0.0, 0.0, 1.0], (len(points), 1)),
            uv=points[:, :2],
            warp=east / np.linalg.norm(east, axis=1)[:, None],
        )
        return cls(surface, column)

    def state(self, state: State) -> State:
        """Give a state the temperatures of the tiles in place of those of the columns."""
        fields = {
            kind: getattr(state, kind) | {NAME: np.repeat(getattr(state, kind)[NAME][self.column], CORNERS)}
            for kind in ("temperature", "front", "back")
        }
        return replace(state, **fields)


class TileSteps:
    """Observer that hands steps on with the tiles of the ground in place of its columns.

    Parameters
    ----------
    observer
        Of a run.
    tiles
        The ground, whose part is the last of the model.
    before
        Number of vertices of the model before those of the ground.

    """

    def __init__(self, observer: Observer, tiles: GroundTiles, before: int) -> None:
        self._observer, self._tiles, self._before = observer, tiles, before

    def observe(self, step: Step) -> None:
        """Take of the ground the vertices at its surface that this rank has, and hand the step on."""
        numbers = self._before + self._tiles.column
        here = int(np.searchsorted(step.vertex, self._before))
        place = np.minimum(np.searchsorted(step.vertex, numbers), len(step.vertex) - 1)
        own = np.flatnonzero(step.vertex[place] == numbers)
        taken = np.concatenate([np.arange(here), np.repeat(place[own], CORNERS)])
        tile = (CORNERS * own[:, None] + np.arange(CORNERS)).ravel()
        whole = slice(self._before, self._before + CORNERS * len(numbers))
        self._observer.observe(
            replace(
                step,
                **{name: getattr(step, name)[taken] for name in VERTEX_FIELDS},
                vertex=np.concatenate([step.vertex[:here], self._before + tile]),
                slices=step.slices | {NAME: whole},
            )
        )
