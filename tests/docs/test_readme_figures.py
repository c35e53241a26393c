"""The figures of the README are what the program prints."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(600)
def test_reference_case_gives_the_figures_of_the_readme(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    row = re.search(r"^centre +flag \(1, 0\.45\) m +([\d. ]+)$", text, re.MULTILINE)
    assert row is not None
    night, noon, sunset, highest = (float(value) for value in row.group(1).split())
    result = tmp_path / "reference.h5"
    case = ROOT / "cases" / "change5-reference.toml"
    subprocess.run(["lunarflag", "run", case, "-o", result, "--quiet"], check=True)
    shown = subprocess.run(
        ["lunarflag", "show", result, "--json"], capture_output=True, text=True, check=True
    )
    answer = json.loads(shown.stdout)
    probe = answer["probes"]["centre"]
    assert probe["night_minimum_k"] == pytest.approx(night, abs=0.02)
    assert probe["noon_k"] == pytest.approx(noon, abs=0.02)
    assert probe["sunset_k"] == pytest.approx(sunset, abs=0.02)
    assert probe["max_k"] == pytest.approx(highest, abs=0.02)
    assert answer["ledger"]["residual_fraction"] < 1e-6
