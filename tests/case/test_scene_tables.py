"""Boxes, drapes, regions, events, deployment, ground, sizes of parts: values and wrong values."""

import math

import pytest

from thermal.case import load_case
from thermal.core.errors import CaseError

TABLES = """
[ground]
shadow_patches = true

[flag.drape]
amplitude = "20 mm"
wavelength = "400 mm"

[[flag.region]]
name = "stars"
corner = ["0 mm", "600 mm"]
size = ["300 mm", "300 mm"]
front = "yellow_print"

[[box]]
name = "lander"
base = ["0 m", "-1.31 m", "0.5 m"]
size = ["2 m", "2 m", "1.6 m"]
temperature = "balance"
solar_absorptance = 0.4
ir_emissivity = 0.6

[[event]]
name = "plume"
start = "36 h"
peak_flux = "10 kW/m^2"
decay = "2 s"
source = ["0 m", "-1.3 m", "2 m"]

[deployment]
stowed = [["0 h", "6 h"], ["10 day", "20 day"]]
canister = "lander"

[mesh.part.arm1]
size = "5 mm"
around = 32
"""


@pytest.fixture
def scene(changed):
    """Return the reference case with everything in it that a scene can have."""
    file = changed('["arm1", "sink:lander"]', '["arm1", "box:lander"]')
    file.write_text(file.read_text() + TABLES)
    return file


def test_a_scene_holds_si_values(scene):
    case = load_case(scene)
    assert case.flag.drape.amplitude == pytest.approx(0.02)
    assert case.flag.depth == pytest.approx(0.02)
    assert case.flag.region[0].front == "yellow_print"
    assert case.flag.region[0].thickness_factor == 1.0
    assert case.box[0].temperature == "balance"
    assert case.box[0].distance_to((0.0, 0.0, 1.0)) == pytest.approx(0.31)
    assert case.event[0].peak_flux == pytest.approx(10_000.0)
    assert case.event[0].end == pytest.approx(36 * 3600.0 + 20.0)
    assert case.deployment.stowed[1] == pytest.approx((864_000.0, 1_728_000.0))
    assert case.mesh.part["arm1"].around == 32
    assert case.ground.shadow_patches is True


def test_a_scene_survives_its_resolved_form(scene, tmp_path):
    case = load_case(scene)
    again = tmp_path / "again.toml"
    again.write_text(case.resolved_toml())
    assert load_case(again).sha256 == case.sha256


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("flag.drape.amplitude", "100 mm", "too-steep"),
        ("flag.drape.file", "drape.csv", "contradiction"),
        ("flag.region.0.size", '["3 m", "0.1 m"]', "off-the-part"),
        ("flag.region.0.corner", '["-1 mm", "0 m"]', "out-of-range"),
        ("flag.region.0.front", "yelow", "unknown-surface"),
        ("flag.region.0.thickness_factor", "0", "out-of-range"),
        ("box.0.base", '["0 m", "-1.31 m", "-1 m"]', "below-ground"),
        ("box.0.base", '["0 m", "0.5 m", "0.5 m"]', "inside-a-box"),
        ("box.0.base", '["0 m", "-3 m", "0.5 m"]', "do-not-touch"),
        ("box.0.material", "kapton_al", "contradiction"),
        ("box.0.table", "lander.csv", "contradiction"),
        ("box.0.name", "landr", "unknown-part"),
        ("event.0.start", "40 day", "after-the-end"),
        ("event.0.peak_flux", "10 kW", "wrong-dimension"),
        ("run.mode", "periodic", "contradiction"),
        ("deployment.stowed", '[["6 h", "1 h"]]', "contradiction"),
        ("deployment.stowed", '[["40 day", "41 day"]]', "after-the-end"),
        ("deployment.canister", "ladner", "unknown-part"),
        ("mesh.part.arm7.size", "5 mm", "unknown-part"),
        ("mesh.around", "3", "out-of-range"),
        ("mesh.file", "flag.msh", "cannot-read"),
    ],
)
def test_a_wrong_scene_is_refused(problems, scene, key, value, code):
    assert code in problems({key: value}, scene)


def test_a_box_takes_its_skin_from_the_database(scene):
    text = scene.read_text().replace("solar_absorptance = 0.4\nir_emissivity = 0.6", "")
    scene.write_text(text.replace('"balance"', '"balance"\nmaterial = "kapton_al"\nsurface = "al_out"'))
    assert load_case(scene).box[0].material == "kapton_al"


@pytest.mark.parametrize(
    ("content", "is_valid"),
    [
        ("time [h],temperature [degC]\n0,17\n1000,27\n", True),
        ("time_s,temperature_k\n0,290\n3600000,300\n", True),
        ("time_s,temperature_k\n0,290\n3600,300\n", False),
        ("", False),
        ("time_s,temperature_k\n", False),
        ("t,T\n0,290\n", False),
        ("time_s,temperature_k\n0,290\n0,300\n", False),
        ("time_s,temperature_k\n0,-290\n", False),
        ("time_s,temperature_k\n0\n", False),
        ("time_s,temperature_k\nx,y\n", False),
    ],
)
def test_a_table_of_a_sink_is_read_when_the_case_is(changed, content, is_valid):
    file = changed('temperature = "290 K"', 'table = "lander.csv"')
    (file.parent / "lander.csv").write_text(content)
    if is_valid:
        assert load_case(file).sink["lander"].table == "lander.csv"
        return
    with pytest.raises(CaseError, match=r"lander\.csv"):
        load_case(file)


def test_a_missing_table_is_named(changed):
    with pytest.raises(CaseError, match=r"no file .*lander.csv"):
        load_case(changed('temperature = "290 K"', 'table = "lander.csv"'))


def test_tubes_of_a_staff_may_meet_at_an_angle(scene):
    """A crossbar on a staff: axes that cross, touching within their radii."""
    text = scene.read_text() + (
        '[[tube]]\nname = "staff"\nstart = ["0 m", "-0.3 m", "0 m"]\nend = ["0 m", "-0.3 m", "2.1 m"]\n'
        'diameter = "25 mm"\nwall = "1 mm"\nmaterial = "al6061_t6"\nsurface = "anodised"\n'
        '[[joint]]\nbetween = ["staff", "arm1"]\nconductance = "0.2 W/K"\n'
        '[[joint]]\nbetween = ["staff", "ground"]\nconductance = "0.01 W/K"\n'
    )
    scene.write_text(
        text.replace("-1.31 m", "-1.4 m").replace('"arm1", "box:lander"', '"arm1", "sink:lander"')
    )
    case = load_case(scene)
    assert case.tube[-1].length == pytest.approx(2.1)
    assert math.isclose(case.tube[0].start[1], -0.3)
