"""Tables that a case brings: used exactly, refused with the row named."""

from pathlib import Path

import numpy as np
import pytest

import thermal.sky
from thermal.case import load_case
from thermal.core.constants import LUNATION
from thermal.core.errors import CaseError
from thermal.core.tables import TEMPERATURE, TIME, read_table

REFERENCE = Path(__file__).parents[2] / "cases/change5-reference.toml"


@pytest.fixture
def beside(tmp_path):
    (tmp_path / "flag.toml").write_text(REFERENCE.read_text())
    return tmp_path


def load(folder, **overrides):
    return load_case(
        folder / "flag.toml", {key.replace("__", "."): value for key, value in overrides.items()}
    )


def problems(folder, **overrides):
    with pytest.raises(CaseError) as caught:
        thermal.sky.environment(load(folder, **overrides))
    assert caught.value.exit_code == 3
    assert [str(p) for p in thermal.sky.sky_problems(load(folder, **overrides))] == str(caught.value).split(
        "\n"
    )
    return str(caught.value)


def test_ground_table_in_other_units_replaces_the_column(beside):
    (beside / "g.csv").write_text("# lander data\ntime [day], temperature [degC]\n0,0\n1,10\n2,20\n")
    environment = thermal.sky.environment(load(beside, sky__ground_table="g.csv", run__duration="2 day"))
    assert environment.at(0.0).ground_k == pytest.approx(273.15)
    assert environment.at(86400.0).ground_k == pytest.approx(283.15)
    assert environment.at(43200.0).ground_k == pytest.approx(278.15)
    # the Sun is still that of the date
    assert environment.at(0.0).irradiance == pytest.approx(1395.0, rel=1e-3)


def test_ground_table_with_dates(beside):
    rows = (
        "utc,temperature [K]",
        "2020-12-03T15:00:00Z,300",
        "2020-12-04T00:00:00+00:00,310",
        "2020-12-07T00:00:00Z,320",
    )
    (beside / "g.csv").write_text("\n".join(rows))
    environment = thermal.sky.environment(load(beside, sky__ground_table="g.csv", run__duration="1 day"))
    assert environment.at(8 * 3600 + 50 * 60).ground_k == pytest.approx(310.0)


def write_sun(path, share=1.0):
    """The idealised Sun of the equator as a table, from noon on."""
    hours = np.linspace(0.0, LUNATION / 3600, 481)
    angle = 2 * np.pi * hours / hours[-1]
    elevation = np.degrees(np.arcsin(np.cos(angle)))
    azimuth = np.where(np.sin(angle) > 0, 270.0, 90.0)
    light = np.where(elevation > 1e-9, 1361.0 * share, 0.0)
    header = "time [h],azimuth [deg],elevation [deg],irradiance [W/m^2]"
    rows = np.stack([hours, azimuth, elevation, light], axis=1)
    np.savetxt(path, rows, fmt="%.17g", delimiter=",", header=header, comments="")


def test_the_idealised_sun_as_a_table_gives_the_idealised_ground(beside):
    write_sun(beside / "s.csv")
    common = {"site__latitude": "0 deg", "sky__model": "idealised", "run__mode": "periodic"}
    model = thermal.sky.environment(load(beside, **common))
    table = thermal.sky.environment(load(beside, sky__sun_table="s.csv", **common))
    for share in (0.0, 0.1, 0.2, 0.5, 0.74, 0.9):
        ours, theirs = table.at(share * LUNATION), model.at(share * LUNATION)
        assert ours.sun_direction == pytest.approx(theirs.sun_direction, abs=1e-4)
        assert ours.irradiance == pytest.approx(theirs.irradiance)
        assert ours.ground_k == pytest.approx(theirs.ground_k, abs=0.5)
    assert [event.name for event in table.events()] == ["sunset_centre", "sunrise_centre"]


def test_a_dimmed_sun_table_cools_the_ground_of_a_transient_run(beside):
    write_sun(beside / "s.csv", share=0.5)
    run = {"site__latitude": "0 deg", "sky__model": "idealised", "sky__sun_table": "s.csv"}
    environment = thermal.sky.environment(load(beside, **run))
    assert environment.at(0.0).ground_k == pytest.approx(390.61, abs=0.1)
    assert environment.at(0.98 * LUNATION).ground_k == pytest.approx(390.61 * 0.5**0.25, rel=0.02)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "table is empty"),
        ("# only a comment\n", "table is empty"),
        ("time [s], temperature [K]\n", "fewer than two rows"),
        ("time [s], temperature [K]\n0, 300\n", "fewer than two rows"),
        ("time, temperature [K]\n0,300\n1e9,300\n", 'column "time" has no unit'),
        ("time [kg], temperature [K]\n0,300\n1e9,300\n", 'g.csv:1: column "time"'),
        ("time [s], temperature [zorks]\n0,300\n1e9,300\n", '"zorks" is not a unit'),
        ("time [s], warmth [K]\n0,300\n1e9,300\n", 'unknown column "warmth"'),
        ("time [s], time [s], temperature [K]\n0,0,300\n1e9,0,300\n", "stands twice"),
        ("time [s], temperature [K]\n0,300\n5,nan\n1e9,300\n", "g.csv:3: temperature: nan"),
        ("time [s], temperature [K]\n0,300\n5,-4\n1e9,300\n", "g.csv:3: temperature: -4"),
        (
            "time [s], temperature [K]\n0,300\n5,warm\n1e9,300\n",
            'g.csv:3: temperature: "warm" is not a number',
        ),
        ("time [s], temperature [K]\n0,300\n5\n1e9,300\n", "g.csv:3: 1 cells"),
        ("time [s], temperature [K]\n0,300\n9,300\n9,301\n1e9,300\n", "g.csv:4: time does not rise"),
        ("time [s], temperature [K]\n0,300\n9,300\n", "the last row is at 9 s, the run ends at"),
        ("time [s], temperature [K]\n1,300\n1e9,300\n", "after the start of the run"),
        ("utc, temperature [K]\n2020-12-03,300\n2021-12-04,300\n", "is not a date with zone"),
    ],
)
def test_bad_tables_are_refused(beside, text, message):
    (beside / "g.csv").write_text(text)
    assert message in problems(beside, sky__ground_table="g.csv")


def test_all_problems_of_all_tables_come_at_once(beside):
    (beside / "g.csv").write_text("time [s], temperature [K]\n0,300\n5,nan\n4,inf\n1e9,300\n")
    (beside / "s.csv").write_bytes(b"\xff\xfe\x00")
    found = problems(beside, sky__ground_table="g.csv", sky__sun_table="s.csv", site__horizon="none.csv")
    for part in ("g.csv:3", "g.csv:4", "not a text file", "none.csv: no such file"):
        assert part in found


def test_many_bad_rows_are_counted(tmp_path):
    (tmp_path / "g.csv").write_text("time [s], temperature [K]\n" + "0,nan\n" * 500)
    with pytest.raises(CaseError, match="480 further problems"):
        read_table(tmp_path / "g.csv", (TIME, TEMPERATURE))


def test_a_skyline_table_delays_sunrise(beside):
    (beside / "rim.csv").write_text("azimuth [deg], elevation [deg]\n0,4\n180,4\n270,4\n")
    event = {"sky__start": "2020-11-26T00:00:00Z", "run__duration": "3 day"}
    flat = {e.name: e.time_s for e in thermal.sky.environment(load(beside, **event)).events()}
    rim = {
        e.name: e.time_s
        for e in thermal.sky.environment(load(beside, site__horizon="rim.csv", **event)).events()
    }
    delay = (rim["sunrise_centre"] - flat["sunrise_centre"]) / 3600
    assert delay == pytest.approx(4.0 / (0.50794 * np.cos(np.radians(43.06))), rel=0.02)


def test_a_skyline_beyond_one_turn_is_refused(beside):
    (beside / "rim.csv").write_text("azimuth [deg], elevation [deg]\n-10,4\n180,4\n355,4\n")
    assert "more than one turn" in problems(beside, site__horizon="rim.csv")
