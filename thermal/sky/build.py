"""Compute the sky over a site for a case."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from thermal.constants import LUNATION
from thermal.sky.environment import Environment
from thermal.sky.events import find_eclipses, horizon_events
from thermal.sky.frame import ground_normal
from thermal.sky.geometry import Geometry
from thermal.sky.ground import absorbed_at_stages, ground_series
from thermal.sky.horizon import PlaneHorizon
from thermal.sky.marching import march
from thermal.sky.motion import ephemeris_track, frozen_track, hour_angle_and_declination
from thermal.sky.periodic import periodic_ground
from thermal.sky.regolith import Column, Regolith, build_column
from thermal.sky.stepping import COARSE, StepPlan, ground_times

if TYPE_CHECKING:
    from thermal.case.root import Case

SPIN_UP: Final = 24 * LUNATION
"""Real seasons that the ground goes through before a run, s."""

_NO_EARTH: Final = np.array([0.0, 0.0, -384_400e3])


def environment(case: Case) -> Environment:
    """Compute Sun, Earth and ground for a case over its run.

    Raises
    ------
    ConvergenceError
        The ground did not settle.

    """
    site, sky, run = case.site, case.sky, case.run
    regolith = Regolith()
    normal = ground_normal(0.0, 0.0)
    request = SiteRequest(
        site.latitude, site.longitude, sky.albedo, regolith, (normal[0], normal[1], normal[2])
    )
    if sky.model == "idealised":
        return idealised_environment(request, run.duration, sky.start)
    if run.mode == "periodic":
        return frozen_environment(request, sky.start, run.duration)
    return dated_environment(request, sky.start, run.duration)


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """A site and its ground.

    Parameters
    ----------
    latitude, longitude
        rad.
    normal_albedo
        A0 of the ground.
    regolith
        What the ground is made of.
    normal
        Unit normal of the ground, east, north, up.

    """

    latitude: float
    longitude: float
    normal_albedo: float
    regolith: Regolith = Regolith()
    normal: tuple[float, float, float] = (0.0, 0.0, 1.0)


def idealised_environment(
    request: SiteRequest, duration_s: float, start: datetime | None = None
) -> Environment:
    """Declination 0, 1 AU, a point Sun, no Earth; time 0 is noon."""
    track = frozen_track(request.latitude, 0.0, 1.0, 0.0, _NO_EARTH)
    geometry = Geometry(track, PlaneHorizon(*request.normal), request.normal, 0.0, eclipses=False)
    return _periodic_environment(
        request, geometry, start or datetime(2000, 1, 1, tzinfo=UTC), duration_s, earth=False
    )


def frozen_environment(request: SiteRequest, start: datetime, duration_s: float) -> Environment:
    """Declination, distance and Earth of the date, kept; the Sun goes round once a lunation."""
    row = ephemeris_track(request.latitude, request.longitude, start, 0.0, 1.0).at(0.0)
    angle, declination = hour_angle_and_declination(request.latitude, *row[:3])
    track = frozen_track(request.latitude, declination, math.hypot(*row[:3]), angle, np.array(row[3:]))
    geometry = Geometry(track, PlaneHorizon(*request.normal), request.normal, eclipses=False)
    return _periodic_environment(request, geometry, start, duration_s, earth=True)


def dated_environment(request: SiteRequest, start: datetime, duration_s: float) -> Environment:
    """Real dates, seasons and eclipses."""
    margin = 86400.0
    track = ephemeris_track(
        request.latitude, request.longitude, start, -SPIN_UP - margin, duration_s + margin
    )
    geometry = Geometry(track, PlaneHorizon(*request.normal), request.normal)
    column = build_column(request.regolith)
    temperature = _mean_state(request, column, geometry, -SPIN_UP)
    before, _ = _march(request, column, geometry, temperature, (-SPIN_UP, 0.0), COARSE)
    contacts = horizon_events(geometry, 0.0, duration_s)
    eclipses = find_eclipses(geometry, 0.0, duration_s)
    times = ground_times(0.0, duration_s, [c.time_s for c in contacts], eclipses, StepPlan())
    absorbed = absorbed_at_stages(geometry, times, request.normal_albedo)
    result = march(column, before, np.diff(times), absorbed)
    series = ground_series(times, result.history[:, 0])
    return Environment(
        start,
        duration_s,
        geometry,
        series,
        request.normal_albedo,
        request.regolith.emissivity,
        tuple(contacts),
        tuple(eclipses),
    )


def _mean_state(
    request: SiteRequest, column: Column, geometry: Geometry, time_s: float
) -> NDArray[np.float64]:
    """Column of the long-term mean Sun (declination 0, 1 AU) at the hour angle of `time_s`, shape (n,)."""
    angle, _ = hour_angle_and_declination(request.latitude, *geometry.track.at(time_s)[:3])
    track = frozen_track(request.latitude, 0.0, 1.0, angle, _NO_EARTH)
    mean = Geometry(track, geometry.horizon, geometry.normal, eclipses=False)
    contacts = [c.time_s for c in horizon_events(mean, 0.0, LUNATION)]
    times = ground_times(0.0, LUNATION, contacts, [], COARSE)
    absorbed = absorbed_at_stages(mean, times, request.normal_albedo)
    return periodic_ground(column, np.diff(times), absorbed).temperature[0]


def _march(
    request: SiteRequest,
    column: Column,
    geometry: Geometry,
    temperature: NDArray[np.float64],
    span: tuple[float, float],
    plan: StepPlan,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    contacts = [c.time_s for c in horizon_events(geometry, *span)]
    times = ground_times(*span, contacts, find_eclipses(geometry, *span), plan)
    absorbed = absorbed_at_stages(geometry, times, request.normal_albedo)
    return march(column, temperature, np.diff(times), absorbed).final, times


def _periodic_environment(
    request: SiteRequest, geometry: Geometry, start: datetime, duration_s: float, *, earth: bool
) -> Environment:
    one_day = horizon_events(geometry, 0.0, LUNATION)
    column = build_column(request.regolith)
    times = ground_times(0.0, LUNATION, [c.time_s for c in one_day], [], StepPlan())
    absorbed = absorbed_at_stages(geometry, times, request.normal_albedo)
    state = periodic_ground(column, np.diff(times), absorbed)
    return Environment(
        start,
        duration_s,
        geometry,
        ground_series(times, state.temperature[:, 0], LUNATION),
        request.normal_albedo,
        request.regolith.emissivity,
        tuple(horizon_events(geometry, 0.0, duration_s)),
        (),
        earth,
    )
