"""Sun and Earth against DE440 with the DE421 lunar frame (theory V21), and a second library."""

from datetime import UTC, datetime, timedelta

import astronomy
import numpy as np
import pytest

from thermal.core.constants import ASTRONOMICAL_UNIT, SOLAR_CONSTANT
from thermal.sky.ephemeris.bodies import bodies, terrestrial_days
from thermal.sky.ephemeris.orientation import moon_orientation
from thermal.sky.ephemeris.site_frame import azimuth_elevation, to_site


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(text):
    return bodies(terrestrial_days(instant(text), np.zeros(1)))


SUB_SOLAR = [
    ("1969-07-20T20:17:40", 102.7868, 1.2988, 1.015199),
    ("2020-12-01T15:11:00", -17.8068, 0.3051, 0.988517),
    ("2020-12-03T00:00:00", -34.4018, 0.2608, 0.988020),
    ("2020-12-03T15:10:00", -42.0728, 0.2399, 0.987733),
    ("2022-05-16T04:11:30", -3.0876, 0.0582, 1.013377),
    ("2024-06-01T22:23:00", -119.1342, 1.3136, 1.012968),
    ("2024-06-03T23:38:00", -144.2486, 1.3458, 1.012421),
    ("2025-03-14T06:58:00", 2.8181, -0.0864, 0.996879),
]


@pytest.mark.parametrize(("utc", "longitude", "latitude", "distance"), SUB_SOLAR)
def test_sub_solar_point_and_distance(utc, longitude, latitude, distance):
    x, y, z = at(utc).sun[0]
    r = np.sqrt(x * x + y * y + z * z)
    assert np.degrees(np.arctan2(y, x)) == pytest.approx(longitude, abs=0.0045)
    assert np.degrees(np.arcsin(z / r)) == pytest.approx(latitude, abs=0.004)
    assert r / ASTRONOMICAL_UNIT == pytest.approx(distance, abs=1.5e-6)


SUN_AT_SITES = [
    ("2020-12-03T15:10:00", 43.06, -51.92, 165.673, 46.280, 1395.0),
    ("2020-12-01T15:11:00", 43.06, -51.92, 135.029, 37.484, 1392.8),
    ("2024-06-03T23:38:00", -41.64, -153.99, 14.124, 46.116, 1327.8),
    ("2024-06-01T22:23:00", -41.64, -153.99, 45.462, 36.717, 1326.4),
    ("1969-07-20T20:17:40", 0.67, 23.47, 88.805, 10.695, 1320.6),
    ("1969-07-21T17:54:01", 0.67, 23.47, 88.887, 21.699, 1319.5),
]


@pytest.mark.parametrize("row", SUN_AT_SITES, ids=lambda row: row[0])
def test_sun_at_the_landing_sites(row):
    utc, lat, lon, azimuth, elevation, irradiance = row
    sun = to_site(at(utc).sun, np.radians(lat), np.radians(lon))[0]
    distance = np.linalg.norm(sun)
    found = np.degrees(azimuth_elevation(*(sun / distance)))
    assert found == pytest.approx((azimuth, elevation), abs=0.01)
    assert SOLAR_CONSTANT / (distance / ASTRONOMICAL_UNIT) ** 2 == pytest.approx(irradiance, rel=1e-3)


def test_earth_over_change5_at_ascent():
    earth = to_site(at("2020-12-03T15:10:00").earth, np.radians(43.06), np.radians(-51.92))[0]
    found = np.degrees(azimuth_elevation(*(earth / np.linalg.norm(earth))))
    assert found == pytest.approx((125.39, 27.53), abs=0.01)


@pytest.mark.parametrize("seed", range(10))
def test_sun_agrees_with_astronomy_engine(seed):
    """Another ephemeris with its own lunar axis, at random sites and dates."""
    random = np.random.default_rng(seed)
    moment = datetime(1965, 1, 1, tzinfo=UTC) + timedelta(days=float(random.uniform(0, 120 * 365)))
    latitude, longitude = np.arcsin(random.uniform(-1, 1)), random.uniform(-np.pi, np.pi)
    days = terrestrial_days(moment, np.zeros(1))
    # through terrestrial time: the two libraries guess the leap seconds of the future differently
    time = astronomy.Time.FromTerrestrialTime(float(days[0]))
    moon = astronomy.HelioVector(astronomy.Body.Moon, time)
    axis = astronomy.RotationAxis(astronomy.Body.Moon, time)
    pole = np.array([axis.north.x, axis.north.y, axis.north.z])
    node = np.cross([0.0, 0.0, 1.0], pole)
    node /= np.linalg.norm(node)
    spin = np.radians(axis.spin)
    x_axis = np.cos(spin) * node + np.sin(spin) * np.cross(pole, node)
    to_moon = np.array([x_axis, np.cross(pole, x_axis), pole])
    # their vectors are equatorial J2000, in AU, the Sun at the origin
    expected = to_moon @ (-np.array([moon.x, moon.y, moon.z])) * ASTRONOMICAL_UNIT
    expected_here = to_site(expected[None], latitude, longitude)[0]

    found = to_site(bodies(days).sun, latitude, longitude)[0]
    assert np.linalg.norm(found) == pytest.approx(np.linalg.norm(expected_here), rel=2e-5)
    cosine = found @ expected_here / np.linalg.norm(found) / np.linalg.norm(expected_here)
    assert np.degrees(np.arccos(min(1.0, cosine))) < 0.005


def test_orientation_is_a_rotation():
    matrices = moon_orientation(np.array([-9000.0, 0.0, 12345.6]))
    assert matrices @ np.swapaxes(matrices, 1, 2) == pytest.approx(
        np.broadcast_to(np.eye(3), (3, 3, 3)), abs=1e-14
    )
    assert np.linalg.det(matrices) == pytest.approx(1.0)


def test_range_of_sub_solar_latitude_and_distance_over_ten_years():
    seen = bodies(
        terrestrial_days(datetime(2020, 1, 1, tzinfo=UTC), np.arange(0.0, 11 * 365.25 * 86400, 43200.0))
    )
    r = np.linalg.norm(seen.sun, axis=1)
    latitude = np.degrees(np.arcsin(seen.sun[:, 2] / r))
    assert (latitude.min(), latitude.max()) == pytest.approx((-1.588, 1.586), abs=0.005)
    assert (r.min(), r.max()) == pytest.approx(
        (0.98066 * ASTRONOMICAL_UNIT, 1.01930 * ASTRONOMICAL_UNIT), rel=2e-5
    )
