"""Eclipses of the years ahead against runs that see them."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from mpi4py import MPI
from small_flag import small_case

from materials import load_database
from thermal.core.constants import DAY, SOLAR_CONSTANT, YEAR
from thermal.endurance import Endurance
from thermal.endurance.projection.eclipses import EclipseCycles, Shade, eclipse_cycles, eclipses_ahead
from thermal.endurance.projection.projection import look_ahead
from thermal.simulation import Simulation

POLE = """
[[tube]]
name = "pole"
start = ["0 m", "0 m", "1.4 m"]
end = ["0 m", "0.3 m", "1.4 m"]
diameter = "20 mm"
wall = "1.0 mm"
material = "ss304"
surface = "polished"
"""


def _case(folder, sky="ephemeris", more=""):
    case = small_case(folder, "nylon66", sky, more)
    # Ten days before the total eclipse of 2022-05-16.
    start = datetime(2022, 5, 6, tzinfo=UTC)
    return case.model_copy(update={"sky": case.sky.model_copy(update={"start": start})})


@pytest.fixture(scope="module")
def total(tmp_path_factory):
    case = _case(tmp_path_factory.mktemp("total"), more=POLE)
    shades = eclipses_ahead(case, 2.0)
    return case, shades, eclipse_cycles(case, load_database(), shades, 2.0, MPI.COMM_SELF)


def test_the_eclipses_of_two_years_are_those_of_the_almanac(total):
    """2022-05-16 and 2022-11-08 total; 2023-05-05 and 2023-10-28 small ones."""
    shades = total[1]
    first = datetime(2022, 5, 6, tzinfo=UTC)
    days = [(datetime(*day, tzinfo=UTC) - first).days for day in ((2022, 5, 16), (2022, 11, 8))]
    assert [int(shade.greatest_s / DAY) for shade in shades[:2]] == days
    assert all(shade.hidden == 1.0 for shade in shades[:2])
    assert all(shade.hidden < 1.0 for shade in shades[2:])
    assert all(0.0 < shade.dark_s < 5.0 * 3600.0 for shade in shades)


def test_a_far_side_or_idealised_sky_has_none(tmp_path):
    assert eclipses_ahead(_case(tmp_path, "idealised"), 30.0) == ()
    case = _case(tmp_path)
    far = case.model_copy(update={"site": case.site.model_copy(update={"longitude": np.pi})})
    assert eclipses_ahead(far, 2.0) == ()


def test_the_deepest_eclipse_is_the_cycle_that_a_run_through_it_shows(total):
    case, shades, found = total
    run = case.model_copy(
        update={"run": case.run.model_copy(update={"duration": shades[0].greatest_s + DAY})}
    )
    simulation = Simulation(run, load_database())
    endurance = Endurance(run, simulation.scene, load_database())
    before = []

    class Watch:
        def observe(self, step):
            if step.time_s < shades[0].first_s + 1.0:
                before[:] = [
                    step.temperature[simulation.model.slices["flag"]].mean(),
                    step.sunlight_front.copy(),
                ]
            elif step.time_s < shades[0].first_s + 6.0 * 3600.0:
                before.append(step.temperature[simulation.model.slices["flag"]].mean())

    list(simulation.run([Watch(), endurance]))
    fall = before[0] - min(before[2:])
    part = found.parts[0]
    large = np.where(part.cycle_range_k > 20.0, part.cycles, 0.0)
    assert ((large @ part.cycle_range_k) / large.sum(axis=1)).mean() == pytest.approx(fall, abs=2.5)
    flag = simulation.model.slices["flag"]
    assert found.light["front"][flag] == pytest.approx(before[1][flag], rel=0.02, abs=2.0)
    assert part.cycles[0] @ (part.cycle_range_k > 20.0) * part.observed_years == pytest.approx(1.0)


def test_each_eclipse_cycles_in_proportion_to_what_it_hides():
    shades = (Shade(0.0, 1.0 * YEAR, 1.0, 3600.0), Shade(0.0, 2.0 * YEAR, 0.5, 1800.0))
    light = {"front": np.array([SOLAR_CONSTANT]), "back": np.zeros(1)}
    dark = EclipseCycles(shades, 4.0, (), (), (), light, 0.0, ())
    cycles = np.zeros((1, 80))
    cycles[0, 40] = 10.0  # a year, in a tenth of a year
    found = dark.a_year(cycles, 0.1) * 4.0
    assert found[0, 40] == pytest.approx(1.0)
    assert found[0, 20] == pytest.approx(1.0)
    assert found.sum() == pytest.approx(2.0)
    assert dark.lost_esh(3.0 * YEAR)["front"] == pytest.approx(1.5)
    assert dark.lost_esh(1.5 * YEAR)["front"] == pytest.approx(1.0)
    assert dark.share(1.5 * YEAR) == pytest.approx(0.5)


def test_years_ahead_have_them(total):
    case, shades, found = total
    day = case.model_copy(update={"run": case.run.model_copy(update={"duration": DAY})})
    simulation = Simulation(day, load_database())
    endurance = Endurance(day, simulation.scene, load_database())
    list(simulation.run([endurance]))
    ahead = look_ahead(day, load_database(), endurance, 2.0)
    assert any(note.startswith(f"{len(shades)} eclipses") for note in ahead.verdict.notes)
    pole = next(one for one in ahead.verdict.findings if one.cause == "thermal fatigue of pole")
    assert found.damage().max() > 0.0
    assert pole.at_horizon == pytest.approx(ahead.march.end["damage"].max(), rel=0.02)
    bare = max(ahead.march.end["damage"] - found.damage())
    assert ahead.march.end["damage"].max() > bare
    flag = simulation.model.slices["flag"]
    lost = {name: value[flag].max() for name, value in found.lost_esh(2.0 * YEAR).items()}
    assert 1.0 < lost["front"] + lost["back"] < 30.0
    for name, gone in lost.items():
        dose = ahead.march.end[f"dose_{name}"][flag].max() + gone
        assert dose == pytest.approx(ahead.march.lunations[-1] * 112.8, rel=0.01)
