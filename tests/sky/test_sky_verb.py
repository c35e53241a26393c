"""``lunarflag sky`` as a user runs it."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHANGE5 = ("--latitude", "43.06 deg", "--longitude", "-51.92 deg")
CODE = "from thermal.cli.main import main; main()"


def sky(*arguments):
    command = [sys.executable, "-c", CODE, "sky", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_json_of_an_eclipse_has_the_fixed_names():
    done = sky(
        *CHANGE5, "--start", "2022-05-16T00:00:00Z", "--duration", "12 h", "--every", "30 min", "--json"
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "lunarflag.sky/1"
    assert len(found["rows"]) == 25
    row = found["rows"][8]
    assert row["utc"] == "2022-05-16T04:00:00Z"
    assert {
        *("sun_azimuth_deg", "sun_elevation_deg", "sun_distance_au", "sun_visible_fraction"),
        *("sun_eclipsed_fraction", "irradiance_w_m2", "ground_k", "earth_azimuth_deg", "earth_elevation_deg"),
    } <= row.keys()
    assert row["sun_eclipsed_fraction"] == 1.0
    assert row["irradiance_w_m2"] == 0.0
    assert row["sun_visible_fraction"] == 1.0
    (eclipse,) = found["eclipses"]
    assert eclipse["first_contact"].startswith("2022-05-16T01:46")
    assert eclipse["totality_start"].startswith("2022-05-16T02:41")
    assert eclipse["totality_end"].startswith("2022-05-16T05:15")
    assert eclipse["last_contact"].startswith("2022-05-16T06:10")
    assert eclipse["max_hidden_fraction"] == 1.0


def test_a_partial_eclipse_has_no_totality():
    done = sky(*CHANGE5, "--start", "2023-10-28T00:00:00Z", "--duration", "1 day", "--json")
    (eclipse,) = json.loads(done.stdout)["eclipses"]
    assert eclipse["totality_start"] is None
    assert eclipse["totality_end"] is None


def test_idealised_day_as_csv():
    done = sky("--idealised", "--latitude", "0 deg", "--albedo", "0.12", "--csv")
    rows = {
        float(row["local_hour"]): float(row["ground_k"]) for row in csv.DictReader(io.StringIO(done.stdout))
    }
    assert len(rows) == 24
    assert rows[12.0] == pytest.approx(385.23, abs=0.1)
    assert rows[18.0] == pytest.approx(129.80, abs=0.5)
    assert rows[0.0] == pytest.approx(99.22, abs=0.1)
    assert rows[6.0] == pytest.approx(92.75, abs=0.1)


def test_case_text_and_figure(tmp_path):
    done = sky("--case", "cases/change5-reference.toml", "--plot", str(tmp_path / "sky.png"))
    assert done.returncode == 0, done.stderr
    assert "sunset centre            2020-12-11T20:09" in done.stdout
    assert done.stdout.rstrip().endswith("none")
    assert (tmp_path / "sky.png").read_bytes().startswith(b"\x89PNG")


def test_far_side_has_no_earth():
    site = ("--latitude", "-41.64 deg", "--longitude", "-153.99 deg")
    done = sky(*site, "--start", "2024-06-01T22:23:00Z", "--duration", "2 day", "--json")
    rows = json.loads(done.stdout)["rows"]
    assert all(row["earth_azimuth_deg"] is None and row["earth_elevation_deg"] is None for row in rows)
    assert rows[0]["sun_azimuth_deg"] == pytest.approx(45.462, abs=0.01)


def test_every_bad_option_is_named_at_once():
    done = sky(
        "--latitude", "91 deg", "--longitude", "5", "--start", "1950-01-01T00:00:00Z", "--every", "0 h"
    )
    assert done.returncode == 3
    assert done.stdout == ""
    for option in ("--latitude", "--longitude", "--start", "--every"):
        assert f"{option}: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "--latitude: not given"),
        ((*CHANGE5, "--start", "2100-01-01T00:00:00Z", "--duration", "2 year"), "--duration"),
        ((*CHANGE5, "--start", "2020-01-01T00:00:00"), "--start"),
        ((*CHANGE5, "--start", "2020-01-01T00:00:00Z", "--every", "0.001 s"), "--every"),
        (("--case", "missing.toml"), "missing.toml"),
        (("--idealised", "--latitude", "3 deg", "--plot", "missing/sky.png"), "missing/sky.png"),
        (("--idealised", "--latitude", "3 deg", "--plot", "sky.gif"), "sky.gif"),
        (("--idealised", "--latitude", "nan deg"), "--latitude"),
    ],
)
def test_bad_input_leaves_with_3(arguments, named):
    done = sky(*arguments)
    assert done.returncode == 3
    assert named in done.stderr


def test_case_and_site_options_exclude_each_other():
    done = sky("--case", "cases/change5-reference.toml", "--latitude", "3 deg")
    assert done.returncode == 2


def test_a_figure_that_is_there_is_replaced_by_force_alone(tmp_path):
    victim = tmp_path / "victim.png"
    victim.write_text("kept")
    asked = ("--idealised", "--latitude", "3 deg", "--every", "2 day", "--plot", str(victim))
    refused = sky(*asked)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "[exists]" in refused.stderr
    assert victim.read_text() == "kept"
    assert sky(*asked, "--force").returncode == 0
    assert victim.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "pair", [("--json", "--csv"), ("--csv", "--json"), ("--idealised", "--start", "2020-12-03T15:10:00Z")]
)
def test_options_of_which_one_would_be_ignored_exclude_each_other(pair):
    done = sky(*CHANGE5, *pair)
    assert (done.returncode, done.stdout) == (2, "")
    for option in pair[:2]:
        assert option in done.stderr


def test_the_table_fits_a_terminal_of_80_columns():
    dates = ("--start", "2022-05-15T22:00:00Z", "--duration", "12 h", "--every", "3 h")
    for done in (sky(*CHANGE5, *dates), sky("--idealised", "--latitude", "-60 deg")):
        assert done.returncode == 0, done.stderr
        assert max(map(len, done.stdout.splitlines())) <= 80
        head = next(line for line in done.stdout.splitlines() if "ground" in line)
        row = next(line for line in done.stdout.splitlines() if " 1.000 " in line)
        assert len(head) == len(row)


def test_bounds_of_angles_are_told_in_degrees():
    done = sky("--latitude", "91 deg", "--longitude", "0 deg", "--start", "2020-12-03T15:10:00Z")
    assert done.returncode == 3
    assert "at least -90 deg and at most 90 deg" in done.stderr
