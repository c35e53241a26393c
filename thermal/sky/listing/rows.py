"""The sky as rows of a table, with the names that scripts rely on."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import LUNATION
from thermal.sky.ephemeris.site_frame import azimuth_elevation

if TYPE_CHECKING:
    from thermal.sky.environment import Environment
    from thermal.sky.ephemeris.contacts import Eclipse

Cell = float | str | None


def iso(start: datetime, time_s: float) -> str:
    """Write a time in s after `start` as ISO 8601 with Z, to the millisecond where it needs it."""
    moment = (start + timedelta(seconds=round(time_s, 3))).astimezone(UTC)
    precision = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")


def row_times(duration_s: float, every_s: float, *, idealised: bool) -> list[float]:
    """Lay the times of the rows, s: the end belongs to them, unless the day closes there on itself."""
    count = math.floor(duration_s / every_s * (1.0 + 1e-12))
    times = [k * every_s for k in range(count + 1)]
    closes = idealised and abs(duration_s - LUNATION) < 1e-6 and abs(times[-1] - LUNATION) < 1e-3
    return times[:-1] if closes else times


def sky_row(environment: Environment, time_s: float, *, idealised: bool) -> dict[str, Cell]:
    """Tabulate the sky at one time."""
    sky = environment.at(time_s)
    azimuth, elevation = azimuth_elevation(*(float(x) for x in sky.sun_direction))
    row: dict[str, Cell] = {}
    if idealised:
        row["local_hour"] = round((12.0 + 24.0 * time_s / LUNATION) % 24.0, 9)
    else:
        row["utc"] = iso(environment.start, time_s)
    row |= {
        "sun_azimuth_deg": round(math.degrees(azimuth), 6),
        "sun_elevation_deg": round(math.degrees(elevation), 6),
        "sun_distance_au": round(sky.sun_distance_au, 8),
        "sun_visible_fraction": round(sky.sun_visible_fraction, 6),
        "sun_eclipsed_fraction": round(sky.sun_eclipsed_fraction, 6),
        "irradiance_w_m2": round(sky.irradiance, 4),
        "ground_k": round(sky.ground_k, 4),
        "earth_azimuth_deg": None,
        "earth_elevation_deg": None,
        "ground_reflected_w_m2": round(sky.ground_reflected, 4),
        "ground_infrared_w_m2": round(sky.ground_infrared, 4),
        "earth_shortwave_w_m2": round(sky.earth_shortwave, 6),
        "earth_infrared_w_m2": round(sky.earth_infrared, 6),
    }
    if sky.earth_infrared > 0.0:
        azimuth, elevation = azimuth_elevation(*(float(x) for x in sky.earth_direction))
        row["earth_azimuth_deg"] = round(math.degrees(azimuth), 6)
        row["earth_elevation_deg"] = round(math.degrees(elevation), 6)
    return row


def eclipse_row(start: datetime, eclipse: Eclipse) -> dict[str, Cell]:
    """Tabulate an eclipse, its contacts to the second."""

    def moment(time_s: float | None) -> str | None:
        return None if time_s is None else iso(start, float(np.round(time_s)))

    return {
        "first_contact": moment(eclipse.first_contact_s),
        "totality_start": moment(eclipse.totality_start_s),
        "totality_end": moment(eclipse.totality_end_s),
        "last_contact": moment(eclipse.last_contact_s),
        "greatest": moment(eclipse.greatest_s),
        "max_hidden_fraction": round(eclipse.max_hidden_fraction, 6),
    }
