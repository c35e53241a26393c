"""The arm of a case, as bending needs it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from materials.errors import NoDataError
from thermal.endurance.mechanics.bending import TipDeflection, TubeShape
from thermal.endurance.mechanics.free_strain import FreeStrain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from materials import Material, Property
    from thermal.case.tables.root import Case
    from thermal.scene.build import Scene


@dataclass(frozen=True)
class Arm:
    """The tubes of a case in line.

    Attributes
    ----------
    tubes
        Names from the root to the tip.
    tip
        Deflection of the tip.
    expansion
        Free strain of the first tube.

    """

    tubes: tuple[str, ...]
    tip: TipDeflection
    expansion: Property


def arm_of(case: Case, scene: Scene, materials: Mapping[str, Material]) -> Arm | None:
    """Arm of the tubes that stand in line with the first one.

    Parameters
    ----------
    case, scene
        The case and its scene.
    materials
        Material of each part.

    Returns
    -------
    Arm or None
        None without tubes, or where the expansion of one is not known over temperature.

    """
    shapes: list[TubeShape] = []
    names = []
    first = None
    for entry in case.tube:
        start, end = np.asarray(entry.start), np.asarray(entry.end)
        axis = (end - start) / np.linalg.norm(end - start)
        if shapes and not _in_line(shapes[0], axis):
            continue
        try:
            expansion = materials[entry.name].expansion()
        except NoDataError:
            return None
        first = first if first is not None else expansion
        surface = scene.parts[entry.name]
        radius = (entry.diameter - entry.wall) / 2.0
        shapes.append(TubeShape(surface.uv[:, 0], surface.normals, start, end, radius, FreeStrain(expansion)))
        names.append(entry.name)
    return None if first is None else Arm(tuple(names), TipDeflection(shapes), first)


def _in_line(root: TubeShape, axis: NDArray[np.float64]) -> bool:
    """Whether a direction is within a degree of the root tube's."""
    along = (root.end - root.start) / np.linalg.norm(root.end - root.start)
    return bool(along @ axis > math.cos(math.radians(1.0)))
