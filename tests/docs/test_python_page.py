"""The examples of docs/python.md run as they stand and give what physics asks for."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

import thermal
from thermal.cli.main import main
from thermal.core.constants import STEFAN_BOLTZMANN

ROOT = Path(__file__).parents[2]


def examples():
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.DOTALL)


def run(number):
    names = {}
    exec(compile(examples()[number], f"docs/python.md example {number}", "exec"), names)  # noqa: S102  (that is the test)
    return names


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("checkout")
def test_a_case_and_its_result(capsys):
    state = run(0)["state"]
    assert state.time_s == pytest.approx(86400.0)
    assert state.ledger.residual_fraction < 1e-6
    arguments = ["run", "cases/change5-flag.toml", "-o", "flag.h5", "-q"]
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--set", 'mesh.size="50 mm"', "--set", 'run.duration="1 day"'])
    assert ended.value.code == 0
    names = run(1)
    assert names["flag"].unit == "K"
    assert names["irradiance"].values.max() == pytest.approx(1395.0, rel=5e-3)
    assert "flag" in capsys.readouterr().out


def test_a_model_by_hand():
    names = run(2)
    assert names["share"].sum() == pytest.approx(2.0)
    state = names["state"]
    assert state.ledger.residual_fraction < 1e-6
    # At the end only 20 W/m2 a face are left: far from the arm the cloth follows within a minute's change.
    plain = (20.0 / (0.85 * STEFAN_BOLTZMANN)) ** 0.25
    assert plain < names["coldest"] < plain + 3.0
    assert 285.0 < names["warmest"] < 290.0


def test_what_the_page_names_is_there():
    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    named = set(re.findall(r"thermal\.([A-Za-z_]+)\(", text))
    assert {"load_case", "simulate", "open_result", "HeatModel", "integrate"} <= named
    assert all(hasattr(thermal, name) for name in named)
    assert np.isinf(thermal.Part.__dataclass_fields__["through_conductivity"].default)
