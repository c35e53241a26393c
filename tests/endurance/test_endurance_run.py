"""Endurance of a real run: doses against the closed values, verdicts from the database's data."""

from __future__ import annotations

import json

import numpy as np
import pytest
from small_flag import small_case

import thermal
from materials import load_database
from thermal.core.constants import LUNATION
from thermal.core.errors import MaterialError
from thermal.endurance import Endurance
from thermal.endurance.verdict.finding import require_data
from thermal.simulation import Simulation


def _run(folder, material):
    case = small_case(folder, material)
    simulation = Simulation(case)
    endurance = Endurance(case, simulation.scene, simulation.database)
    for _state in simulation.run([endurance]):
        pass
    return endurance


@pytest.fixture(scope="module")
def nylon(tmp_path_factory):
    return _run(tmp_path_factory.mktemp("nylon"), "nylon66")


def test_sun_hours_of_a_lunation_on_both_faces(nylon):
    fields = nylon.fields()
    for face in ("front", "back"):
        assert fields[f"sun_hours_{face}"].values == pytest.approx(112.80, rel=5e-3)


def test_fields_have_the_extremes_of_the_day(nylon):
    fields = nylon.fields()
    assert 300.0 < fields["temperature_highest"].values.max() < 360.0
    assert 65.0 < fields["temperature_lowest"].values.min() < 85.0
    hotter = np.maximum(*(fields[f"temperature_highest_{face}"].values for face in ("front", "back")))
    assert np.all(hotter > fields["temperature_highest"].values)
    assert np.all(fields["thermal_cycles"].values >= 1.0)
    assert np.all(fields["daily_range"].values > 200.0)
    extremes = [fields[f"temperature_{which}"].values for which in ("highest", "lowest")]
    assert fields["largest_cycle"].values == pytest.approx(extremes[0] - extremes[1], abs=1e-9)
    above = fields["time_above_glass_transition"].values
    assert above + fields["time_below_glass_transition"].values == pytest.approx(LUNATION)
    assert np.all(np.isnan(fields["fatigue_damage"].values))


def test_protons_go_with_sunlight_outside_the_magnetotail(nylon):
    fields = nylon.fields()
    share = 1.0 - 4.5 / 14.7653  # near side
    expected = 2e12 * 3600.0 * share * fields["sun_hours_front"].values
    assert fields["protons_front"].values == pytest.approx(expected, rel=1e-4)


def test_strength_follows_the_law_of_the_database(nylon):
    fields = nylon.fields()
    dose = fields["sun_hours_front"].values
    assert fields["strength_left_front"].values == pytest.approx(2.0 ** (-dose / 300.0))


def test_nylon_is_killed_by_light_and_lacks_fatigue_data(nylon):
    verdict = nylon.verdict(30.0)
    first = verdict.findings[0]
    assert (first.status, first.requirement, first.place.part) == ("fails", "strength_left", "flag")
    rate = 112.80 * 12.3685
    assert first.years == pytest.approx(300.0 / rate, rel=5e-3)
    factor = 3.0**1.645  # half-strength dose lognormal, sigma = ln 3, and the interval is 5 to 95 %
    assert first.low_years < first.years / factor * 1.3
    assert first.high_years > first.years * factor / 1.3
    assert verdict.line.startswith("fails after 0.2")
    assert "UV strength of the field" in verdict.line
    assert verdict.line.endswith("no data for: thermal fatigue of nylon66")


def test_the_verdict_is_plain_json_and_repeats_with_its_seed(nylon):
    verdict = nylon.verdict(30.0)
    assert verdict == nylon.verdict(30.0)
    data = json.loads(json.dumps(verdict.to_json(), allow_nan=False))
    assert data["line"] == verdict.line
    assert data["findings"][0]["place"]["face"] in ("front", "back")
    assert data["missing"] == ["thermal fatigue of nylon66"]


def test_strict_refuses_a_verdict_with_gaps(nylon):
    with pytest.raises(MaterialError, match="thermal fatigue of nylon66") as caught:
        require_data(nylon.verdict(30.0))
    assert caught.value.exit_code == 3


def test_a_stopped_run_goes_on_from_what_it_kept(tmp_path, nylon):
    case = small_case(tmp_path, "nylon66")
    simulation = Simulation(case, load_database())
    make = lambda: Endurance(case, simulation.scene, simulation.database)  # noqa: E731

    class Relay:
        """Hands every step on, and after the hundredth goes on with an observer restored from the first."""

        def __init__(self):
            self.endurance, self.steps = make(), 0

        def observe(self, step):
            self.endurance.observe(step)
            self.steps += 1
            if self.steps == 100:
                kept = {name: value.copy() for name, value in self.endurance.snapshot().items()}
                self.endurance = make()
                self.endurance.restore(kept)

    relay = Relay()
    list(simulation.run([relay]))
    assert relay.steps > 100
    assert relay.endurance.verdict(30.0) == nylon.verdict(30.0)
    for name, field in nylon.fields().items():
        assert relay.endurance.fields()[name].values == pytest.approx(field.values, nan_ok=True), name


def test_limits_that_are_passed_without_harm_are_not_counted(nylon):
    found = {f.cause: f for f in nylon.verdict(30.0).findings if f.requirement == "service_margin"}
    brittle = found["cold brittleness of the field"]
    assert brittle.now < 0.0
    assert (brittle.status, brittle.years) == ("not counted", np.inf)
    lasting = [f for f in found.values() if f.status == "lasts"]
    assert lasting
    assert all(f.now >= f.limit for f in lasting)


def test_basalt_lasts(tmp_path):
    verdict = _run(tmp_path, "basalt").verdict(30.0)
    by_name = {finding.requirement: finding for finding in verdict.findings}
    assert by_name["strength_left"].status == "lasts"
    assert by_name["strength_left"].at_horizon == pytest.approx(1.0)


def test_a_dropped_requirement_is_not_judged(tmp_path):
    names = ("strength_left", "colour_difference", "fatigue_damage", "service_margin")
    more = "[requirements]\n" + "".join(f"{name} = false\n" for name in names)
    case = small_case(tmp_path, "nylon66", more=more)
    case = case.model_copy(update={"run": case.run.model_copy(update={"duration": 6 * 3600.0})})
    simulation = Simulation(case, load_database())
    endurance = Endurance(case, simulation.scene, simulation.database)
    list(simulation.run([endurance]))
    verdict = endurance.verdict(10.0)
    assert verdict.findings == ()
    assert verdict.line == "no failure found in 10 years"
    assert any("0.01 of a lunation" in note for note in verdict.notes)


def test_the_package_offers_the_observer():
    assert thermal.endurance.Endurance is Endurance
