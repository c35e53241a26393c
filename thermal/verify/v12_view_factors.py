"""V12: view factors by rays against closed solutions (theory V12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from thermal.radiation import (
    Body,
    GroundPatches,
    Occluders,
    Surface,
    box,
    closure_error,
    enclosure,
    parallelogram,
    view_factors,
)
from thermal.verify.check import Check

if TYPE_CHECKING:
    from thermal.radiation import Soup

TITLE = "View factors by rays, their closure and reciprocity"
RAYS = 1024
TOLERANCE = 1e-3
FLAG = ((0.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, 0.0, 0.9))


def run() -> Iterator[Check]:
    """Rectangles, squares, a flag on the ground, and the flag with its lander as an enclosure."""
    for gap, target in ((0.1, 0.85647482), (0.5, 0.48579873), (1.0, 0.26564374)):
        other = parallelogram((gap, 0.0, 0.0), FLAG[2], FLAG[1])
        yield Check(
            f"rectangles 2.0 x 0.9 at {gap:g} m", _seen(parallelogram(*FLAG), other), target, TOLERANCE, "1"
        )
    square = parallelogram((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    wall = parallelogram((0.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    yield Check("squares with a common edge", _seen(square, wall), 0.20004378, TOLERANCE, "1")
    flag = Surface.of_soup("flag", parallelogram(*FLAG), divisions=24)
    patch = GroundPatches(np.array([0.0, 3.0]), np.array([0.0, 2.0]))
    exact = float(patch.factors(flag.points, flag.normals).mean())
    yield Check("flag to the ground patch at its foot", exact, 0.31990973, TOLERANCE, "1")
    yield from _enclosure()


def _enclosure() -> Iterator[Check]:
    """Flag and lander with ground and sky, before and after the correction."""
    sheet = parallelogram((0.0, 0.0, 1.2), FLAG[1], FLAG[2])
    lander = box((1.8, 1.0, 0.0), (2.0, 2.0, 2.4))
    sides = np.repeat(np.arange(6), 2)
    occluders = Occluders([Body("flag", sheet, back="back"), Body("lander", lander, patches=sides)])
    turned = parallelogram((0.0, 0.0, 1.2), FLAG[2], FLAG[1])
    surfaces = [
        Surface.of_soup("flag", sheet, divisions=8),
        Surface.of_soup("back", turned, divisions=4),
        Surface.of_soup("lander", lander, sides, divisions=8),
    ]
    scene = enclosure(occluders, surfaces, rays=RAYS)
    yield Check("row sums before correction", scene.row_error, 0.0, 1e-3, "1")
    yield Check("reciprocity before correction", scene.reciprocity_error, 0.0, 1e-3, "1")
    row, reciprocity = closure_error(scene.factors, scene.areas)
    yield Check("row sums after correction", row, 0.0, 1e-10, "1")
    yield Check("reciprocity after correction", reciprocity, 0.0, 1e-10, "1")


def _seen(from_soup: Soup, to_soup: Soup) -> float:
    """Mean view factor from one surface to the other."""
    surface = Surface.of_soup("from", from_soup, divisions=24)
    found = view_factors(Occluders([Body("to", to_soup)]), surface.points, surface.normals, rays=RAYS)
    return float(found.bodies[:, 0].mean())
