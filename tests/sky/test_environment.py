"""The whole sky: reference case, eclipse at the ground, idealised and frozen days, speed, tables."""

import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import thermal.sky
from thermal.case import load_case
from thermal.core.constants import LUNATION, SOLAR_CONSTANT, STEFAN_BOLTZMANN
from thermal.core.errors import CaseError
from thermal.sky import build
from thermal.sky.build import compute_environment
from thermal.sky.ephemeris.horizon import PlaneHorizon
from thermal.sky.ephemeris.motion import frozen_track
from thermal.sky.ephemeris.site_frame import ground_normal
from thermal.sky.ephemeris.site_view import Geometry
from thermal.sky.ground.regolith import Regolith, build_column
from thermal.sky.ground.steps import FINE, StepPlan, ground_times
from thermal.sky.place import Place, Span

DAY = 86400.0
REFERENCE = Path(__file__).parents[2] / "cases/change5-reference.toml"


def place(latitude=43.06, longitude=-51.92, albedo=0.07, **more):
    return Place(np.radians(latitude), np.radians(longitude), albedo, **more)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def reference():
    return thermal.sky.environment(load_case(REFERENCE))


def test_reference_case_at_ascent(reference):
    sky = reference.at(0.0)
    assert sky.irradiance == pytest.approx(1395.0, rel=1e-3)
    assert np.linalg.norm(sky.sun_direction) == pytest.approx(1.0)
    assert sky.ground_infrared == pytest.approx(0.95 * STEFAN_BOLTZMANN * sky.ground_k**4)
    assert sky.earth_infrared == pytest.approx(0.066, abs=0.003)
    assert sky.space_infrared == pytest.approx(3.1e-6, rel=0.02)


def test_events_are_sorted_and_where_the_disc_is_cut(reference):
    events = reference.events()
    assert [event.name for event in events] == [
        *("sunset_first_contact", "sunset_centre", "sunset_last_contact"),
        *("sunrise_first_contact", "sunrise_centre", "sunrise_last_contact"),
    ]
    assert [event.time_s for event in events] == sorted(event.time_s for event in events)
    fractions = [reference.at(event.time_s).sun_visible_fraction for event in events]
    assert fractions == pytest.approx([1.0, 0.5, 0.0, 0.0, 0.5, 1.0], abs=1e-4)


def test_a_call_is_quick(reference):
    times = np.linspace(0, LUNATION, 3000).tolist()
    best = np.inf
    for _ in range(5):
        begin = time.process_time()
        for t in times:
            reference.at(t)
        best = min(best, (time.process_time() - begin) / len(times))
    assert best < 60e-6  # 15 us on a quiet core: the limit leaves room for a busy one


# minutes after 01:30, hidden, ground K (A0 = 0.12; finite volumes, 0.1 mm, 10 s)
ECLIPSE = [
    (0, 0.0, 298.89),
    (30, 0.182, 288.56),
    (60, 0.843, 222.20),
    (90, 1.0, 171.02),
    (120, 1.0, 159.56),
    (150, 1.0, 152.65),
    (180, 1.0, 147.68),
    (210, 1.0, 143.81),
    (226, 1.0, 142.10),
    (240, 0.768, 193.33),
    (270, 0.118, 283.38),
    (300, 0.0, 299.48),
]


def test_ground_through_the_eclipse_of_2022():
    environment = compute_environment(place(albedo=0.12), Span(utc("2022-05-16"), DAY))
    for minutes, hidden, ground in ECLIPSE:
        t = 5400.0 + 60.0 * minutes
        sky = environment.at(t)
        shift = max(abs(environment.at(t + s).ground_k - sky.ground_k) for s in (-60.0, 60.0))
        assert sky.sun_eclipsed_fraction == pytest.approx(hidden, abs=0.01)
        assert sky.ground_k == pytest.approx(ground, abs=1.5 + shift)
    temperatures = [environment.at(t).ground_k for t in np.arange(0.0, DAY, 60.0)]
    assert -60 * np.diff(temperatures).min() == pytest.approx(199, rel=0.03)


def test_eclipse_contacts_are_events_and_can_be_switched_off():
    case = load_case(REFERENCE, {"sky.start": "2022-05-16T00:00:00Z", "run.duration": "1 day"})
    names = [event.name for event in thermal.sky.environment(case).events()]
    assert names == ["eclipse_first_contact", "totality_start", "totality_end", "eclipse_last_contact"]
    dark = load_case(
        REFERENCE, {"sky.start": "2022-05-16T00:00:00Z", "run.duration": "1 day", "sky.eclipses": "false"}
    )
    environment = thermal.sky.environment(dark)
    assert environment.events() == ()
    assert environment.at(4 * 3600.0).irradiance > 1300


def test_halving_the_steps_and_cells_through_an_eclipse_changes_little():

    span = Span(utc("2022-05-16"), 0.5 * DAY)
    site = place(albedo=0.12)
    coarse = compute_environment(site, span)
    model = coarse.geometry
    eclipse = coarse.eclipses
    plan = StepPlan(FINE.longest_s / 2, 5.0, 10.0, 3600.0, 1.1)
    times = ground_times(0.0, span.duration_s, [], list(eclipse), plan)
    column = build_column(Regolith(), 0.5e-4, 1.035)
    first = build_column(Regolith())
    full = build.geometry(site, span, -build.SPIN_UP)
    start = np.interp(column.depth, first.depth, build._state_at_start(site, span, first, full))
    sun = build.absorbed_at_stages(model, times, 0.12)
    finer = build.march(column, start, np.diff(times), sun).history[:, 0]
    difference = np.array([coarse.at(t).ground_k for t in times]) - finer
    assert np.abs(difference).max() < 0.15


def test_idealised_day_starts_at_noon_and_repeats():
    environment = compute_environment(
        place(), Span(utc("2020-12-03"), 3 * LUNATION, "idealised", repeats=True)
    )
    assert environment.at(0.0).ground_k == pytest.approx(355.70, abs=0.1)
    assert environment.at(0.25 * LUNATION).ground_k == pytest.approx(124.06, abs=0.1)
    assert environment.at(2.75 * LUNATION).ground_k == pytest.approx(88.45, abs=0.1)
    assert environment.at(0.1 * LUNATION).irradiance == SOLAR_CONSTANT
    assert environment.at(0.1 * LUNATION).earth_infrared == 0.0
    assert [event.name for event in environment.events()] == ["sunset_centre", "sunrise_centre"] * 3


@pytest.mark.parametrize(
    ("declination", "distance", "noon", "minimum"),
    [
        (1.54, 1.0, 353.26, 88.38),
        (-1.54, 1.0, 347.57, 86.86),
        (0, 0.98066, 353.94, 88.10),
        (0, 1.0193, 347.14, 87.17),
    ],
)
def test_declination_and_distance_of_a_frozen_day(declination, distance, noon, minimum):

    site = place(albedo=0.12)
    track = frozen_track(site.latitude, np.radians(declination), distance, 0.0, np.array([0.0, 0.0, -4e8]))
    model = Geometry(track, PlaneHorizon(), sun_radius_m=0.0, eclipses=False)
    times = build._times(model, 0.0, LUNATION, FINE)
    surface = build._periodic(site, build_column(site.regolith), model, times).temperature[:, 0]
    assert surface.max() == pytest.approx(noon, abs=0.1)
    assert surface.min() == pytest.approx(minimum, abs=0.1)


def test_a_frozen_day_keeps_the_sun_of_its_date(reference):
    case = load_case(REFERENCE, {"run.mode": "periodic"})
    frozen = thermal.sky.environment(case)
    assert frozen.at(0.0).sun_direction == pytest.approx(reference.at(0.0).sun_direction, abs=1e-9)
    assert frozen.at(0.0).irradiance == pytest.approx(reference.at(0.0).irradiance)
    assert frozen.at(0.0).ground_k == pytest.approx(reference.at(0.0).ground_k, abs=0.5)
    assert frozen.at(LUNATION).ground_k == pytest.approx(frozen.at(0.0).ground_k, abs=1e-4)


def test_no_earth_on_the_far_side():
    environment = compute_environment(place(-41.64, -153.99), Span(utc("2024-06-03"), 2 * DAY))
    sky = environment.at(DAY)
    assert (sky.earth_shortwave, sky.earth_infrared) == (0.0, 0.0)


def test_a_slope_towards_the_noon_sun_is_warmer_at_noon():
    south = np.radians(180.0)
    normal = tuple(ground_normal(np.radians(20.0), south).tolist())
    span = Span(utc("2020-12-03"), LUNATION, "idealised", repeats=True)
    tilted = compute_environment(place(normal=normal, horizon=PlaneHorizon(*normal)), span)
    flat = compute_environment(place(latitude=23.06), span)
    # 43.06 N tilted by 20 deg to the south sees the noon Sun as flat ground at 23.06 N does, all day long
    for share in np.linspace(0.0, 1.0, 25):
        assert tilted.at(share * LUNATION).ground_k == pytest.approx(
            flat.at(share * LUNATION).ground_k, abs=0.02
        )


def test_a_longer_spin_up_changes_nothing(monkeypatch, reference):
    monkeypatch.setattr(build, "SPIN_UP", 40 * LUNATION)
    longer = compute_environment(place(), Span(reference.start, LUNATION))
    times = np.linspace(0.0, LUNATION, 30).tolist()
    change = [longer.ground.at(t) - reference.ground.at(t) for t in times]
    assert 1e-6 < max(map(abs, change)) < 0.01


def test_cases_with_the_same_sky_share_it_and_others_do_not(reference):
    cloth = load_case(REFERENCE, {"flag.material": "nylon66", "mesh.size": "50 mm"})
    assert thermal.sky.environment(cloth) is reference
    for key, text in (
        ("sky.albedo", "0.071"),
        ("sky.h_parameter", "0.071 m"),
        ("site.longitude", "-51.93 deg"),
        ("site.ground_slope", "1 deg"),
        ("run.duration", "29 day"),
        ("sky.eclipses", "false"),
        ("run.mode", "periodic"),
    ):
        assert thermal.sky.environment(load_case(REFERENCE, {key: text})) is not reference, key


def test_a_run_past_2100_is_refused():
    with pytest.raises(CaseError, match=r"run\.duration.*2100.*outside-ephemeris"):
        thermal.sky.environment(load_case(REFERENCE, {"run.duration": "90 year"}))


def test_the_interpolated_ground_of_a_lunation_is_converged(monkeypatch):
    span = Span(utc("2020-12-03"), LUNATION, "idealised", repeats=True)
    normal = compute_environment(place(), span)
    monkeypatch.setattr(build, "FINE", StepPlan(LUNATION / 2000, 5.0, 10.0, 3600.0, 1.1))
    finer = compute_environment(place(), span)
    for time_s in np.linspace(0.0, LUNATION, 2000).tolist():
        assert normal.ground.at(time_s) == pytest.approx(finer.ground.at(time_s), abs=0.01)
