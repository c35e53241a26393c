"""The scene as rays see it: cloth, tubes and boxes, each divided into patches that exchange."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.radiation import Body, Soup, merge
from thermal.radiation import box as box_soup
from thermal.radiation import cylinder as cylinder_soup
from thermal.scene.shaded_ground_correction import GroundLack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.heat.model.part import Part
    from thermal.scene.telescope import Cylinder
    from thermal.sky import Sky

CLOTH_PATCHES = (6, 3)
TUBE_PATCH_M = 0.05
"""Its root is warm by night: along the first tube of an arm the temperature falls by a kelvin in 8 mm."""
SIDES = 48
END_SHARE = 0.1
"""Of its radius: how far from its end, or from the mouth of an outer tube, the rays of a ring there start."""
HEM_CLEARANCE = 1.01
"""Distance of a tube's axis from the hem over its radius: its rays start between the two, outside of both."""


@dataclass(frozen=True)
class BoxBody:
    """An opaque box: the lander.

    Parameters
    ----------
    name
        Of the box.
    soup
        Twelve triangles, a pair for each face.
    absorptance, emissivity
        Of its skin.
    temperature
        Time in s to kelvin, or None where each face is in balance with what it absorbs.
    sunlit
        Direction to the Sun (3,) to the share (6,) of its light that other bodies leave to each face, or
        None where nothing shades.
    lack
        What its faces miss of open ground.

    """

    name: str
    soup: Soup
    absorptance: float
    emissivity: float
    temperature: Callable[[float], float] | None
    sunlit: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None = None
    lack: GroundLack = field(default_factory=GroundLack)

    @property
    def normals(self) -> NDArray[np.float64]:
        """(6, 3) outward unit normals of the faces."""
        return self.soup.normals()[::2]

    def light(self, sky: Sky) -> NDArray[np.float64]:
        """Direct sunlight on the six faces, (6,) W/m2, past the bodies that shade them."""
        light = sky.irradiance * np.maximum(self.normals @ sky.sun_direction, 0.0)
        if self.sunlit is None or sky.irradiance == 0.0:
            return np.asarray(light)
        return np.asarray(light * self.sunlit(sky.sun_direction))

    def power(
        self, time_s: float, sky: Sky, ground_view: NDArray[np.float64], sky_view: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Blackbody flux sigma T^4 of the six faces, W/m2, for their view factors to ground and sky.

        A box in balance emits with each face what it absorbs from Sun, ground and sky.
        """
        if self.temperature is not None:
            return np.full(6, STEFAN_BOLTZMANN * self.temperature(time_s) ** 4)
        lack_light, lack_infrared = self.lack.at(time_s)
        light = self.light(sky) + ground_view * sky.ground_reflected + lack_light
        infrared = ground_view * sky.ground_infrared + sky_view * sky.space_infrared + lack_infrared
        return self.absorptance / self.emissivity * light + infrared

    def mean_temperature(self, time_s: float, sky: Sky) -> float:
        """Temperature of the whole box, no other body in its view, K: what a joint to it meets."""
        up = self.normals[:, 2]
        areas = self.soup.areas().reshape(6, 2).sum(axis=1)
        power = areas @ self.power(time_s, sky, 0.5 * (1.0 - up), 0.5 * (1.0 + up)) / areas.sum()
        return float((power / STEFAN_BOLTZMANN) ** 0.25)

    @classmethod
    def upright(
        cls,
        name: str,
        base: Sequence[float],
        size: Sequence[float],
        azimuth: float,
        absorptance: float,
        emissivity: float,
        temperature: Callable[[float], float] | None,
    ) -> BoxBody:
        """Stand a box on the middle of its lower face; m and rad."""
        return cls(name, box_soup(base, size, azimuth), absorptance, emissivity, temperature)


@dataclass(frozen=True)
class RayPart:
    """A part of the heat model as rays see it.

    Parameters
    ----------
    body
        Its shape.
    points
        (n, 3) where rays of its vertices start, m.
    normals
        (n, 3) out of the front face.
    front_patch, back_patch
        (n,) patch number of each vertex's faces within the body; -1 where a face sees no surroundings.

    """

    body: Body
    points: NDArray[np.float64]
    normals: NDArray[np.float64]
    front_patch: NDArray[np.int64]
    back_patch: NDArray[np.int64]


def cloth_body(part: Part) -> RayPart:
    """Cloth: an open sheet with light passing through, in a few patches a side."""
    surface = part.surface
    share = surface.uv / surface.uv.max(axis=0)
    columns, rows = CLOTH_PATCHES

    def patch(place: NDArray[np.float64]) -> NDArray[np.int64]:
        i: NDArray[np.int64] = np.minimum((place[:, 0] * columns).astype(np.int64), columns - 1)
        j: NDArray[np.int64] = np.minimum((place[:, 1] * rows).astype(np.int64), rows - 1)
        return i * rows + j

    # A coarse cloth leaves some patches without a triangle: their vertices go to the next one that has.
    raw = patch(share)
    present = np.unique(raw[surface.triangles[:, 0]])
    own = np.minimum(np.searchsorted(present, raw), len(present) - 1)
    transmittance = np.broadcast_to(part.front.transmittance, len(surface.points))
    body = Body(
        part.name,
        Soup(surface.points, surface.triangles),
        back=f"{part.name} back",
        transmittance=transmittance[surface.triangles].mean(axis=1),
        patches=own[surface.triangles[:, 0]],
    )
    return RayPart(body, surface.points, surface.normals, own, own)


def tube_body(part: Part, tube: Cylinder, shift: NDArray[np.float64]) -> RayPart:
    """Tube: a closed cylinder; rays of its vertices start on the outer face.

    Parameters
    ----------
    part, tube
        The tube.
    shift
        (3,) m that the tube is moved by for rays (see :func:`hem_shift`).

    """
    surface = part.surface
    along, off = tube.station(surface.points)
    cuts = _cuts(along, np.broadcast_to(part.exposed, len(along)), tube.length)
    count = len(cuts) - 1
    ends = tube.start + shift + cuts[:, None] * tube.axis
    soup = merge([cylinder_soup(a, b, 2.0 * tube.radius, SIDES) for a, b in pairwise(ends)])
    patch = np.clip(np.searchsorted(cuts, along, side="right") - 1, 0, count - 1)
    outward = surface.points - tube.start - along[:, None] * tube.axis
    # The prism's corners lie on the circle: a point just outside it is outside the prism too.
    points = surface.points + outward * (tube.radius * 1.001 / off - 1.0)[:, None] + shift
    points += (END_SHARE * tube.radius) * _off_ends(part)[:, None] * tube.axis
    body = Body(part.name, soup, patches=np.repeat(np.arange(count), len(soup.triangles) // count))
    nowhere = np.full(len(points), -1, np.int64)
    return RayPart(body, points, surface.normals, patch, nowhere)


def _cuts(along: NDArray[np.float64], exposed: NDArray[np.float64], length: float) -> NDArray[np.float64]:
    """Stations between the patches of a tube, m, each with a ring of vertices that is not covered.

    What an outer tube covers belongs to the patch beside it.
    """
    rings = np.unique(along[exposed > 0.0].round(9))
    if len(rings) < 2:
        return np.array([0.0, length])
    count = max(1, round(float(rings[-1] - rings[0]) / TUBE_PATCH_M))
    between = 0.5 * (rings[:-1] + rings[1:])
    wanted = np.linspace(rings[0], rings[-1], count + 1)[1:-1]
    nearest = np.abs(wanted[:, None] - between).argmin(axis=1)
    return np.concatenate([[0.0], between[np.unique(nearest)], [length]])


def _off_ends(part: Part) -> NDArray[np.float64]:
    """Which way along the axis, (n,) -1, 0 or 1, rings at an end or at the mouth of an outer tube are moved.

    They lie in the plane of an end or of the box that the tube is fixed to, where rays are as likely to start
    on one side of it as on the other.
    """
    rings = len(part.surface.lines[0])
    exposed = np.broadcast_to(part.exposed, len(part.surface.points)).reshape(rings, -1)[:, 0]
    way = np.sign(np.gradient(exposed)) * ((exposed > 0.0) & (exposed < 1.0))
    way[0], way[-1] = 1.0, -1.0
    return np.repeat(way, len(part.surface.lines[1]))


def hem_shift(tubes: Sequence[Cylinder], flag: Part) -> NDArray[np.float64]:
    """How far rays see each tube from its axis in the case, (tubes, 3) m.

    A case gives the axis of an arm on the line of the hem. The cloth then hangs from the arm's surface, not
    from its axis: rays see the arm stand on the hem, moved by the radius of the widest tube of its line.
    """
    shifts = np.zeros((len(tubes), 3))
    points, centre = flag.surface.points, flag.surface.mean(flag.surface.points)
    for k, tube in enumerate(tubes):
        along, off = tube.station(points)
        inside = (along > 0.0) & (along < tube.length) & (off < tube.radius)
        if not inside.any():
            continue
        line = [other.radius for other in tubes if tube.station(other.start[None])[1][0] < 1e-3]
        away = tube.start + tube.axis * along.mean() - centre
        away -= np.dot(away, tube.axis) * tube.axis
        length = float(np.linalg.norm(away))
        if length > 0.0:
            shifts[k] = away / length * (max(line) * HEM_CLEARANCE)
    return shifts
