"""V21: the Sun at the landing sites, its disc on the horizon, and an eclipse (theory V21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from thermal.core.constants import ASTRONOMICAL_UNIT, SOLAR_CONSTANT
from thermal.sky.build import compute_environment
from thermal.sky.ephemeris.bodies import bodies, terrestrial_days
from thermal.sky.ephemeris.disc import visible_over_horizon
from thermal.sky.ephemeris.site_frame import azimuth_elevation, to_site
from thermal.sky.place import Place, Span
from thermal.verify.check import Check

TITLE = "Sun at the sites and an eclipse"
SITES = (  # UTC, latitude, longitude, azimuth, elevation, irradiance
    ("2020-12-03T15:10:00Z", 43.06, -51.92, 165.673, 46.280, 1395.0),
    ("2024-06-03T23:38:00Z", -41.64, -153.99, 14.124, 46.116, 1327.8),
    ("1969-07-20T20:17:40Z", 0.67, 23.47, 88.805, 10.695, 1320.6),
)
DISC = ((-0.5, 0.195501), (0.0, 0.5), (0.5, 0.804499))
ECLIPSE = ("2022-05-16T01:46:39Z", "2022-05-16T02:41:19Z", "2022-05-16T05:15:39Z", "2022-05-16T06:10:19Z")


def run() -> Iterator[Check]:
    """Directions to 0.01 deg, the disc's visible part, contacts to a minute."""
    for utc, latitude, longitude, azimuth, elevation, irradiance in SITES:
        seen = bodies(terrestrial_days(datetime.fromisoformat(utc), np.zeros(1)))
        sun = to_site(seen.sun, np.radians(latitude), np.radians(longitude))[0]
        distance = float(np.linalg.norm(sun))
        east, north, up = (sun / distance).tolist()
        found = np.degrees(azimuth_elevation(east, north, up))
        yield Check(f"azimuth, {utc}", float(found[0]), azimuth, 0.01, "deg")
        yield Check(f"elevation, {utc}", float(found[1]), elevation, 0.01, "deg")
        flux = SOLAR_CONSTANT * (ASTRONOMICAL_UNIT / distance) ** 2
        yield Check(f"irradiance, {utc}", flux, irradiance, 0.1, "W/m2")
    for height, share in DISC:
        found_share = visible_over_horizon(height * 0.004650, 0.004650)
        yield Check(f"disc, centre {height:g} radii up", found_share, share, 1e-6, "1")
    first, *_ = contacts = [datetime.fromisoformat(utc) for utc in ECLIPSE]
    start = first.replace(minute=0)
    sky = compute_environment(Place(np.radians(43.06), np.radians(-51.92), 0.12), Span(start, 8 * 3600.0))
    eclipse = sky.eclipses[0]
    times = (event.time_s for event in eclipse.events())
    for name, found_s, contact in zip(("first", "second", "third", "last"), times, contacts, strict=True):
        late = found_s - (contact - start).total_seconds()
        yield Check(f"eclipse 2022-05-16: {name} contact is late by", late, 0.0, 60.0, "s")
