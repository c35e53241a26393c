"""Shadows on boxes: which share of each face's sunlight the bodies around leave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import ASTRONOMICAL_UNIT, SUN_RADIUS
from thermal.radiation import Body, ConvexShadows, solid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.scene.bodies import BoxBody

POINTS: Final = 144
"""On a face; no two lie on one line along its sides, so that a shadow's edge is placed to 1/144 of them."""
_GOLDEN: Final = 0.6180339887498949


class SunlitFaces:
    """Share of the Sun's disc that each face of a box sees past other bodies, as a mean over the face.

    Convex bodies shade: boxes, tubes and flat cloth. The shadow of a draped cloth is left out.

    Parameters
    ----------
    box
        The box; it does not hide the Sun from a face that looks at it.
    others
        What stands around it.

    """

    def __init__(self, box: BoxBody, others: Sequence[Body]) -> None:
        shapes = [(solid(body.soup), body.mean_transmittance) for body in others]
        known = [(shape, through) for shape, through in shapes if shape is not None]
        points = _spread(box)
        self._shadows = ConvexShadows(
            [shape for shape, _ in known],
            [through for _, through in known],
            points,
            np.full(len(points), -1, dtype=np.int64),
            SUN_RADIUS / ASTRONOMICAL_UNIT,
        )
        self._sun: NDArray[np.float64] = np.zeros(3)
        self._way = 0.0
        self._share: NDArray[np.float64] = np.ones(6)

    def __call__(self, sun_direction: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the shares (6,) for a unit vector to the Sun."""
        moved = float(np.linalg.norm(sun_direction - self._sun))
        if moved > 0.0:
            # The sum of all ways between directions asked for: none of them is farther apart.
            self._way += 2.0 * np.arcsin(min(1.0, 0.5 * moved))
            self._sun = np.array(sun_direction)
            light = self._shadows(self._way, self._sun)
            self._share = light.reshape(6, POINTS).mean(axis=1)
        return self._share


def _spread(box: BoxBody) -> NDArray[np.float64]:
    """Spread points evenly over the faces, one after the other, (6 * POINTS, 3) m."""
    corner = box.soup.vertices.reshape(6, 4, 3)
    number = np.arange(POINTS)[:, None] + 0.5
    first, second = number / POINTS, number * _GOLDEN % 1.0
    along, across = (corner[:, k] - corner[:, 0] for k in (1, 3))
    points = corner[:, None, 0] + first * along[:, None] + second * across[:, None]
    return np.asarray(points.reshape(-1, 3))


def shade_boxes(boxes: Sequence[BoxBody], others: Sequence[Body]) -> tuple[BoxBody, ...]:
    """Let boxes stand in the shadow of one another and of other bodies.

    Parameters
    ----------
    boxes
        All boxes.
    others
        Cloth and tubes.

    """
    return tuple(
        replace(
            box,
            sunlit=SunlitFaces(box, [*others, *(Body(b.name, b.soup) for b in boxes if b is not box)]),
        )
        for box in boxes
    )
