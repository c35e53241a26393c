"""The flag's picture: regions of the case, fading by dose, and the verb that draws it."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner
from small_flag import small_case

from materials import load_database
from thermal.cli.report import command as report
from thermal.cli.run import command as run
from thermal.core.errors import CaseError
from thermal.endurance import Endurance
from thermal.endurance.colour.cie import ciede2000, lab_from_srgb
from thermal.endurance.colour.fading import DyedColour
from thermal.endurance.colour.picture import flag_picture
from thermal.endurance.colour.region_layout import regions_layout
from thermal.simulation import Simulation

STAR = """
[[flag.region]]
name = "star"
corner = ["100 mm", "100 mm"]
size = ["50 mm", "50 mm"]
front = "yellow_print"
"""


def _colour(image, across, up):
    rows, columns, _ = image.shape
    return lab_from_srgb(image[int((1.0 - up) * rows), int(across * columns)] / 255.0)


def test_each_region_fades_by_the_dose_of_its_place(tmp_path):
    case, database = small_case(tmp_path, "ce5_flag", more=STAR), load_database()
    simulation = Simulation(case, database)
    endurance = Endurance(case, simulation.scene, database)
    list(simulation.run([endurance]))
    cloth, material = endurance.evidence()[0], database["ce5_flag"]
    front, back = (regions_layout(case.flag, material, face) for face in ("front", "back"))
    new, old = (flag_picture(cloth, years, layout=front, pixels=120) for years in (0.0, 5.0))
    field, star = (0.8, 0.3), (0.4, 0.6)
    red, yellow = (material.ageing("fading", name) for name in ("red_print", "yellow_print"))
    assert float(ciede2000(_colour(new, *field), red.lab)) < 1.0
    assert float(ciede2000(_colour(new, *star), yellow.lab)) < 1.0
    rate = float(cloth.faces[0].dose_rate.mean())
    expected = DyedColour(red.lab, red.bleached_lab).lab(red.dye_left(5.0 * rate))
    assert float(ciede2000(_colour(old, *field), expected)) < 1.0
    behind = flag_picture(cloth, 0.0, face="back", layout=back, pixels=120)
    assert np.ptp(behind.reshape(-1, 3), axis=0).max() == 0  # the star is printed on the front alone


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    folder = tmp_path_factory.mktemp("short")
    case = small_case(folder, "ce5_flag", more=STAR)
    words = [str(case.path), "-o", str(folder / "a.h5"), "--set", "run.duration=12 h", "-q"]
    done = CliRunner().invoke(run, words)
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize("layout", ["regions", "five_stars"])
def test_the_verb_draws_it(short, tmp_path, layout):
    words = [str(short / "a.h5"), "--picture", str(tmp_path / "flag.png"), "--years", "1", "--layout", layout]
    done = CliRunner().invoke(report, words)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "flag.png").read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == ["flag.png"]  # no page


def test_unknown_endings_and_older_pictures_are_refused(short, tmp_path):
    older = tmp_path / "old.png"
    older.write_bytes(b"")
    for name, words in ((older, "exists already"), (tmp_path / "flag.txt", "ending is not known")):
        done = CliRunner().invoke(report, [str(short / "a.h5"), "--picture", str(name)])
        assert isinstance(done.exception, CaseError)
        assert words in str(done.exception)


def test_a_cloth_of_which_nothing_is_known_to_fade(tmp_path):
    case = small_case(tmp_path, "nylon66")
    short = ["--set", "run.duration=6 h", "--set", "flag.surface=natural", "-q"]
    assert CliRunner().invoke(run, [str(case.path), "-o", str(tmp_path / "a.h5"), *short]).exit_code == 0
    done = CliRunner().invoke(report, [str(tmp_path / "a.h5"), "--picture", str(tmp_path / "flag.png")])
    assert isinstance(done.exception, CaseError)
    assert "has a fading law" in str(done.exception)
