"""The verbs of `lunarflag materials`, run as a user runs them."""

import json
import math
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

import materials
from materials.database import SHIPPED
from materials.views import terminal
from thermal.cli.main import main

ROOT = Path(__file__).parents[2]


@dataclass
class Done:
    """What a run of the command printed."""

    stdout: str
    stderr: str


def run_alone(*arguments, **variables):
    """Run a verb in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "thermal.cli.main", "materials", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables},
    )
    return Done(done.stdout, done.stderr)


@pytest.fixture
def run(capsys):
    """Run a verb as the command does."""

    def runner(*arguments, code=0):
        with pytest.raises(SystemExit) as left:
            main(["materials", *arguments])
        done = Done(*capsys.readouterr())
        assert (left.value.code or 0) == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return runner


def test_show_gives_every_property_at_a_temperature(run):
    shown = json.loads(run("show", "al6061_t6", "--at", "150 K", "--json").stdout)
    assert shown["schema"] == "lunarflag.materials.show/1"
    assert shown["name"] == "al6061_t6"
    heat = shown["properties"]["specific_heat"]
    assert heat["unit"] == "J/(kg K)"
    assert heat["value"] == pytest.approx(713.0, rel=1e-3)
    assert heat["uncertainty"] == pytest.approx(0.05 * heat["value"])
    assert heat["range_k"] == [4.0, 450.0]
    assert heat["source"] == ["nist-cryo", "monograph21"]
    assert heat["method"] == "published fit"
    assert shown["properties"]["solar_absorptance.clear_anodised"]["value"] == 0.35
    for key, record in shown["properties"].items():
        assert set(record) >= {"value", "unit", "uncertainty", "range_k", "source", "method"}, key
        assert record["value"] is None or math.isfinite(record["value"])


def test_show_says_null_where_the_data_do_not_reach(run):
    shown = json.loads(run("show", "uhmwpe", "--at", "400 K", "--json").stdout)
    assert shown["properties"]["specific_heat"]["value"] is None
    assert shown["properties"]["thermal_conductivity.through"]["value"] == 0.02


def test_show_in_words_and_drawn(run):
    text = run("show", "kevlar49").stdout
    assert "thermal_conductivity.axial" in text
    assert "glass_transition: none" in text
    assert "not used: thermal_conductivity.axial of scirep2021" in text
    drawn = run("show", "kevlar49", "--property", "thermal_conductivity").stdout
    assert "thermal_conductivity.axial: 3.6" in drawn
    assert drawn.count("│") == 14


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_pictures_are_written(run, tmp_path, ending):
    run("show", "pet", "--plot", str(tmp_path / f"pet.{ending}"))
    run("plot", "pet", "silk", "niti", "--property", "specific_heat", "-o", str(tmp_path / f"cp.{ending}"))
    assert (tmp_path / f"pet.{ending}").stat().st_size > 5000
    assert (tmp_path / f"cp.{ending}").stat().st_size > 2000


def test_list_filters_and_sorts_by_a_property_at_a_temperature(run):
    listed = json.loads(
        run(
            *("list", "--kind", "metal", "--where", "thermal_conductivity > 10 W/(m K)"),
            *("--sort", "-thermal_conductivity", "--at", "200 K", "--json"),
        ).stdout
    )
    names = [row["name"] for row in listed["materials"]]
    assert names == ["al6061_t6", "al7075_t6", "becu_c17200", "ss304", "invar36"]
    light = run(
        "list", "--where", "solar_absorptance.natural < 0.25", "--sort", "solar_absorptance.natural"
    ).stdout
    assert [line.split()[0] for line in light.splitlines()[1:]] == ["ptfe_fibre", "uhmwpe", "silica"]


def test_cite_prints_bibtex_of_what_is_used(run):
    text = run("cite", "ti64").stdout
    keys = re.findall(r"^@\w+\{([^,]+),", text, flags=re.MULTILINE)
    assert {"nist-cryo", "ti64-vendors", "sae-j1099"} <= set(keys)
    assert len(keys) == len(set(keys))
    assert "teijin" not in keys


def test_check_is_clean_and_finds_faults(run, tmp_path):
    assert "sound" in run("check").stdout
    report = json.loads(run("check", "--json").stdout)
    assert report == {"schema": "lunarflag.materials.check/1", "files": 40, "problems": [], "passed": True}
    path = tmp_path / "basalt.toml"
    path.write_text((SHIPPED / "basalt.toml").read_text().replace("y = [138,", "y = [-138,"))
    done = run("check", str(path), code=3)
    assert f"{path}:" in done.stderr
    assert "material-impossible-value" in done.stderr
    assert run("check", str(tmp_path), code=3).stderr == done.stderr
    faults = json.loads(run("check", str(path), "--json", code=3).stdout)
    assert faults["problems"][0]["code"] == "material-impossible-value"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "ce5_flg"), "did you mean 'ce5_flag'"),
        (("list", "--where", "specific_heat ~ 3"), "is no condition"),
        (("list", "--where", "specific_heat > 3 kg"), '"kg" is a mass, not a specific heat'),
        (("list", "--sort", "specific_haet"), "did you mean 'specific_heat'"),
        (("plot", "silk", "--property", "design_curve_a"), "has no such datum"),
        (("list", "--materials", "/nowhere"), "no such directory"),
        (("list", "--where", "density < 3"), 'write "density < 3 kg/m3"'),
        (("list", "--where", "youngs_modulus > 3"), 'write "youngs_modulus > 3 GPa"'),
        (("cite", "--property", "specific_haet"), "did you mean 'specific_heat'"),
        (("cite", "silk", "--property", "foo"), "there is no property 'foo'"),
    ],
)
def test_mistakes_are_explained(run, arguments, message):
    done = run(*arguments, code=3)
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "silk", "--at", "150"), "missing-unit"),
        (("list", "--at", "150 m"), "wrong-dimension"),
        (("list", "--at", "-5 K"), "out-of-range"),
        (("show", "silk", "--at", "0 K"), "out-of-range"),
        (("show", "silk", "--plot", "x.doc"), "figure-format"),
        (("plot", "silk", "--property", "crimp", "-o", "nowhere/x.png"), "cannot-write"),
    ],
)
def test_wrong_values_are_problems_of_the_catalogue(run, arguments, code):
    done = run(*arguments, code=3)
    assert f"[{code}]" in done.stderr


def test_a_picture_that_is_there_is_replaced_by_force_alone(run, tmp_path):
    for verb in (
        ("show", "pet", "--plot", str(tmp_path / "pet.png")),
        ("plot", "pet", "--property", "specific_heat", "-o", str(tmp_path / "cp.png")),
    ):
        picture = Path(verb[-1])
        picture.write_text("kept")
        assert "[exists]" in run(*verb, code=3).stderr
        assert picture.read_text() == "kept"
        run(*verb, "--force")
        assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_folder_without_materials_is_not_sound(run, tmp_path):
    (tmp_path / "notes.txt").write_text("none here")
    done = run("check", str(tmp_path), code=3)
    assert f"{tmp_path}: no material files in this folder" in done.stderr
    assert done.stdout == ""


def test_conditions_without_unit_are_those_of_numbers(run):
    names = [
        [row["name"] for row in json.loads(run("list", "--where", text, "--json").stdout)["materials"]]
        for text in ("elongation_at_break < 3", "elongation_at_break < 3 %")
    ]
    assert names[0] == names[1] != []


def test_wrong_use_is_told_from_wrong_values(run):
    run("plot", "silk", code=2)


def test_own_directory_overrides_with_a_notice(tmp_path):
    (tmp_path / "silk.toml").write_text((SHIPPED / "silk.toml").read_text())
    for done in (
        run_alone("list", "--materials", str(tmp_path)),
        run_alone("list", LUNARFLAG_MATERIALS=str(tmp_path)),
    ):
        assert "takes the place of the material 'silk'" in done.stderr
        assert "takes the place" not in done.stdout


def test_entry_point_of_another_package(tmp_path):
    own, info = tmp_path / "own_cloths", tmp_path / "own_cloths-1.0.dist-info"
    (own / "data").mkdir(parents=True)
    info.mkdir()
    (own / "__init__.py").write_text("from pathlib import Path\nDATA = Path(__file__).parent / 'data'\n")
    text = (SHIPPED / "silk.toml").read_text().replace('id = "silk"', 'id = "wild_silk"')
    (own / "data" / "wild_silk.toml").write_text(text)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: own-cloths\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[lunarflag.materials]\nown = own_cloths:DATA\n")
    done = run_alone("show", "wild_silk", "--json", PYTHONPATH=f"{ROOT}{os.pathsep}{tmp_path}")
    assert json.loads(done.stdout)["name"] == "wild_silk"


def test_the_example_of_the_documentation_is_sound(run, tmp_path):
    page = (ROOT / "docs" / "materials" / "format.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", page, flags=re.DOTALL).group(1)
    name = tomllib.loads(example)["id"]
    (tmp_path / f"{name}.toml").write_text(example, encoding="utf-8")
    (tmp_path / "references.bib").write_text("@misc{mylab2026,\n  title = {Our measurements},\n}\n")
    assert "1 material files are sound" in run("check", str(tmp_path / f"{name}.toml")).stdout
    cloth = materials.load_database([tmp_path])[name]
    assert float(cloth.sheet_conductance("warp")(300.0)) > 0.0


def test_schema_is_that_of_the_documentation(run):
    printed = json.loads(run("schema").stdout)
    committed = json.loads((ROOT / "docs" / "materials" / "material.schema.json").read_text(encoding="utf-8"))
    assert printed == committed
    assert printed["additionalProperties"] is False


def test_pages_of_the_documentation_are_those_of_the_data():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import build_materials
    finally:
        sys.path.remove(str(ROOT / "docs"))
    stale = [
        name
        for name, text in build_materials.pages(materials.load_database()).items()
        if (ROOT / "docs" / "materials" / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run docs/build_materials.py"


@pytest.mark.parametrize("name", ["ce5_flag", "al6061_t6", "cfrp_t300_ep"])
def test_a_sheet_fits_a_narrow_terminal_and_says_the_same(name):
    material = materials.load_database()[name]
    wide, narrow = (terminal.sheet(material, 150.0, width) for width in (1000, 80))
    assert max(map(len, narrow.splitlines())) <= 80
    words = {word for word in wide.split() if len(word) > 3}
    assert words <= set(narrow.replace("-\n    ", "-").split())


def test_a_drawing_tells_the_value_at_the_temperature_asked_for():
    heat = materials.load_database()["al6061_t6"].property("specific_heat")
    first = terminal.drawing([heat], 150.0).splitlines()[0]
    assert first == "al6061_t6 specific_heat: 713 ± 36 J/(kg K) at 150 K, 4 to 450 K"
