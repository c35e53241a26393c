"""Shipped cases, made coarse and short, and cases in a folder of the test."""

from pathlib import Path

import pytest

from thermal.case import load_case
from thermal.simulation import Simulation

CASES = Path(__file__).parents[2] / "cases"
COARSE = {"mesh.size": "100 mm", "mesh.edge_size": "20 mm", "mesh.around": "12", "run.duration": "1 day"}


@pytest.fixture
def coarse():
    """Load a shipped case with a coarse mesh and a short run, and other values changed."""

    def load(name, **changes):
        return load_case(CASES / f"{name}.toml", COARSE | changes.pop("overrides", {}))

    return load


@pytest.fixture
def last_state():
    """Run a case or a simulation to its end and return the last state."""

    def run(case):
        simulation = case if isinstance(case, Simulation) else Simulation(case)
        return list(simulation.run())[-1]

    return run


@pytest.fixture
def written(tmp_path):
    """Write a case file made from a shipped one: texts replaced, tables added, files beside it."""

    def write(name, *replacements, add=""):
        text = (CASES / f"{name}.toml").read_text()
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / f"{name}.toml"
        file.write_text(text + add)
        return file

    return write
