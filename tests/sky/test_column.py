"""The regolith column against closed solutions and converged tables (theory V20)."""

import csv
from pathlib import Path

import numpy as np
import pytest

from thermal.core.constants import LUNATION, STEFAN_BOLTZMANN
from thermal.sky.ground.albedo import ground_albedo
from thermal.sky.ground.marching import GAMMA, march
from thermal.sky.ground.periodic import periodic_ground
from thermal.sky.ground.regolith import CHI_OVER_T3, Regolith, build_column, specific_heat

DATA = Path(__file__).parent / "data"


def graded(longest, first=30.0):
    """Times of a day from noon to noon that land on sunset and sunrise of declination 0."""

    def part(start, end):
        steps, step = [], min(first, longest)
        while sum(steps) < (end - start) / 2:
            steps.append(step)
            step = min(1.25 * step, longest)
        half = np.cumsum(steps) * (end - start) / 2 / sum(steps)
        return np.concatenate([start + half, end - half[-2::-1], [end]])

    quarter = LUNATION / 4
    return np.concatenate([[0.0], part(0, quarter), part(quarter, 3 * quarter), part(3 * quarter, LUNATION)])


def absorbed(times, latitude_deg, albedo):
    stages = np.stack([times[:-1] + GAMMA * np.diff(times), times[1:]], axis=1)
    cosine = np.cos(np.radians(latitude_deg)) * np.cos(2 * np.pi * stages / LUNATION)
    cosine = np.where(cosine < 1e-12, 0.0, cosine)
    reflected = np.vectorize(ground_albedo)(albedo, np.arccos(cosine))
    return 1361.0 * cosine * (1.0 - reflected)


def solve(latitude_deg, albedo, *, h=0.07, first_cell=1e-4, growth=1.07, steps=240, heat_flow=0.018):
    column = build_column(Regolith(h_parameter=h, heat_flow=heat_flow), first_cell, growth)
    times = graded(LUNATION / steps)
    return column, times, periodic_ground(column, np.diff(times), absorbed(times, latitude_deg, albedo))


def surface_at_hours(times, state, hours):
    return np.interp(np.asarray(hours) / 24 * LUNATION, times, state.temperature[:, 0])


# noon maximum, sunset, midnight, sunrise, mean
SITES = [
    (0.0, 0.12, 0.07, 385.23, 129.80, 99.22, 92.75, 210.36),
    (0.0, 0.07, 0.07, 390.61, 131.65, 100.10, 93.56, 213.45),
    (43.06, 0.12, 0.07, 350.49, 122.17, 93.73, 87.63, 191.84),
    (43.06, 0.07, 0.07, 355.70, 124.06, 94.61, 88.45, 194.92),
    (0.67, 0.12, 0.07, 385.22, 129.79, 99.22, 92.75, 210.36),
    (0.67, 0.07, 0.07, 390.60, 131.65, 100.10, 93.56, 213.44),
    (0.0, 0.12, 0.06, 385.19, 130.46, 100.25, 93.74, 210.86),
]


@pytest.mark.parametrize("site", SITES)
def test_converged_columns(site):
    latitude, albedo, h, noon, sunset, midnight, sunrise, mean = site
    _, times, state = solve(latitude, albedo, h=h)
    surface = state.temperature[:, 0]
    assert surface.max() == pytest.approx(noon, abs=0.1)
    found = surface_at_hours(times, state, [6.0, 12.0, 18.0])
    assert found[0] == pytest.approx(sunset, abs=0.1)
    assert found[1] == pytest.approx(midnight, abs=0.1)
    assert found[2] == pytest.approx(sunrise, abs=0.1)
    assert np.trapezoid(surface, times) / LUNATION == pytest.approx(mean, abs=0.1)
    assert abs(state.imbalance) < 1e-9
    assert state.days < 10


@pytest.mark.parametrize(("file", "latitude"), [("equator", 0.0), ("change5", 43.06), ("apollo11", 0.67)])
def test_every_hour_and_depth_of_the_reference_files(file, latitude):
    with (DATA / f"{file}.csv").open() as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    hours = [float(row["hours_after_noon"]) for row in rows]
    for albedo, key in ((0.12, "fv_K"), (0.07, "fv_mare_A007_K")):
        column, times, state = solve(latitude, albedo, steps=480)
        expected = np.array([float(row[key]) for row in rows])
        assert np.abs(surface_at_hours(times, state, hours) - expected).max() < 0.1
        if albedo == 0.12:
            for depth in (0.02, 0.10, 0.30, 0.60):
                at_times = [np.interp(depth, column.depth, profile) for profile in state.temperature]
                found = np.interp(np.asarray(hours) / 24 * LUNATION, times, at_times)
                name = f"fv_z{depth:.2f}m_K".replace("0.", "0p")
                assert np.abs(found - [float(row[name]) for row in rows]).max() < 0.1


SENSITIVITY = [
    ({"h": 0.05}, 350.39, 89.65),
    ({"h": 0.09}, 350.55, 86.17),
    ({"heat_flow": 0.0}, 350.48, 87.52),
]


@pytest.mark.parametrize(("changes", "noon", "minimum"), SENSITIVITY)
def test_sensitivities_at_change5(changes, noon, minimum):
    _, _, state = solve(43.06, 0.12, **changes)
    assert state.temperature[:, 0].max() == pytest.approx(noon, abs=0.1)
    assert state.temperature[:, 0].min() == pytest.approx(minimum, abs=0.1)


@pytest.mark.parametrize(("latitude", "rms"), [(0, 0.33), (30, 0.52), (60, 0.37)])
def test_diviner_night_curves(latitude, rms):
    with (DATA / "diviner_night_comparison.csv").open() as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    rows = [row for row in rows if float(row["lat_deg"]) == latitude and float(row["H_m"]) == 0.07]
    _, times, state = solve(latitude, 0.12)
    found = surface_at_hours(times, state, [float(row["hours_after_noon"]) for row in rows])
    error = found - [float(row["diviner_K"]) for row in rows]
    assert np.sqrt(np.mean(error**2)) == pytest.approx(rms, abs=0.05)
    assert found == pytest.approx([float(row["fv_K"]) for row in rows], abs=0.1)


PROPERTIES = [
    (100, 282.86, 0.000787, 0.003614),
    (150, 423.85, 0.000897, 0.004123),
    (200, 555.01, 0.001113, 0.005113),
    (250, 671.75, 0.001468, 0.006745),
    (300, 770.85, 0.001998, 0.009181),
    (350, 850.39, 0.002738, 0.012580),
    (400, 909.80, 0.003722, 0.017103),
]


@pytest.mark.parametrize(("temperature", "heat", "surface", "deep"), PROPERTIES)
def test_property_functions(temperature, heat, surface, deep):
    t = np.array([float(temperature)])
    assert specific_heat(t)[0] == pytest.approx(heat, abs=0.006)
    regolith = Regolith()
    assert regolith.conductivity(t, np.array([0.0]))[0] == pytest.approx(surface, abs=6e-7)
    assert regolith.conductivity(t, np.array([10.0]))[0] == pytest.approx(deep, abs=6e-7)


def test_thermal_inertia_at_273_k():
    depth, t = np.array([0.0, 0.05]), np.array([273.0, 273.0])
    regolith = Regolith()
    inertia = np.sqrt(regolith.conductivity(t, depth) * regolith.density(depth) * specific_heat(t))
    assert inertia == pytest.approx([36.56, 70.85], abs=0.01)


def order(errors, ratio=2.0):
    return np.log(errors[0] / errors[1]) / np.log(ratio)


def test_second_order_in_space():
    """Graded grids, each with cells half as large as the one before at every depth."""
    values = []
    times = graded(LUNATION / 480)
    for first_cell, halvings in ((4e-3, 1), (2e-3, 2), (1e-3, 3), (0.5e-3, 4)):
        column = build_column(Regolith(), first_cell, 1.16 ** (0.5**halvings))
        state = periodic_ground(column, np.diff(times), absorbed(times, 0.0, 0.12))
        values.append(surface_at_hours(times, state, [4.0, 12.0, 17.0, 22.0]))
    errors = [np.abs(v - values[-1]).max() for v in values[:-1]]
    assert order(errors[:2]) > 1.8
    assert order(errors[1:]) > 1.8


def kinks_resolved(count):
    """Times of a day, `count` steps a quarter, ever finer towards sunset and sunrise."""
    toward = 1.0 - (1.0 - np.linspace(0.0, 1.0, count + 1)) ** 3
    away = 1.0 - toward[::-1]
    day = np.concatenate([toward[:-1], 1.0 + away[:-1], 2.0 + toward[:-1], 3.0 + away])
    return day * LUNATION / 4


def test_second_order_in_time():
    """Second order at sunset, midnight and sunrise.

    At noon the stiff flux condition leaves 1.5 (stage order 1) of some 1e-3 K; even steps, which cannot
    follow the surface's t^(3/2) after sunrise, leave 1.5 everywhere by day.
    """
    column = build_column(Regolith(), 2e-3, 1.06)
    values = []
    for count in (40, 80, 160, 1280):
        times = kinks_resolved(count)
        state = periodic_ground(column, np.diff(times), absorbed(times, 0.0, 0.12))
        values.append(
            np.interp([LUNATION / 4, LUNATION / 2, LUNATION * 3 / 4, 0.0], times, state.temperature[:, 0])
        )
    errors = np.array([np.abs(v - values[-1]) for v in values[:-1]])
    assert order(errors[:2, :3].max(axis=1)) > 1.9
    assert order(errors[1:, :3].max(axis=1)) > 1.9
    assert order(errors[1:, 3]) > 1.4
    assert errors[0, 3] < 5e-3


def test_steady_conduction_is_exact_in_the_conductivity():
    """A column heated from below alone: the flux through every interface is the heat flow (Kirchhoff)."""
    regolith = Regolith(heat_flow=0.5)
    column = build_column(regolith, 1e-3, 1.1)
    day = np.full(50, LUNATION / 50)
    state = periodic_ground(column, day, np.full((50, 2), 200.0))
    t = state.temperature[-1]
    assert t[0] == pytest.approx(((200.0 + 0.5) / (0.95 * STEFAN_BOLTZMANN)) ** 0.25, rel=1e-7)
    upward = column.coupling * (np.diff(t) + 0.25 * CHI_OVER_T3 * np.diff(t**4))
    assert upward == pytest.approx(np.full(upward.size, 0.5), rel=1e-6)


def test_energy_of_a_march_is_conserved():
    column = build_column(Regolith())
    times = graded(LUNATION / 120)
    sun = absorbed(times, 20.0, 0.12)
    start = np.full(column.depth.size, 230.0)
    steps = np.diff(times)
    end = march(column, start, steps, sun)
    coefficients = np.polynomial.polynomial.polyint([-3.6125, 2.7431, 2.3616e-3, -1.2340e-5, 8.9093e-9])
    stored = [column.mass @ np.polynomial.polynomial.polyval(t, coefficients) for t in (start, end.final)]
    gained = steps @ (sun @ [1 - GAMMA, GAMMA]) + 0.018 * steps.sum() - end.emitted
    assert stored[1] - stored[0] == pytest.approx(gained, rel=1e-9)


def test_sensitivity_is_the_derivative_of_the_day_map():
    column = build_column(Regolith(), 2e-3, 1.2)
    times = graded(LUNATION / 60)
    sun = absorbed(times, 0.0, 0.12)
    start = np.full(column.depth.size, 250.0)
    derivative = march(column, start, np.diff(times), sun, sensitivity=True).sensitivity
    bump = np.zeros_like(start)
    bump[7] = 0.01
    high, low = (march(column, start + s * bump, np.diff(times), sun).final for s in (1, -1))
    assert derivative[:, 7] == pytest.approx((high - low) / 0.02, abs=1e-6)


@pytest.mark.parametrize("latitude", [80.0, 89.9, 90.0])
def test_cold_ground_near_the_pole_has_a_periodic_state(latitude):
    _, _, state = solve(latitude, 0.12)
    assert state.temperature[:, 0].min() > 20.0
    assert abs(state.imbalance) < 1e-6
