"""Tables a user brings: one reader, one grammar, whatever the table is for."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from thermal.case import load_case
from thermal.cli.check import command as check
from thermal.cli.main import cli
from thermal.core.errors import CaseError
from thermal.core.tables import LISTED, TEMPERATURE, TIME, read_table
from thermal.scene.tables import TemperatureTable
from thermal.sky import environment
from thermal.sky.listing.rows import sky_row

REFERENCE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"
START = datetime(2020, 12, 3, 15, 10, tzinfo=UTC)
LONG_H = 800
"""Hours that cover a lunation of 708.7 h."""
BOX = """
[[box]]
name = "lander"
base = ["-3 m", "-3 m", "0.5 m"]
size = ["2 m", "2 m", "1.5 m"]
table = "table.csv"
solar_absorptance = 0.4
ir_emissivity = 0.6
"""


def places(folder, text):
    """Read a table as each part of the program does that has one; the array, or the problems."""
    file = folder / "table.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    case = folder / "flag.toml"
    sink = REFERENCE.read_text().replace('temperature = "290 K"', 'table = "table.csv"')
    box = REFERENCE.read_text() + BOX
    found = {}
    for name, content, overrides in (
        ("sink", sink, {}),
        ("box", box, {}),
        ("ground", REFERENCE.read_text(), {"sky.ground_table": "table.csv"}),
    ):
        case.write_text(content)
        try:
            checked = load_case(case, overrides)
            if name == "ground":
                environment(checked)
            found[name] = TemperatureTable.read(file, checked.sky.start).values
        except CaseError as error:
            found[name] = str(error)
    try:
        table = TemperatureTable.read(file, START)
        found["run"] = table.values
    except CaseError as error:
        found["run"] = str(error)
    return found


PLAIN = f"time [h],temperature [K]\n0,290\n24,300.5\n{LONG_H},280\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("time [h]", "Time [ h ]").replace("temperature [K]", "TEMPERATURE [K]"),
        f"temperature [K], time [h]\n290, 0\n300.5, 24\n280, {LONG_H}\n",
        f"time [day],temperature [degC]\n0,16.85\n1,27.35\n{LONG_H / 24!r},6.85\n",
        f"time [h],temperature [degF]\n0,62.33\n24,81.23\n{LONG_H},44.33\n",
        f"time_s,temperature_k\n0,290\n86400,300.5\n{LONG_H * 3600},280\n",
        f"time_s,temperature [mK]\n0,290000\n86400,300500\n{LONG_H * 3600},280000\n",
        "utc,temperature [K]\n2020-12-03T15:10Z,290\n2020-12-04T16:10+01:00,300.5\n2021-01-05T23:10Z,280\n",
        "\ufeff" + PLAIN,
        "# from the lander\n\n" + PLAIN.replace("\n24", "\n\n  # noon\n24"),
        PLAIN.replace("\n", "\r\n"),
        f'"time [h]","temperature [K]"\n"0","290"\n"24","300.5"\n"{LONG_H}","280"\n',
        f"time [h],temperature [K]\n0, 2.9e2\n+24,.3005e3\n{LONG_H},280.\n",
    ],
)
def test_every_dialect_reads_the_same_everywhere(tmp_path, text):
    found = places(tmp_path, text)
    for name, values in found.items():
        assert isinstance(values, np.ndarray), f"{name}: {values}"
        assert values == pytest.approx([290.0, 300.5, 280.0], abs=1e-9), name


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (PLAIN.replace("24", "21_600"), "table-row", '"21_600" is not a number'),
        (PLAIN.replace("24", "٢٤"), "table-row", "is not a number"),
        (PLAIN.replace("24", "0x18"), "table-row", "is not a number"),
        (PLAIN.replace("300.5", "300,5"), "table-row", "3 cells where the header has 2"),
        (PLAIN.replace("300.5", ""), "table-row", '"" is not a number'),
        (PLAIN.replace("300.5", "1e5"), "table-row", "1e5 is not a possible value"),
        (PLAIN.replace("300.5", "2"), "table-row", "lie between 3 and 2000 K"),
        (PLAIN.replace("300.5", "inf"), "table-row", "inf is not a possible value"),
        (PLAIN.replace("24,", "0,"), "table-not-rising", "time does not rise"),
        (PLAIN.replace("24,", "-1,"), "table-not-rising", "time does not rise"),
        (PLAIN.replace(str(LONG_H), "700"), "table-too-short", "the run ends at 2.55144e+06 s"),
        (PLAIN.replace("\n0,", "\n1,"), "table-too-short", "after the start of the run"),
        (PLAIN.replace(",", ";"), "table-header", "semicolons"),
        (PLAIN.replace("temperature [K]", "temperature"), "missing-unit", "has no unit"),
        (PLAIN.replace("[K]", "[delta_degC]"), "wrong-dimension", "a temperature is needed"),
        (PLAIN.replace("[h]", "[m]"), "wrong-dimension", "is a length, not a time"),
        (PLAIN.replace("temperature", "temprature"), "table-header", 'did you mean "temperature"?'),
        (PLAIN.replace("time [h]", "time_s,time [h]"), "table-header", "stands twice"),
        (PLAIN.replace("\n0,290", f"\n0,{'9' * 200_000}"), "table-row", "no row of a table"),
        (PLAIN.encode("utf-16"), "not-text", "UTF-16"),
        (PLAIN.encode("utf-16-le"), "not-text", "UTF-16"),
        (f"# Türme\n{PLAIN}".encode("latin-1"), "not-text", "line 1 has the byte 0xfc, as Latin-1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not-text", "binary"),
        ("", "table-empty", "the table is empty"),
        ("time [h],temperature [K]\n0,290\n", "table-empty", "fewer than two rows"),
    ],
)  # fmt: skip
def test_every_fault_has_the_same_words_everywhere(tmp_path, text, code, words):
    found = places(tmp_path, text)
    if code == "table-too-short":
        del found["run"]  # the run itself reads what `check` has let through
    for name, message in found.items():
        assert isinstance(message, str), f"{name} reads it"
        assert words in message, name
        assert f"[{code}]" in message, name


def test_a_periodic_run_looks_at_a_whole_lunation(tmp_path):
    file = tmp_path / "flag.toml"
    file.write_text(REFERENCE.read_text().replace('temperature = "290 K"', 'table = "table.csv"'))
    (tmp_path / "table.csv").write_text("time [h],temperature [K]\n0,290\n24,300\n")
    short = {"run.duration": "1 day"}
    assert load_case(file, short).run.duration == 86400.0
    with pytest.raises(CaseError, match="the run ends at"):
        load_case(file, {**short, "run.mode": "periodic"})


def test_what_sky_writes_can_be_read_back_as_sun_and_ground(tmp_path):
    site = ["--latitude", "43.06 deg", "--longitude", "-51.92 deg", "--start", "2020-12-03T15:10:00Z"]
    done = CliRunner().invoke(cli, ["sky", *site, "--duration", "2 day", "--every", "1 h", "--csv"])
    assert done.exit_code == 0
    (tmp_path / "sky.csv").write_text(done.stdout)
    (tmp_path / "flag.toml").write_text(REFERENCE.read_text())
    two_days = {"run.duration": "2 day"}
    tables = {"sky.sun_table": "sky.csv", "sky.ground_table": "sky.csv"}
    model = environment(load_case(REFERENCE, two_days))
    table = environment(load_case(tmp_path / "flag.toml", two_days | tables))
    for hour in (0, 5, 24, 47):
        ours, theirs = table.at(hour * 3600.0), model.at(hour * 3600.0)
        assert ours.ground_k == pytest.approx(theirs.ground_k, abs=1e-3)
        assert ours.irradiance == pytest.approx(theirs.irradiance, abs=1e-3)
        assert ours.sun_direction == pytest.approx(theirs.sun_direction, abs=1e-6)


def test_the_columns_that_may_stand_besides_are_those_that_sky_writes():
    row = sky_row(environment(load_case(REFERENCE, {"run.duration": "1 day"})), 0.0, idealised=False)
    assert set(row) - {"utc"} == LISTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("u,v,offset\n0,0,0\n2,0.9,0\n", "full grid"),
        ("u [m],v [m],offset [mm]\n0,0,0\n1_0,0,0\n", "is not a number"),
    ],
)
def test_check_reads_the_table_of_a_drape_as_a_run_does(tmp_path, text, words):
    file = tmp_path / "flag.toml"
    file.write_text(REFERENCE.read_text() + '\n[flag.drape]\nfile = "drape.csv"\n')
    (tmp_path / "drape.csv").write_text(text)
    done = CliRunner().invoke(check, [str(file)])
    assert isinstance(done.exception, CaseError)
    assert words in str(done.exception)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet='0123456789.,;+-eE[]"#\n\r\t _KhtTimeurapw', max_size=120), st.booleans())
def test_any_text_is_a_table_or_refused(tmp_path_factory, text, has_header):
    file = tmp_path_factory.mktemp("fuzz") / "t.csv"
    file.write_text(f"time [h],temperature [K]\n{text}" if has_header else text, "utf-8")
    try:
        table = read_table(file, (TIME, TEMPERATURE), START)
    except CaseError:
        return
    assert np.isfinite(table).all()
    assert (np.diff(table[:, 0]) > 0.0).all()
    assert ((table[:, 1] >= 3.0) & (table[:, 1] <= 2000.0)).all()
