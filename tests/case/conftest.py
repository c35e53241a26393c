"""The reference case, and a way to change it."""

from pathlib import Path

import pytest

from thermal.case import load_case
from thermal.core.errors import CaseError

CASES = Path(__file__).parents[2] / "cases"
REFERENCE = CASES / "change5-reference.toml"


@pytest.fixture
def problems():
    """Load the reference case with changed values; return the problems by code."""

    def load(overrides, path=REFERENCE):
        with pytest.raises(CaseError) as caught:
            load_case(path, overrides)
        assert caught.value.exit_code == 3
        return {problem.code: problem for problem in caught.value.problems}

    return load


@pytest.fixture
def changed(tmp_path):
    """Write the reference case with a text replaced; return its file."""

    def write(old, new):
        text = REFERENCE.read_text()
        assert old in text
        file = tmp_path / "case.toml"
        file.write_text(text.replace(old, new, 1))
        return file

    return write
