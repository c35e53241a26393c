"""docs/result-file.md names every group, dataset, type and attribute of a real file."""

import re
from pathlib import Path

import h5py
import numpy as np
import pytest
from cooling_run import write_cooling

from thermal.results import Field

PAGE = Path(__file__).parents[2] / "docs" / "result-file.md"


@pytest.fixture
def file(tmp_path, cooling):
    groups = {"endurance": {"uv_dose": Field(np.ones(273), "hour", "equivalent sun hours")}}
    path = write_cooling(tmp_path / "run.h5", cooling, outputs=3, groups=groups, verdict={"line": "lasts"})
    with h5py.File(path, "r") as opened:
        yield opened


def documented():
    """Give the datasets of the page: path and the words of its row."""
    found, group = {}, ""
    for line in PAGE.read_text("utf-8").splitlines():
        if heading := re.match(r"## `(\w+)/`:", line):
            group = f"{heading[1]}/"
        elif line.startswith("## "):
            group = ""
        elif line.startswith("| `"):
            first = line.split("|")[1]
            found |= {group + name: line for name in re.findall(r"`([\w/]+)`", first)}
    return found


def general(name):
    """Replace the names of a case by what the page writes for them."""
    for pattern, word in (
        (r"(parts/)\w+", r"\1PART"),
        (r"(probes/)\w+", r"\1PROBE"),
        (r"(powers/).+", r"\1TERM"),
        (r"(materials/)\w+", r"\1NAME"),
        (r"((?:PointDataOffsets|PointData|endurance)/)uv_dose", r"\1FIELD"),
        (r"(PointDataOffsets/)\w+", r"\1FIELD"),
    ):
        name = re.sub(pattern, word, name)
    return name


def test_every_dataset_is_on_the_page_with_its_type(file):
    rows, names = documented(), []
    file.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None)
    names += ["VTKHDF/PointData/uv_dose", "endurance/uv_dose"]  # one dataset under two names is visited once
    missing = [name for name in names if general(name) not in rows]
    assert missing == []
    for name in names:
        kind = "text" if file[name].dtype.kind == "O" else str(file[name].dtype)
        assert kind in rows[general(name)], name


def test_every_attribute_is_on_the_page(file):
    rows = documented()
    names = {"version_LIBRARY" if name.startswith("version_") else name for name in file.attrs}
    assert names <= set(rows)
    assert file["series/time"].attrs["since"] == "2020-12-03T15:10:00Z"
    assert file["verdict"].attrs["line"] == "lasts"


def test_version_is_that_of_the_page(file):
    major, minor = file.attrs["version"]
    assert f"Layout version **{major}.{minor}**" in PAGE.read_text("utf-8")
