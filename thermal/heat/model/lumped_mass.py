"""A lumped body: a lander, a motor, a payload that has one temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.geometry.sheet import flat_sheet
from thermal.heat.model.law import Law
from thermal.heat.model.part import Face, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thermal.geometry.surface import Surface

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
    return isothermal(flat_sheet(name, side, side, position=position), heat_capacity, front=front, back=back)


def isothermal(
    surface: Surface,
    heat_capacity: float,
    *,
    within: float = ISOTHERMAL,
    front: Face | None = None,
    back: Face | None = None,
) -> Part:
    """Build a body of one temperature on any surface.

    Parameters
    ----------
    surface
        Its skin; the fewer vertices, the better.
    heat_capacity
        Of the whole body, J/K.
    within
        Sheet conductance of the skin, W/K: little is enough where all that comes and goes is spread by area.
    front, back
        Optics of the skin; without them the body exchanges through joints alone.

    """
    spread = Law.constant(within, f"conductance within {surface.name}")
    areal = heat_capacity / float(surface.area.sum())
    return Part(
        surface=surface,
        heat_capacity=Law.constant(areal, f"heat capacity of {surface.name}"),
        conductance=(spread, spread),
        front=front or Face(),
        back=back or Face(),
    )
