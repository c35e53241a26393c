"""Closed forms of visible and hidden parts of the Sun's disc."""

import math

import numpy as np
import pytest

from thermal.sky.earthshine import earth_loads
from thermal.sky.ephemeris.disc import hidden_by_disc, lift_of_visible_part, visible_over_horizon
from thermal.sky.ground.albedo import ground_albedo

R = math.radians(0.2666)


@pytest.mark.parametrize(("x", "fraction"), [(-1, 0), (-0.5, 0.195501), (0, 0.5), (0.5, 0.804499), (1, 1)])
def test_visible_fraction_at_the_published_points(x, fraction):
    assert visible_over_horizon(x * R, R) == pytest.approx(fraction, abs=1e-6)


def test_a_point_sun_is_up_or_down():
    assert visible_over_horizon(1e-9, 0.0) == 1.0
    assert visible_over_horizon(-1e-9, 0.0) == 0.0


def disc_points(count=400_000, seed=3):
    random = np.random.default_rng(seed)
    radius = R * np.sqrt(random.random(count))
    angle = 2 * np.pi * random.random(count)
    return radius * np.cos(angle), radius * np.sin(angle)


@pytest.mark.parametrize("x", [-0.7, 0.0, 0.4])
def test_horizontal_flux_of_a_rising_disc_is_the_mean_over_its_points(x):
    _, up = disc_points()
    heights = up + x * R
    mean = np.where(heights > 0, heights, 0).mean()
    assert visible_over_horizon(x * R, R) * x * R + lift_of_visible_part(x * R, R) == pytest.approx(
        mean, rel=5e-3
    )


@pytest.mark.parametrize("separation", [0.2, 0.75, 0.9, 1.1, 1.25])
def test_hidden_fraction_against_counting_points(separation):
    other = math.radians(0.95)
    east, north = disc_points()
    gap = math.radians(separation)
    counted = (np.hypot(east - gap, north) < other).mean()
    assert hidden_by_disc(gap, R, other) == pytest.approx(counted, abs=2e-3)


def test_hidden_fraction_is_continuous_at_contacts():
    other = math.radians(0.95)
    assert hidden_by_disc(R + other - 1e-9, R, other) < 1e-6
    assert hidden_by_disc(other - R + 1e-9, R, other) > 1 - 1e-6
    assert hidden_by_disc(0.1 * R, R, 0.5 * R) == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("angle", "value"),
    [(0, 0.1200), (30, 0.1378), (45, 0.1810), (60, 0.2720), (75, 0.4559), (85, 0.6826), (90, 0.8500)],
)
def test_albedo_table(angle, value):
    assert ground_albedo(0.12, math.radians(angle)) == pytest.approx(value, abs=6e-5)


@pytest.mark.parametrize(("normal", "bond"), [(0.12, 0.22683), (0.07, 0.17683)])
def test_bond_albedo(normal, bond):
    angles = (np.arange(20000) + 0.5) * (math.pi / 2 / 20000)
    weights = np.sin(2 * angles)
    values = [ground_albedo(normal, a) for a in angles]
    assert np.average(values, weights=weights) == pytest.approx(bond, abs=1e-5)


def test_full_earth_at_the_mean_distance():
    shortwave, infrared = earth_loads(0.0, 384_400e3, 1.0)
    assert shortwave == pytest.approx(0.075, abs=0.0005)
    assert infrared == pytest.approx(0.066, abs=0.001)
    assert earth_loads(math.pi, 384_400e3, 1.0)[0] == pytest.approx(0.0, abs=1e-12)
