"""A lumped body: a lander, a motor, a payload that has one temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.law import Law
from thermal.heat.part import Face, Part
from thermal.scene.sheet import flat_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

ISOTHERMAL: Final = 1e4
"""Sheet conductance within the body, W/K: 10 W through it make a millikelvin."""


def lumped(
    name: str,
    heat_capacity: float,
    *,
    area: float = 1.0,
    front: Face | None = None,
    back: Face | None = None,
    position: Sequence[float] = (0.0, 0.0, 0.0),
) -> Part:
    """Build a body of one temperature as a small plate that conducts perfectly.

    A plate of four vertices rather than a lone one: a mesh has no vertices without triangles, and loads,
    joints, ledger and results then treat it as any other part. Joints to it are best spread evenly over
    its four vertices.

    Parameters
    ----------
    name
        Name of the part.
    heat_capacity
        Of the whole body, J/K.
    area
        Of one face, m2.
    front, back
        Optics of the faces; without them the body exchanges through joints alone.
    position
        Lower left corner of the plate, which faces east, m.

    """
    side = np.array([0.0, np.sqrt(area)])
    spread = Law.constant(ISOTHERMAL, f"conductance within {name}")
    return Part(
        surface=flat_sheet(name, side, side, position=position),
        heat_capacity=Law.constant(heat_capacity / area, f"heat capacity of {name}"),
        conductance=(spread, spread),
        front=front or Face(),
        back=back or Face(),
    )
