"""What CONTRIBUTING.md shows is added by one file: each is written into a copy of the project and used."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = dict(
    re.findall(r"```python\n# (\S+)\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
)


@pytest.fixture
def copy(tmp_path):
    """A copy of both packages."""
    for package in ("thermal", "materials"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def use(copy, *words):
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def add(copy, name):
    (copy / name).write_text(FILES[name], encoding="utf-8")


def test_a_verification_case(copy):
    add(copy, "thermal/verify/mean_of_a_sine.py")
    said = use(copy, "-m", "thermal.cli.main", "verify", "mean")
    assert "Mean of sin^2 over a period (mean_of_a_sine)" in said
    assert "1 of 1 figures within tolerance" in said


def test_a_verb(copy):
    add(copy, "thermal/cli/lunation.py")
    assert "  lunation   Print the length of a lunation." in use(copy, "-m", "thermal.cli.main", "--help")
    assert use(copy, "-m", "thermal.cli.main", "lunation") == "29.530589 d\n"


def test_a_load(copy):
    add(copy, "example_load.py")
    mean, balance = re.match(r"(\S+) K, balance (\S+) K", use(copy, "example_load.py")).groups()
    assert float(mean) == pytest.approx(float(balance), abs=0.05)  # five times the tolerance of the run


def test_a_material(copy):
    text = (copy / "materials" / "data" / "e_glass.toml").read_text("utf-8")
    (copy / "materials" / "data" / "s_glass.toml").write_text(
        text.replace('id = "e_glass"', 'id = "s_glass"').replace("E-glass cloth", "S-glass cloth"), "utf-8"
    )
    assert "s_glass" in use(copy, "-m", "thermal.cli.main", "materials", "list", "--kind", "cloth")
    use(copy, "-m", "thermal.cli.main", "materials", "check", "materials/data/s_glass.toml")
