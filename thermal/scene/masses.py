"""Boxes with a heat capacity: bodies of one temperature that is an unknown of the heat model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.geometry.surface import Surface
from thermal.heat.model.lumped_mass import isothermal
from thermal.heat.model.part import Face

if TYPE_CHECKING:
    from collections.abc import Callable

    from thermal.case.tables.box import Box
    from thermal.heat.model.part import Part
    from thermal.scene.bodies import BoxBody

WITHIN: Final = 1.0
"""Sheet conductance of the skin, W/K: loads and joints are spread by area, it has nothing to even out.

More of it would only make the linear systems harder.
"""


class OwnTemperature:
    """Temperature of a body that the heat model solves for, where rays and joints ask for one over time.

    Attributes
    ----------
    read
        Gives the temperature at the present stage, K; the load of the body sets it.

    """

    def __init__(self) -> None:
        self.read: Callable[[], float] = lambda: 0.0

    def __call__(self, _time_s: float) -> float:
        """Return the present temperature, K."""
        return self.read()


def mass_of(entry: Box, body: BoxBody) -> Part:
    """Build the part of a box that stores heat: its skin, at one temperature.

    What it absorbs is a load of its own, :class:`thermal.heat.loads.lumped_mass.MassInScene`; its skin emits.

    Parameters
    ----------
    entry
        The box, with a heat capacity.
    body
        The same as rays see it.

    """
    surface = _skin(body)
    skin = Face(emissivity=body.emissivity)
    return isothermal(surface, entry.heat_capacity or 0.0, within=WITHIN, front=skin)


def _skin(body: BoxBody) -> Surface:
    """Build the six faces on eight vertices, two right triangles a face."""
    soup = body.soup
    points, number = np.unique(np.round(soup.vertices, 9), axis=0, return_inverse=True)
    edges = soup.vertices[1::4] - soup.vertices[::4]
    middle = points.mean(axis=0)
    outward = points - middle
    return Surface(
        name=body.name,
        points=points,
        triangles=np.asarray(number.ravel()[soup.triangles], np.int64),
        normals=outward / np.linalg.norm(outward, axis=1)[:, None],
        uv=outward[:, :2],
        warp=np.repeat(edges / np.linalg.norm(edges, axis=1)[:, None], 2, axis=0),
    )
