"""Compute the sky over a place: periodic start, a year of real seasons, then the run itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import LUNATION
from thermal.sky.environment import Environment
from thermal.sky.ephemeris.contacts import Eclipse, Event, find_eclipses, horizon_events
from thermal.sky.ephemeris.motion import hour_angle_and_declination
from thermal.sky.ground.marching import march
from thermal.sky.ground.periodic import PeriodicGround, periodic_ground
from thermal.sky.ground.regolith import Column, Profile, build_column
from thermal.sky.ground.series import GroundSeries, absorbed_at_stages, ground_series
from thermal.sky.ground.steps import COARSE, FINE, StepPlan, ground_times
from thermal.sky.place import Place, Span, geometry, mean_geometry
from thermal.sky.table_sun import TableSun, table_sun

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.sky.ephemeris.site_view import Geometry, Scenery

SPIN_UP: Final = 13 * LUNATION
"""Real seasons before a run, s: with 120 lunations the ground differs by less than 0.004 K (docs/sky.md)."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables in place of the models, SI.

    Parameters
    ----------
    sun
        Time, azimuth, elevation, irradiance, shape (n, 4).
    ground
        Time, temperature, shape (n, 2).

    """

    sun: NDArray[np.float64] | None = None
    ground: NDArray[np.float64] | None = None


def compute_environment(place: Place, span: Span, tables: Tables | None = None) -> Environment:
    """Compute Sun, Earth and ground of a place over a span.

    Parameters
    ----------
    place, span
        Where and when.
    tables
        In place of the models; they must cover the span.

    Returns
    -------
    Environment
        Everything precomputed.

    Raises
    ------
    ConvergenceError
        The ground did not settle.

    """
    tables = tables or Tables()
    dated = span.motion == "ephemeris" and tables.ground is None
    model = geometry(place, span, -SPIN_UP if dated else 0.0)
    scenery: Scenery = model
    end = LUNATION if span.repeats else span.duration_s
    eclipses: list[Eclipse] = []
    if tables.sun is None:
        contacts = horizon_events(model, 0.0, end)
        eclipses = find_eclipses(model, 0.0, end)
    else:
        scenery = table_sun(model, tables.sun, span.period_s)
        contacts = [event for event in scenery.contacts() if 0.0 <= event.time_s <= end]
    profile = None
    if tables.ground is not None:
        ground = ground_series(tables.ground[:, 0], tables.ground[:, 1], span.period_s)
    else:
        ground, profile = _computed_ground(
            place, span, model=model, scenery=scenery, contacts=contacts, eclipses=eclipses
        )
    return Environment(
        start=span.start,
        duration_s=span.duration_s,
        geometry=scenery,
        ground=ground,
        normal_albedo=place.normal_albedo,
        emissivity=place.regolith.emissivity,
        contacts=_repeated(contacts, span),
        eclipses=tuple(eclipses),
        earth=span.motion != "idealised",
        profile=profile,
    )


def _computed_ground(
    place: Place,
    span: Span,
    *,
    model: Geometry,
    scenery: Scenery,
    contacts: list[Event],
    eclipses: list[Eclipse],
) -> tuple[GroundSeries, Profile]:
    """March the regolith column through the span; return its surface, and all of it at time 0."""
    column = build_column(place.regolith)
    end = LUNATION if span.repeats else span.duration_s
    times = ground_times(0.0, end, [c.time_s for c in contacts], eclipses, FINE)
    if isinstance(scenery, TableSun):
        times = _merged(times, scenery.times)
    if span.repeats:
        state = _periodic(place, column, scenery, times)
        surface = ground_series(times, state.temperature[:, 0], LUNATION)
        return surface, Profile(column.depth, state.temperature[0])
    start = _state_at_start(place, span, column, model)
    absorbed = absorbed_at_stages(scenery, times, place.normal_albedo)
    surface = ground_series(times, march(column, start, np.diff(times), absorbed).history[:, 0])
    return surface, Profile(column.depth, start)


def _state_at_start(place: Place, span: Span, column: Column, model: Geometry) -> NDArray[np.float64]:
    """Temperatures of the column at time 0 of a run on real dates, shape (n,)."""
    first = -SPIN_UP if span.motion == "ephemeris" else 0.0
    angle, _ = hour_angle_and_declination(place.latitude, *model.track.at(first)[:3])
    mean = mean_geometry(place, angle)
    times = _times(mean, 0.0, LUNATION, COARSE)
    state: NDArray[np.float64] = _periodic(place, column, mean, times).temperature[0]
    if first == 0.0:
        return state
    times = _times(model, first, 0.0, COARSE)
    absorbed = absorbed_at_stages(model, times, place.normal_albedo)
    return march(column, state, np.diff(times), absorbed).final


def _times(model: Geometry, first_s: float, last_s: float, plan: StepPlan) -> NDArray[np.float64]:
    contacts = [c.time_s for c in horizon_events(model, first_s, last_s)]
    return ground_times(first_s, last_s, contacts, find_eclipses(model, first_s, last_s), plan)


def _periodic(place: Place, column: Column, scenery: Scenery, times: NDArray[np.float64]) -> PeriodicGround:
    absorbed = absorbed_at_stages(scenery, times, place.normal_albedo)
    return periodic_ground(column, np.diff(times), absorbed)


def _merged(times: NDArray[np.float64], rows: tuple[float, ...]) -> NDArray[np.float64]:
    """Add the rows of a table that fall inside to the times of a march, keeping all a second apart."""
    inside = [t for t in rows if times[0] < t < times[-1] and np.min(np.abs(times - t)) >= 1.0]
    return np.sort(np.concatenate([times, inside]))


def _repeated(contacts: list[Event], span: Span) -> tuple[Event, ...]:
    """Repeat the contacts of one lunation through a span that is periodic."""
    if not span.repeats:
        return tuple(contacts)
    rounds = range(int(span.duration_s // LUNATION) + 1)
    every = (Event(c.time_s + k * LUNATION, c.name) for k in rounds for c in contacts)
    return tuple(event for event in every if event.time_s <= span.duration_s)
