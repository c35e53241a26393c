"""``make docs`` imports the packages, which docs/materials would hide from a script beside it."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_scripts_run_as_make_runs_them(tmp_path):
    recipe = (ROOT / "Makefile").read_text("utf-8")
    options = re.search(r'build_\*\.py; do \$\(BIN\)/python(.*?) "', recipe)[1].split()
    for script in sorted((ROOT / "docs").glob("build_*.py")):
        code = f"import runpy; runpy.run_path({str(script)!r})"
        path = [] if "-P" in options else [f"import sys; sys.path.insert(0, {str(script.parent)!r})"]
        command = [sys.executable, *options, "-c", "; ".join([*path, code])]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
