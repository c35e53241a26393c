"""The command ``sweep`` as the tests of studies use it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

SLURM = (
    "--slurm", "--slurm-poll", "0.5", "--slurm-command", f"{sys.executable} -m thermal.cli.main"
)  # fmt: skip
"""Options of a sweep under Slurm whose nodes start this very Python."""

SQUARES = """\
schema_version = 1
title = "Squares"
model = "study_models:{model}"
[set]
pause = {pause}
[[axis]]
kind = "list"
key = "x"
values = [{values}]
"""

SHEET = """\
schema_version = 1
title = "A small sheet"
[site]
latitude = "43.06 deg"
longitude = "-51.92 deg"
[sky]
start = 2020-12-03T15:10:00Z
albedo = 0.07
[run]
duration = "1 h"
[flag]
width = "300 mm"
height_of_cloth = "200 mm"
material = "meta_aramid"
surface = "red_print"
position = ["0 m", "0 m", "1.2 m"]
azimuth = "90 deg"
[mesh]
size = "100 mm"
[output]
every = "1 h"
[requirements]
colour_difference = false
"""
"""A case that runs in a fraction of a second."""


class Sweep:
    """A study directory and the command line that works on it."""

    def __init__(self, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.directory = folder / "study"
        path = f"{ROOT}:{HERE}"
        self.environment = {**(environment or os.environ), "PYTHONPATH": path, "LUNARFLAG_DEBUG": "1"}

    def call(self, *arguments: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "thermal.cli.main", "sweep", *arguments]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == expect, done.stderr
        return done

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start ``sweep run`` in the background; its output goes to a file."""
        command = [sys.executable, "-m", "thermal.cli.main", "sweep", "run", str(self.directory), *arguments]
        with (self.folder / "run.log").open("ab") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def plan(self, values: list[float], *, pause: float = 0.0, model: str = "Square") -> None:
        study = self.folder / "study.toml"
        listed = ", ".join(str(value) for value in values)
        study.write_text(SQUARES.format(model=model, pause=pause, values=listed))
        self.call("plan", str(study), "-o", str(self.directory))

    def run(self, *arguments: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        return self.call("run", str(self.directory), *arguments, expect=expect)

    def collect(self, expect: int = 0) -> bytes:
        self.call("collect", str(self.directory), expect=expect)
        return (self.directory / "table.csv").read_bytes()

    def rows(self) -> list[dict[str, str]]:
        with (self.directory / "table.csv").open(newline="") as file:
            return list(csv.DictReader(file))

    def done(self) -> Counter[int]:
        """How often each member stands in the raw files: their complete lines, read without the package."""
        counts: Counter[int] = Counter()
        for path in (self.directory / "results").glob("*.jsonl"):
            complete = path.read_bytes().rpartition(b"\n")[0]
            counts.update(json.loads(line)["index"] for line in complete.splitlines())
        return counts

    def wait_for(self, members: int, process: subprocess.Popen[bytes]) -> None:
        """Wait until so many members are done while the process runs."""
        wait_until(lambda: process.poll() is not None or len(self.done()) >= members)
        assert process.poll() is None, (self.folder / "run.log").read_text()


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.02)
