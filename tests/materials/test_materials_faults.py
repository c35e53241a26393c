"""`materials check` finds planted faults, and says where they are."""

import os
import re
import time
import tomllib
from pathlib import Path

import pytest

import materials
from materials.checks.files import check_file, check_files
from materials.database import SHIPPED, files_in
from materials.schema.references import read_bibliography

SOURCES = read_bibliography([SHIPPED / "references.bib"])
NAMES = files_in(SHIPPED)

FAULTS = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))["fault"]


def test_the_database_is_sound_and_quick_to_check():
    start = time.perf_counter()
    assert check_files(NAMES.values(), SOURCES, NAMES) == []
    assert time.perf_counter() - start < 10.0


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_check_finds_the_planted_fault(tmp_path, fault):
    text = (SHIPPED / f"{fault['file']}.toml").read_text(encoding="utf-8")
    assert fault["old"] in text
    faulty = text.replace(fault["old"], fault["new"], 1)
    path = tmp_path / f"{fault['file']}.toml"
    path.write_text(faulty, encoding="utf-8")
    problems = check_file(path, SOURCES, NAMES)
    found = [problem for problem in problems if problem.code == fault["code"]]
    assert found, [str(problem) for problem in problems]
    where = found[0].where
    assert where.startswith(str(path))
    assert fault["key"] in where
    if fault["on_line"]:
        line = re.search(r"\.toml:(\d+)", where)
        assert line is not None, where
        assert fault["on_line"] in faulty.splitlines()[int(line.group(1)) - 1]


def test_a_direction_that_is_there_twice(tmp_path):
    text = (SHIPPED / "basalt.toml").read_text(encoding="utf-8")
    twin = (
        '"cte.UD axial" = { value = 7e-6, unit = "1/K", T_range = [77, 420], u_rel = 0.2, confidence = "E", '
    )
    text = text.replace(
        "[properties]\n", f'[properties]\n{twin}method = "estimate", source = ["est"], note = "x" }}\n', 1
    )
    path = tmp_path / "basalt.toml"
    path.write_text(text, encoding="utf-8")
    assert [problem.code for problem in check_file(path, SOURCES, NAMES)] == ["material-duplicate-name"]


def test_all_problems_of_a_file_come_in_one_pass(tmp_path):
    text = (SHIPPED / "basalt.toml").read_text(encoding="utf-8")
    text = text.replace('unit = "kg/m3"', 'unit = "kg/m2"', 1).replace("T = [50, 77", "T = [77, 77", 1)
    path = tmp_path / "basalt.toml"
    path.write_text(text, encoding="utf-8")
    assert {problem.code for problem in check_file(path, SOURCES, NAMES)} >= {
        "material-wrong-unit",
        "material-unordered-table",
    }


def test_two_files_with_the_same_name(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "silk.toml").write_text("schema = 1\n")
    with pytest.raises(materials.MaterialError, match="already in") as caught:
        materials.load_database([tmp_path])
    assert caught.value.problems[0].code == "duplicate-material"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\xff", b"this is not TOML", b"", b"[a]\n[a]\n"])
def test_a_file_that_is_not_a_material(tmp_path, content):
    path = tmp_path / "thing.toml"
    path.write_bytes(content)
    database = materials.load_database([tmp_path])
    with pytest.raises(materials.MaterialError, match=r"thing\.toml"):
        database["thing"]
    assert {problem.code for problem in check_file(path, SOURCES, NAMES)} <= {"not-toml", "missing-key"}


def test_a_file_of_100_mb(tmp_path):
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.seek(100_000_000)
        file.write(b"\n")
    start = time.perf_counter()
    problems = check_file(path, SOURCES, NAMES)
    assert time.perf_counter() - start < 1.0
    assert [problem.code for problem in problems] == ["material-too-large"]


def test_a_directory_that_is_not_there_and_one_that_is_a_file(tmp_path):
    (tmp_path / "file").write_text("x")
    for name in ("missing", "file"):
        with pytest.raises(materials.MaterialError, match="no such directory"):
            materials.load_database([tmp_path / name])


def test_own_entries_override_with_a_notice(tmp_path, caplog, monkeypatch):
    text = (SHIPPED / "silk.toml").read_text(encoding="utf-8").replace("value = 70, unit", "value = 75, unit")
    (tmp_path / "silk.toml").write_text(text)
    (tmp_path / "my_silk.toml").write_text(text.replace('id = "silk"', 'id = "my_silk"'))
    monkeypatch.setenv("LUNARFLAG_MATERIALS", str(tmp_path))
    database = materials.load_database()
    assert "takes the place of the material 'silk'" in caplog.text
    materials.load_database()
    assert caplog.text.count("takes the place") == 1
    assert database["silk"].areal_density == pytest.approx(0.075)
    assert "my_silk" in database
    assert os.fspath(database.path("silk")).startswith(str(tmp_path))
