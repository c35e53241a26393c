"""Ground below cloth that lies on it: what patches absorb, and the light that they send back (theory G11).

A patch takes the sunlight that bodies leave or let through, A its albedo at the Sun's incidence, and what
bodies reflect, A_d its albedo for light from everywhere:

    J = A D + A_d H,
    H_c = sum over faces v of F_cv rho_v (I_v + F_v,open q + sum over patches of F_vc J_c), and from boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.loads.bodies import Seen
from thermal.heat.loads.on_walls import only_walls
from thermal.heat.loads.sky_cache import KEPT
from thermal.sky.ground.albedo import diffuse_albedo

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.loads.bodies import Radiosities
    from thermal.heat.loads.direct_sunlight import DirectSunlight
    from thermal.heat.loads.sky_cache import SkyNow
    from thermal.heat.model.load import Vertices
    from thermal.radiation import GroundShadows
    from thermal.radiation.view_factors.views import Views
    from thermal.scene.ground_coupling import GroundCoupling


class GroundLight:
    """Light on the patches and back from them.

    Parameters
    ----------
    now
        The sky.
    coupling
        The patches.
    views
        What faces see of the ground besides them.
    sun
        Direct sunlight on the faces.
    shadows
        Of bodies on the patches.
    sent
        Radiosities of the bodies, of which those of boxes are taken.
    normal_albedo
        Of the ground.

    """

    def __init__(
        self,
        now: SkyNow,
        coupling: GroundCoupling,
        views: Views,
        sun: DirectSunlight,
        shadows: GroundShadows,
        sent: Radiosities,
        normal_albedo: float,
    ) -> None:
        self._now, self._coupling, self._sun, self._shadows, self._sent = now, coupling, sun, shadows, sent
        self._albedo = diffuse_albedo(normal_albedo)
        faces = coupling.seen_front, coupling.seen_back
        self._mirror = [
            side.multiply(own).tocsc() for side, own in zip(faces, coupling.reflectance, strict=True)
        ]
        between = self._mirror[0] @ coupling.front + self._mirror[1] @ coupling.back
        self._off_open = self._mirror[0] @ views.front_ground + self._mirror[1] @ views.back_ground
        self._between = between.toarray()
        self._solve = np.linalg.inv(np.eye(len(coupling.chosen)) - self._albedo * self._between)
        self._known: dict[float, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}

    def at(self, time_s: float, walls: Vertices) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what the patches absorb and send back, (P,) W/m2 each; the stages of a step are kept."""
        if time_s not in self._known:
            if len(self._known) >= KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[time_s] = self._fall(time_s, walls)
        return self._known[time_s]

    def forget(self) -> None:
        """Forget what was known of other vertices."""
        self._known.clear()

    def _fall(self, time_s: float, walls: Vertices) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        sky = self._now.at(time_s)
        if sky.irradiance == 0.0 and sky.ground_reflected == 0.0:
            nothing = np.zeros(len(self._coupling.chosen))
            return nothing, nothing
        lit = 1.0 - self._shadows.shaded(time_s)
        direct = self._sun.falling(time_s, walls)
        mirrored = sum(
            side[:, walls.vertex] @ light for side, light in zip(self._mirror, direct, strict=True)
        )
        if walls.comm.size > 1:
            mirrored = sum(walls.comm.allgather(mirrored))
        falling = mirrored + self._off_open * sky.ground_reflected + self._coupling.bodies @ self._sent.light
        sent = self._solve @ (lit * sky.ground_reflected + self._albedo * falling)
        falling = falling + self._between @ sent
        return lit * sky.ground_absorbed + (1.0 - self._albedo) * falling, sent


@dataclass(frozen=True)
class LightOnGround:
    """Light that the patches absorb."""

    light: GroundLight
    coupling: GroundCoupling
    before: int
    walls: int
    name: str = "light on the ground"

    def bind(self, vertices: Vertices) -> BoundLightOnGround:
        """Find the patches among the vertices of this rank."""
        return BoundLightOnGround(self, vertices)


class BoundLightOnGround:
    """The same on given vertices."""

    def __init__(self, term: LightOnGround, vertices: Vertices) -> None:
        self._light, self._walls = term.light, only_walls(vertices, term.walls)
        self._surface = OwnPatches(vertices, term.before + term.coupling.ground.surface, term.coupling)
        term.light.forget()

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:  # noqa: ARG002
        """Add the absorbed light, W/m2; return its power, W."""
        return self._surface.add(self._light.at(time_s, self._walls)[0], front)


@dataclass(frozen=True)
class LightOffGround:
    """Light that faces of walls absorb of what the patches send back."""

    light: GroundLight
    coupling: GroundCoupling
    name: str = "light off the ground below"

    def bind(self, vertices: Vertices) -> BoundLightOffGround:
        """Keep factors and optics of these vertices, those of walls."""
        return BoundLightOffGround(self, vertices)


class BoundLightOffGround:
    """The same on given vertices."""

    def __init__(self, term: LightOffGround, vertices: Vertices) -> None:
        self._light, self._vertices = term.light, vertices
        optics = vertices.front_absorptance, vertices.back_absorptance
        self._seen = Seen((term.coupling.front, term.coupling.back), vertices, optics)

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add the absorbed light, W/m2; return its power, W."""
        return self._seen.add(self._light.at(time_s, self._vertices)[1], front, back)


@dataclass(frozen=True)
class HeatOnGround:
    """Infrared of boxes and the sky on the patches, and heat from the depth."""

    now: SkyNow
    sent: Radiosities
    coupling: GroundCoupling
    before: int
    emissivity: float
    heat_flow: float
    name: str = "surroundings of the ground"

    def bind(self, vertices: Vertices) -> BoundHeatOnGround:
        """Find surface and bottom of the columns among the vertices of this rank."""
        return BoundHeatOnGround(self, vertices)


class BoundHeatOnGround:
    """The same on given vertices."""

    def __init__(self, term: HeatOnGround, vertices: Vertices) -> None:
        self._term = term
        ground = term.coupling.ground
        self._surface = OwnPatches(vertices, term.before + ground.surface, term.coupling)
        self._bottom = OwnPatches(vertices, term.before + ground.bottom, term.coupling)
        self._flow = np.full(len(ground.area), term.heat_flow)

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:  # noqa: ARG002
        """Add infrared and heat flow, W/m2; return their power, W."""
        coupling, term = self._term.coupling, self._term
        falling = coupling.bodies @ term.sent.infrared
        falling += coupling.sky * term.now.at(time_s).space_infrared
        return self._surface.add(term.emissivity * falling, front) + self._bottom.add(self._flow, front)


class OwnPatches:
    """One vertex of each patch's column, as far as this rank owns it.

    Parameters
    ----------
    vertices
        Of this rank.
    numbers
        (P,) vertex of each patch, counted through all parts.
    coupling
        The patches.

    """

    def __init__(self, vertices: Vertices, numbers: NDArray[np.int64], coupling: GroundCoupling) -> None:
        place = np.searchsorted(vertices.vertex, numbers)
        inside = np.minimum(place, len(vertices.vertex) - 1)
        self._own = np.flatnonzero(vertices.vertex[inside] == numbers)
        self._at = inside[self._own]
        self._area = coupling.ground.area[self._own]
        self._share = self._area / vertices.area[self._at]

    def add(self, flux: NDArray[np.float64], face: NDArray[np.float64]) -> float:
        """Add fluxes of the patches (P,), W/m2, to a face; return their power on this rank, W."""
        own = flux[self._own]
        face[self._at] += own * self._share
        return float(own @ self._area)
