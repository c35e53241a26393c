"""Years ahead at the command line, on a small flag."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner
from small_flag import small_case

from thermal.cli.run import command as run
from thermal.cli.show import command as show
from thermal.core.constants import YEAR
from thermal.endurance.damage.dust import DustCover
from thermal.results import open_result

YEARS = 1.0


@pytest.fixture(scope="module")
def aged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("years")
    case = small_case(folder, "nylon66")
    file = folder / "aged.h5"
    dust = ["--set", "site.dust_cover_per_year=20 %"]
    done = CliRunner().invoke(run, [str(case.path), "-o", str(file), "--years", str(YEARS), "--json", *dust])
    assert done.exit_code == 0, done.output
    return file, json.loads(done.stdout)


def test_the_file_holds_the_slow_state_and_the_verdict_at_the_horizon(aged):
    file, summary = aged
    with open_result(file) as result:
        dose = result["years/dose_front"].values
        time = result["years/time"].values
        run_dose = result["endurance/sun_hours_front"].values
        assert np.all(np.isnan(result["years/damage"].values))  # no fatigue law of nylon
    assert time[-1] / YEAR == pytest.approx(12 * 29.530589 / 365.25)
    assert dose.shape == (len(time), len(run_dose))
    assert dose[-1] == pytest.approx(12 * run_dose, rel=5e-3)
    verdict = summary["verdict"]
    assert verdict["horizon_years"] == YEARS
    strength = next(one for one in verdict["findings"] if one["requirement"] == "strength_left")
    assert strength["at_horizon"] == pytest.approx(2.0 ** (-112.80 * 12.3685 / 300.0), rel=0.02)
    assert any("dust covers 0.2" in note for note in verdict["notes"])


def test_dust_of_the_case_heats_the_years_ahead(aged):
    _file, summary = aged
    years = summary["years"]
    assert years["lunations"] == 12
    assert years["solved"] <= 8
    known = [row["highest_k"] for row in years["rows"] if row["highest_k"] is not None]
    assert known[-1] > known[0] + 1.0
    margins = [one for one in summary["verdict"]["findings"] if one["cause"].startswith("hot service")]
    highest = float(margins[0]["notes"][0].split("reached ")[1].split()[0])
    assert highest > max(known) - 1.0  # the worst of the years, not of the run


def test_show_prints_the_years(aged):
    file, _ = aged
    shown = CliRunner().invoke(show, [str(file)])
    assert "Years ahead, largest on the flag" in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80


def test_dust_settles_to_the_share_that_the_case_says():
    assert float(DustCover.settling(0.2).cover(YEAR)) == pytest.approx(0.2)
    assert float(DustCover.settling(0.0).cover(50 * YEAR)) == 0.0


def test_less_than_a_lunation_is_refused(tmp_path):
    case = small_case(tmp_path, "nylon66")
    done = CliRunner().invoke(run, [str(case.path), "--years", "0.01"])
    assert done.exit_code == 2
    assert "0.1<=x<=1000" in done.output
