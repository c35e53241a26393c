"""Ground in the shadow of flag, tubes and boxes: patches of it, each with a regolith column of its own.

What is kept is the difference from open ground, of what a patch emits and of what it reflects. A body sends
a patch half of what open ground emits, times the share of the patch's sky that it fills: a wall in balance
between ground and sky has 0.48 of it by night and 0.5 to 0.7 by day (steady table of case V23). Light that
bodies reflect takes the ground as open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import LUNATION, STEFAN_BOLTZMANN
from thermal.radiation import GroundPatches, GroundShadows, view_factors
from thermal.sky.ephemeris.contacts import horizon_events
from thermal.sky.ephemeris.motion import hour_angle_and_declination
from thermal.sky.ground.marching import GAMMA, march
from thermal.sky.ground.periodic import periodic_ground
from thermal.sky.ground.regolith import Column, Regolith, build_column
from thermal.sky.ground.series import absorbed_at_stages
from thermal.sky.ground.steps import COARSE, StepPlan, ground_times
from thermal.sky.place import Place, mean_geometry

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.case.tables.root import Case
    from thermal.radiation import Occluders, SunPath
    from thermal.radiation.view_factors.views import Views
    from thermal.scene.bodies import RayPart
    from thermal.sky import Environment

HOURLY: Final = StepPlan(longest_s=3600.0, contact_s=60.0, eclipse_s=120.0)
"""Shadows take hours to cross a patch."""
SAMPLES: Final = 4
"""Points along each side of a patch at which its shadow is taken."""
NOTICEABLE: Final = 0.01
"""Share of its sunlight that a patch has to lose, or of its sky to bodies, to get a column of its own."""
BODY_SHARE: Final = 0.5
"""What a body emits towards the ground, over what open ground emits."""
STRAIGHT: Final = 0.5
"""W/m2: times of the columns are left out where a patch stays so near to a straight line between others."""
RAYS: Final = 64
"""From each point of a patch, to find what share of its sky bodies fill."""


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


def shade_ground(
    case: Case,
    environment: Environment,
    occluders: Occluders,
    patches: GroundPatches,
    views: Views,
    path: SunPath,
    radius: float,
) -> ShadedGround:
    """March the columns of all patches that are shaded noticeably.

    Parameters
    ----------
    case
        Its sky says what the ground is like.
    environment
        Sun and open ground.
    occluders
        What shades.
    patches
        Of the ground, as :func:`lay_patches` lays them.
    views
        What the faces of all vertices see of them.
    path, radius
        The Sun's way through the run, and the radius of its disc, rad.

    Raises
    ------
    ConvergenceError
        A column did not settle.

    """
    end_s = environment.ground.period_s or environment.duration_s
    contacts = [contact.time_s for contact in environment.contacts if contact.time_s < end_s]
    times = ground_times(0.0, end_s, contacts, environment.eclipses, HOURLY)
    shadows = GroundShadows(occluders, patches, path, radius, side=SAMPLES)
    stages = np.stack([times[:-1] + GAMMA * np.diff(times), times[1:]], axis=1)
    open_ground = absorbed_at_stages(environment.geometry, times, environment.normal_albedo)
    shade = np.array([shadows.shaded(float(t)) for t in stages.ravel()]).reshape(*stages.shape, -1)
    weight = np.diff(times)[:, None] * np.array([1.0 - GAMMA, GAMMA]) * open_ground
    lost = np.einsum("ts,tsp->p", weight, shade) / max(float(weight.sum()), 1.0)
    covered = _covered(occluders, patches)
    chosen = np.flatnonzero((lost > NOTICEABLE) | (covered > NOTICEABLE))
    column, start = _column_at_start(case, environment)
    radiance = environment.emissivity * STEFAN_BOLTZMANN
    ground_k = np.array([environment.ground.at(float(t)) for t in stages.ravel()]).reshape(stages.shape)
    returned = BODY_SHARE * environment.emissivity * radiance * ground_k**4
    loads = [open_ground] + [open_ground * (1.0 - shade[:, :, p]) + covered[p] * returned for p in chosen]
    repeats = environment.ground.period_s is not None
    surface = [_surface(column, start, np.diff(times), load, repeats=repeats) for load in loads]
    temperature = np.stack(surface[1:], axis=1) if len(chosen) else np.zeros((len(times), 0))
    at_times = np.array([shadows.shaded(float(t))[chosen] for t in times])
    reflected = np.array([environment.at(float(t)).ground_reflected for t in times])
    infrared = radiance * (temperature**4 - surface[0][:, None] ** 4)
    light = -at_times * reflected[:, None]
    enough = _thin(times, np.concatenate([infrared, light], axis=1))
    return ShadedGround(
        times=times[enough],
        infrared=infrared[enough],
        light=light[enough],
        front=views.front_patches[:, chosen],
        back=views.back_patches[:, chosen],
        temperature=temperature[enough],
        share_lost=lost[chosen],
        period_s=environment.ground.period_s,
        boxes=views.box_patches[:, :, chosen],
    )


def lay_patches(case: Case, flag: RayPart) -> GroundPatches:
    """Lay a square of patches round the middle of the flag, as the ``[ground]`` table says."""
    x, y, _ = 0.5 * (flag.points.min(axis=0) + flag.points.max(axis=0))
    half = 0.5 * case.ground.extent
    return GroundPatches.around((x - half, x + half), (y - half, y + half), case.ground.patch_size)


def _covered(occluders: Occluders, patches: GroundPatches) -> NDArray[np.float64]:
    """Share of each patch's sky that bodies fill, (count,)."""
    points = patches.samples(SAMPLES)
    up = np.tile([0.0, 0.0, 1.0], (len(points), 1))
    seen = view_factors(occluders, points, up, rays=RAYS).bodies.sum(axis=1)
    return np.asarray(seen.reshape(patches.count, -1).mean(axis=1))


def _column_at_start(case: Case, environment: Environment) -> tuple[Column, NDArray[np.float64]]:
    """Column of the site, and its temperatures at time 0 in a mean lunation, K.

    Differences from open ground are taken between columns of the same start, so that seasons drop out.
    """
    regolith = Regolith(case.sky.h_parameter, case.sky.emissivity, case.sky.heat_flow)
    place = Place(
        case.site.latitude, case.site.longitude, case.sky.albedo, regolith, environment.geometry.normal
    )
    column = build_column(regolith)
    east, north, up = (float(x) for x in environment.at(0.0).sun_direction)
    angle, _ = hour_angle_and_declination(place.latitude, east, north, up)
    mean = mean_geometry(place, angle)
    contacts = [contact.time_s for contact in horizon_events(mean, 0.0, LUNATION)]
    times = ground_times(0.0, LUNATION, contacts, [], COARSE)
    absorbed = absorbed_at_stages(mean, times, place.normal_albedo)
    return column, periodic_ground(column, np.diff(times), absorbed).temperature[0]


def _surface(
    column: Column,
    start: NDArray[np.float64],
    steps: NDArray[np.float64],
    absorbed: NDArray[np.float64],
    *,
    repeats: bool,
) -> NDArray[np.float64]:
    """Surface temperatures at all times, K; of the second round where a lunation repeats itself."""
    if repeats:
        start = march(column, start, steps, absorbed).final
    return march(column, start, steps, absorbed).history[:, 0]


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
