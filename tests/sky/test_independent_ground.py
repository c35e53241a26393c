"""The ground at random sites and dates against a second code: method of lines, another Sun, LSODA."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import astronomy
import numpy as np
import pytest
from scipy.integrate import odeint

import thermal.sky
from thermal.case import load_case
from thermal.core.constants import DAY, LUNATION

REFERENCE = Path(__file__).parents[2] / "cases/change5-reference.toml"
SIGMA, SOLAR, ALBEDO = 5.670374419e-8, 1361.0, 0.07
DISC_AT_1_AU = np.radians(0.26647)
SPIN_UP = 3.0 * LUNATION


def sun_heights(start, latitude, longitude, times):
    """Sine of the Sun's elevation and its distance in AU by astronomy-engine, at times in s from a start."""
    up = np.array(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )
    epoch = astronomy.Time.Parse(start.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    sines, distances = [], []
    for t in times:
        time = epoch.AddDays(t / DAY)
        moon = astronomy.HelioVector(astronomy.Body.Moon, time)
        axis = astronomy.RotationAxis(astronomy.Body.Moon, time)
        pole = np.array([axis.north.x, axis.north.y, axis.north.z])
        node = np.cross([0.0, 0.0, 1.0], pole)
        node /= np.linalg.norm(node)
        spin = np.radians(axis.spin)
        first = np.cos(spin) * node + np.sin(spin) * np.cross(pole, node)
        sun = np.array([first, np.cross(pole, first), pole]) @ -np.array([moon.x, moon.y, moon.z])
        distances.append(np.linalg.norm(sun))
        sines.append(up @ sun / distances[-1])
    return np.array(sines), np.array(distances)


def march_ground(latitude, times, sines, distances, outputs):
    """Surface temperature at outputs, K: 2 mm cells growing downwards, constants of Hayne et al. 2017."""
    edges = np.concatenate([[0.0], np.cumsum(2e-3 * 1.08 ** np.arange(50))])
    z = np.concatenate([[0.0], 0.5 * (edges[1:] + edges[:-1])])
    size = np.diff(np.concatenate([[0.0], 0.5 * (z[1:] + z[:-1]), [edges[-1]]]))
    fade, between = np.exp(-z / 0.07), np.exp(-0.5 * (z[1:] + z[:-1]) / 0.07)
    density = 1800.0 - 700.0 * fade
    contact = 3.4e-3 - (3.4e-3 - 7.4e-4) * between

    def rate(T, t):
        sine, distance = np.interp(t, times, sines), np.interp(t, times, distances)
        share = np.clip(np.arcsin(np.clip(sine, -1.0, 1.0)) / (DISC_AT_1_AU / distance), -1.0, 1.0)
        disc = 0.5 + (share * np.sqrt(1.0 - share**2) + np.arcsin(share)) / np.pi
        angle = np.arccos(np.clip(sine, 0.0, 1.0))
        taken = 1.0 - (ALBEDO + 0.06 * (angle / (np.pi / 4)) ** 3 + 0.25 * (angle / (np.pi / 2)) ** 8)
        middle = 0.5 * (T[1:] + T[:-1])
        down = -contact * (1.0 + 2.7 * (middle / 350.0) ** 3) * np.diff(T) / np.diff(z)
        flow = np.concatenate(
            [[taken * SOLAR / distance**2 * disc * max(sine, 0.0) - 0.95 * SIGMA * T[0] ** 4], down, [-0.018]]
        )
        heat = density * (-3.6125 + T * (2.7431 + T * (2.3616e-3 + T * (-1.2340e-5 + T * 8.9093e-9))))
        return -np.diff(flow) / (heat * size)

    start = np.full(len(z), 255.5 * np.cos(latitude) ** 0.38)
    marks = np.concatenate([[-SPIN_UP], outputs])
    solution = odeint(rate, start, marks, ml=1, mu=1, rtol=1e-5, atol=1e-3, hmax=7200.0, mxstep=100_000)
    return solution[1:, 0]


@pytest.mark.parametrize("seed", range(10))
def test_ground_agrees_with_a_second_code(seed):
    random = np.random.default_rng(100 + seed)
    latitude = np.arcsin(random.uniform(-0.87, 0.87))
    longitude = random.uniform(-np.pi, np.pi)
    start = datetime(1965, 1, 1, tzinfo=UTC) + timedelta(days=int(random.uniform(0, 55 * 365)))
    case = load_case(
        REFERENCE,
        {
            "site.latitude": f'"{np.degrees(latitude):.12f} deg"',
            "site.longitude": f'"{np.degrees(longitude):.12f} deg"',
            "sky.start": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "sky.eclipses": "false",
            "run.duration": '"20 day"',
        },
    )
    environment = thermal.sky.environment(case)
    outputs = np.linspace(0.5 * DAY, 20.0 * DAY, 79)
    times = np.arange(-SPIN_UP, 20.1 * DAY, 3.0 * 3600.0)
    sines, distances = sun_heights(start, latitude, longitude, times)
    expected = march_ground(latitude, times, sines, distances, outputs)
    found = np.array([environment.at(float(t)).ground_k for t in outputs])
    settled = np.abs(np.degrees(np.arcsin(np.interp(outputs, times, sines)))) > 3.0
    assert np.abs(found - expected)[settled].max() < 0.7
