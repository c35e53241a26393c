"""Ground near the flag: patches of it, each with a regolith column of its own (theory G7).

A patch takes the sunlight that bodies leave or let through, what they reflect, and their infrared in place of
the sky that they cover. Bodies are taken in balance (:mod:`thermal.scene.body_balance`); what is kept is the
difference from open ground, of what a patch emits and of what it sends back of the light.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import LUNATION, STEFAN_BOLTZMANN
from thermal.radiation import GroundShadows
from thermal.scene.body_balance import BodyBalance, PatchOptics
from thermal.scene.ground_patches import SAMPLES
from thermal.scene.patch_sun import PatchSun
from thermal.sky.ephemeris.contacts import horizon_events
from thermal.sky.ephemeris.motion import hour_angle_and_declination
from thermal.sky.ground.albedo import diffuse_albedo
from thermal.sky.ground.marching import GAMMA, SideBySide
from thermal.sky.ground.periodic import periodic_ground
from thermal.sky.ground.regolith import Column, Regolith, build_column
from thermal.sky.ground.series import absorbed_at_stages
from thermal.sky.ground.steps import COARSE, StepPlan, ground_times
from thermal.sky.place import Place, mean_geometry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from thermal.case.tables.root import Case
    from thermal.radiation import GroundPatches, Occluders, SunPath
    from thermal.radiation.view_factors.views import Views
    from thermal.scene.body_balance import Sent
    from thermal.scene.build import Scene
    from thermal.scene.surroundings import Patches
    from thermal.sky import Environment

HOURLY: Final = StepPlan(longest_s=3600.0, contact_s=60.0, eclipse_s=120.0)
"""Shadows take hours to cross a patch."""
NOTICEABLE: Final = 0.01
"""Share of its sunlight that a patch has to lose, or of its sky to bodies, to get a column of its own."""
STRAIGHT: Final = 0.5
"""W/m2: times of the columns are left out where a patch stays so near to a straight line between others."""


@dataclass(frozen=True)
class ShadedGround:
    """How patches differ from open ground through a run; P patches, k times.

    Parameters
    ----------
    times
        (k,) s, rising.
    infrared, light
        (k, P) what a patch emits and reflects less what open ground does, W/m2.
    front, back
        (n, P) view factors of the faces of every vertex of the model to the patches.
    temperature
        (k, P) of the patches, K.
    share_lost
        (P,) of the sunlight over the run.
    period_s
        After which all repeats itself, or None.
    boxes
        (boxes, 6, P) view factors of the faces of boxes to the patches.

    """

    times: NDArray[np.float64]
    infrared: NDArray[np.float64]
    light: NDArray[np.float64]
    front: NDArray[np.float32]
    back: NDArray[np.float32]
    temperature: NDArray[np.float64]
    share_lost: NDArray[np.float64]
    period_s: float | None
    boxes: NDArray[np.float64]

    def between(self, time_s: float) -> tuple[int, float]:
        """Return the row before a time in s, and the share of the way to the next one."""
        t = time_s if self.period_s is None else time_s % self.period_s
        left = int(np.clip(np.searchsorted(self.times, t, side="right") - 1, 0, len(self.times) - 2))
        share = (t - self.times[left]) / (self.times[left + 1] - self.times[left])
        return left, float(np.clip(share, 0.0, 1.0))


@dataclass(frozen=True)
class GroundScene:
    """What patches of the ground stand under.

    Parameters
    ----------
    scene
        Walls and boxes.
    patches
        Of the ground.
    seen
        (count, P) view factors of the ground's patches to those of the bodies.
    occluders, views, bodies
        What shades, what the faces of all vertices see, and the patches of the bodies, P in number.
    path, radius
        The Sun's way through the run, and the radius of its disc, rad.

    """

    scene: Scene
    patches: GroundPatches
    seen: NDArray[np.float64]
    occluders: Occluders
    views: Views
    bodies: Patches
    path: SunPath
    radius: float


def shade_ground(case: Case, environment: Environment, below: GroundScene) -> ShadedGround:
    """March the columns of all patches that bodies shade or cover noticeably.

    Parameters
    ----------
    case
        Its sky says what the ground is like.
    environment
        Sun and open ground.
    below
        The patches and what stands above them.

    Raises
    ------
    ConvergenceError
        A column did not settle.

    """
    end_s = environment.ground.period_s or environment.duration_s
    contacts = [contact.time_s for contact in environment.contacts if contact.time_s < end_s]
    times = ground_times(0.0, end_s, contacts, environment.eclipses, HOURLY)
    shadows = GroundShadows(below.occluders, below.patches, below.path, below.radius, side=SAMPLES)
    stages = np.stack([times[:-1] + GAMMA * np.diff(times), times[1:]], axis=1)
    open_ground = absorbed_at_stages(environment.geometry, times, environment.normal_albedo)
    shade = np.array([shadows.shaded(float(t)) for t in stages.ravel()]).reshape(*stages.shape, -1)
    weight = np.diff(times)[:, None] * np.array([1.0 - GAMMA, GAMMA]) * open_ground
    lost = np.einsum("ts,tsp->p", weight, shade) / max(float(weight.sum()), 1.0)
    chosen = np.flatnonzero((lost > NOTICEABLE) | (below.seen.sum(axis=1) > NOTICEABLE))
    march = _March(case, environment, below, chosen)
    at_times = np.concatenate([shadows.shaded(0.0)[None, chosen], shade[:, 1, chosen]])
    surface, light, echo = march.through(times, open_ground, shade[:, :, chosen], at_times[0])
    reflected = np.array([environment.at(float(t)).ground_reflected for t in times])
    radiance = environment.emissivity * STEFAN_BOLTZMANN
    infrared = radiance * (surface[:, 1:] ** 4 - surface[:, :1] ** 4) + echo
    light -= at_times * reflected[:, None]
    enough = _thin(times, np.concatenate([infrared, light], axis=1))
    return ShadedGround(
        times=times[enough],
        infrared=infrared[enough],
        light=light[enough],
        front=below.views.front_patches[:, chosen],
        back=below.views.back_patches[:, chosen],
        temperature=surface[enough, 1:],
        share_lost=lost[chosen],
        period_s=environment.ground.period_s,
        boxes=below.views.box_patches[:, :, chosen],
    )


class _March:
    """Columns of the chosen patches, and of open ground before them, under bodies in balance."""

    def __init__(
        self, case: Case, environment: Environment, below: GroundScene, chosen: NDArray[np.int64]
    ) -> None:
        self._environment, self._below, self._count = environment, below, len(chosen)
        scene, bodies = below.scene, below.bodies
        areas = np.concatenate([wall.surface.area * wall.exposed for wall in scene.walls])
        self._sun = PatchSun(
            below.occluders, scene.rays, scene.boxes, bodies, areas, below.path, below.radius
        )
        self._balance = BodyBalance(
            bodies,
            PatchOptics.of(scene.walls, scene.boxes, bodies),
            scene.boxes,
            [box.heat_capacity for box in case.box],
            below.seen[chosen],
            below.patches.areas()[chosen],
            case.run.initial if isinstance(case.run.initial, float) else None,
        )
        self._diffuse = diffuse_albedo(environment.normal_albedo)
        column, start = column_at_start(case, environment)
        self._columns = SideBySide(column, np.tile(start, (self._count + 1, 1)))

    def through(
        self,
        times: NDArray[np.float64],
        open_ground: NDArray[np.float64],
        shade: NDArray[np.float64],
        at_start: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """March; where a lunation repeats itself, through two of them.

        Parameters
        ----------
        times
            (k,) s.
        open_ground
            (k - 1, 2) sunlight that open ground absorbs at the stages, W/m2.
        shade
            (k - 1, 2, chosen) share of it that the patches lack.
        at_start
            (chosen,) the same at the first time.

        Returns
        -------
        tuple
            Temperatures of the surface, open ground first, (k, 1 + chosen) K; light and infrared of bodies
            that the patches send back, (k, chosen) W/m2 each.

        """
        if self._environment.ground.period_s is not None:
            self._balance.forget_capacities()
            for _ in self._steps(times, open_ground, shade):
                pass
            self._balance.recall_capacities()
        falling = self._falling(float(times[0]), at_start)
        rows = [(self._columns.surface.copy(), falling), *self._steps(times, open_ground, shade)]
        light, infrared = (
            np.array([getattr(sent, kind) for _, sent in rows]) for kind in ("light", "infrared")
        )
        mirrored = 1.0 - self._environment.emissivity
        return np.array([surface for surface, _ in rows]), self._diffuse * light, mirrored * infrared

    def _steps(
        self, times: NDArray[np.float64], open_ground: NDArray[np.float64], shade: NDArray[np.float64]
    ) -> Iterator[tuple[NDArray[np.float64], Sent]]:
        """Surface temperatures, and what falls of bodies on the patches, at the end of each step."""
        for sunlight, shaded, start, step in zip(open_ground, shade, times, np.diff(times), strict=False):
            for k, share in enumerate((GAMMA, 1.0)):
                falling = self._falling(float(start + share * step), shaded[k])
                absorbed = sunlight[k] * (1.0 - shaded[k])
                absorbed += (1.0 - self._diffuse) * falling.light
                absorbed += self._environment.emissivity * falling.infrared
                self._columns.solve_stage(k + 1, float(step), np.append(sunlight[k], absorbed))
            self._balance.store(float(step))
            yield self._columns.surface.copy(), falling

    def _falling(self, time_s: float, shaded: NDArray[np.float64]) -> Sent:
        """Tell what falls of bodies on the patches, by the temperatures that their columns have now."""
        sky = self._environment.at(time_s)
        emitted = self._environment.emissivity * STEFAN_BOLTZMANN * self._columns.surface[1:] ** 4
        light = (1.0 - shaded) * sky.ground_reflected
        sent = self._balance.send(time_s, sky, self._sun.at(time_s, sky), emitted, light)
        return self._balance.on_ground(sent)


def column_at_start(case: Case, environment: Environment) -> tuple[Column, NDArray[np.float64]]:
    """Column of the site, and its temperatures at time 0, K.

    Where a table gives the temperature of the ground, they are those of a mean lunation.
    """
    regolith = Regolith(case.sky.h_parameter, case.sky.emissivity, case.sky.heat_flow)
    column = build_column(regolith)
    if environment.profile is not None:
        return column, environment.profile.at(column.depth)
    place = Place(
        case.site.latitude, case.site.longitude, case.sky.albedo, regolith, environment.geometry.normal
    )
    east, north, up = (float(x) for x in environment.at(0.0).sun_direction)
    angle, _ = hour_angle_and_declination(place.latitude, east, north, up)
    mean = mean_geometry(place, angle)
    contacts = [contact.time_s for contact in horizon_events(mean, 0.0, LUNATION)]
    times = ground_times(0.0, LUNATION, contacts, [], COARSE)
    absorbed = absorbed_at_stages(mean, times, place.normal_albedo)
    return column, periodic_ground(column, np.diff(times), absorbed).temperature[0]


def _thin(times: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Choose times between which straight lines hold all values (k, ...) within :data:`STRAIGHT`."""
    keep = np.zeros(len(times), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(times) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        share = (times[first + 1 : last] - times[first]) / (times[last] - times[first])
        line = values[first] + share[:, None] * (values[last] - values[first])
        error = np.abs(values[first + 1 : last] - line).max(axis=1, initial=0.0)
        worst = int(np.argmax(error))
        if error[worst] > STRAIGHT:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return np.flatnonzero(keep)
