"""Compiled loops that were kept on disk follow the sources that they call."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
INNER = """
import numba
from thermal.core.compiling import kept

@kept
@numba.njit(cache=True)
def inner(x):
    return {factor} * x
"""
OUTER = """
import numba
from inner import inner
from thermal.core.compiling import kept

@kept
@numba.njit(cache=True)
def outer(x):
    return inner(x)

if __name__ == "__main__":
    print(outer(1.0), sum(outer.stats.cache_hits.values()))
"""


def answers(folder):
    done = subprocess.run(
        [sys.executable, str(folder / "outer.py")],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_a_loop_is_compiled_anew_when_one_that_it_calls_changes(tmp_path):
    (tmp_path / "outer.py").write_text(OUTER)
    (tmp_path / "inner.py").write_text(INNER.format(factor="2.0"))
    assert answers(tmp_path) == ["2.0", "0"]
    assert answers(tmp_path) == ["2.0", "1"]
    (tmp_path / "inner.py").write_text(INNER.format(factor="3.0"))
    assert answers(tmp_path) == ["3.0", "0"]
