"""The group ``sky``: what the Sun, the ground and the Earth gave, sampled finer than the outputs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

import numpy as np

from thermal.results.layout.hdf import columns, put, put_text
from thermal.results.layout.quantities import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import h5py
    from numpy.typing import NDArray

_SAMPLE_S = 1800.0
"""Spacing of the samples, s: the Sun moves by a quarter of a degree."""

_COLUMNS = (
    "time",
    "local_hour",
    "sun_azimuth",
    "sun_elevation",
    "sun_distance",
    "sun_visible_fraction",
    "sun_eclipsed_fraction",
    "irradiance",
    "ground_temperature",
    "ground_reflected",
    "ground_infrared",
    "earth_shortwave",
    "earth_infrared",
)


class SkyLike(Protocol):
    """The sky at one time (``thermal.sky.Sky``)."""

    @property
    def sun_direction(self) -> NDArray[np.float64]:
        """Unit vector to the Sun, east, north, up."""

    @property
    def sun_distance_au(self) -> float:
        """Distance, au."""

    @property
    def sun_visible_fraction(self) -> float:
        """Part of the disc that is seen."""

    @property
    def sun_eclipsed_fraction(self) -> float:
        """Part of the disc behind the Earth."""

    @property
    def irradiance(self) -> float:
        """W/m2 normal to the Sun."""

    @property
    def ground_k(self) -> float:
        """Temperature of the ground, K."""

    @property
    def ground_reflected(self) -> float:
        """Reflected sunlight, W/m2."""

    @property
    def ground_infrared(self) -> float:
        """Emitted infrared, W/m2."""

    @property
    def earth_shortwave(self) -> float:
        """Sunlight by the Earth, W/m2."""

    @property
    def earth_infrared(self) -> float:
        """Infrared of the Earth, W/m2."""


class EventLike(Protocol):
    """Something the stepper lands on (``thermal.sky.Event``)."""

    @property
    def time_s(self) -> float:
        """When, s since the start."""

    @property
    def name(self) -> str:
        """What."""


class EnvironmentLike(Protocol):
    """The sky over the whole run (``thermal.sky.Environment``)."""

    def at(self, time_s: float) -> SkyLike:
        """Give the sky at a time."""

    def events(self) -> Sequence[EventLike]:
        """Give the events in order of time."""


def local_hour(sun: NDArray[np.float64], latitude: float) -> float:
    """Tell the local solar time from where the Sun stands.

    Parameters
    ----------
    sun
        Unit vector to the Sun, east, north, up.
    latitude
        Of the site, rad.

    Returns
    -------
    float
        Hours, 0 to 24, 12 when the Sun crosses the meridian: the hour angle is that of the Sun's direction
        turned from the horizon to the equator.

    """
    east, north, up = sun
    hour_angle = math.atan2(-east, up * math.cos(latitude) - north * math.sin(latitude))
    return (12.0 + hour_angle * 12.0 / math.pi) % 24.0


def phase(sky: SkyLike, latitude: float) -> str:
    """Tell the phase of the lunar day, such as ``day 08:15`` in local solar time."""
    minutes = int(local_hour(sky.sun_direction, latitude) * 60.0)
    return f"{'day' if sky.sun_direction[2] > 0 else 'night':<5} {minutes // 60:02d}:{minutes % 60:02d}"


class SkyTable:
    """Writes the group ``sky`` along with the run.

    Parameters
    ----------
    root
        The open file.
    environment
        The sky of the run.
    latitude
        Of the site, rad.

    """

    def __init__(self, root: h5py.File, environment: EnvironmentLike, latitude: float) -> None:
        self._environment, self._latitude = environment, latitude
        group = root.require_group("sky")
        if "event_time" not in group:
            events = list(environment.events())
            put(group, FIELDS["event_time"], np.array([event.time_s for event in events], "f8"))
            put_text(group, FIELDS["event_name"], [event.name for event in events])
        self._columns = columns(group, _COLUMNS)
        written = self._columns["time"].dataset
        self._last: float | None = float(written[-1]) if len(written) else None

    def append_until(self, time_s: float) -> float:
        """Sample the sky from the last output to this one.

        Returns
        -------
        float
            Local solar time at the end.

        """
        begin = time_s if self._last is None else self._last
        count = max(1, math.ceil((time_s - begin) / _SAMPLE_S))
        times = begin + (time_s - begin) * np.arange(1, count + 1) / count
        table = np.array([self._row(time) for time in times])
        for column, values in zip(self._columns.values(), table.T, strict=True):
            column.append(values)
        self._last = time_s
        return float(table[-1, 1])

    def _row(self, time_s: float) -> tuple[float, ...]:
        sky = self._environment.at(time_s)
        east, north, up = sky.sun_direction
        return (
            time_s,
            local_hour(sky.sun_direction, self._latitude),
            math.degrees(math.atan2(east, north)) % 360.0,
            math.degrees(math.asin(max(-1.0, min(1.0, up)))),
            sky.sun_distance_au,
            sky.sun_visible_fraction,
            sky.sun_eclipsed_fraction,
            sky.irradiance,
            sky.ground_k,
            sky.ground_reflected,
            sky.ground_infrared,
            sky.earth_shortwave,
            sky.earth_infrared,
        )
