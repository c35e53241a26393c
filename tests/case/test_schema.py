"""The JSON Schema: a valid draft 7, current in the repository, and of one mind with the loader."""

import copy
import datetime as dt
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from thermal.case.reading.schema import case_schema

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").glob("*.toml"))
REFERENCE = ROOT / "cases" / "change5-reference.toml"


def as_json(node):
    """Give dates the form that editors check: text."""
    if isinstance(node, dict):
        return {key: as_json(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_json(value) for value in node]
    return node.isoformat() if isinstance(node, dt.datetime) else node


def walk(node):
    """Yield every mapping of a schema."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def test_it_is_draft_7():
    jsonschema.Draft7Validator.check_schema(case_schema())
    text = json.dumps(case_schema())
    assert "$defs" not in text
    assert "prefixItems" not in text
    assert '"null"' not in text


def test_the_files_in_the_repository_are_current():
    script = ROOT / "docs" / "build_case_reference.py"
    result = subprocess.run(
        [sys.executable, str(script), "--check"], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False
    )
    assert result.returncode == 0


def test_every_property_has_a_description():
    for node in walk(case_schema()):
        for name, field in node.get("properties", {}).items():
            assert isinstance(field, dict)
            assert field.get("description"), name


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_shipped_case_validates_and_names_the_schema(file):
    jsonschema.validate(as_json(tomllib.loads(file.read_text())), case_schema(), jsonschema.Draft7Validator)
    directive = file.read_text().splitlines()[0]
    assert (file.parent / directive.removeprefix("#:schema ")).resolve() == ROOT / "docs" / "case.schema.json"


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("flag", "width", 2000),
        ("flag", "width", "2 kg"),
        ("flag", "width", "2000"),
        ("flag", "widht", "2 m"),
        ("flag", "position", ["0 m", "1 m"]),
        ("flag", "azimuth", "90 m"),
        ("sky", "model", "ideal"),
        ("sky", "albedo", "7 m"),
        ("run", "duration", "3 m"),
        ("run", "initial", "equlibrium"),
        ("requirements", "fatigue_damage", True),
    ],
)
def test_an_editor_marks_what_the_loader_refuses(table, key, value):
    data = copy.deepcopy(as_json(tomllib.loads(REFERENCE.read_text())))
    data[table][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, case_schema(), jsonschema.Draft7Validator)
