"""What every peer shares: its arguments, clocks, and the line it prints."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from benchmarks import problem


@dataclass
class Run:
    """One solution: call :meth:`start` before the time loop, :meth:`note` at outputs, :meth:`end` at last.

    Parameters
    ----------
    size_mm
        Cell size.
    limit
        Steps to take, or None for all: what is measured is then projected.
    grade
        Whether the mesh is graded where the layers are.

    """

    size_mm: float
    limit: int | None = None
    grade: bool = False
    unknowns: int = 0
    steps: int = 0
    rows: list[list[float]] = field(default_factory=list)
    solve_s: float = 0.0
    solve_cpu_s: float = 0.0
    more: dict[str, float] = field(default_factory=dict)

    def start(self, unknowns: int) -> None:
        self.unknowns = unknowns
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def note(self, t: float, probes, largest: float, smallest: float, mean: float) -> None:
        self.rows.append([t, *map(float, probes), float(largest), float(smallest), float(mean)])

    def end(self, steps: int) -> None:
        self.solve_s = time.perf_counter() - self._wall
        self.solve_cpu_s = time.process_time() - self._cpu
        self.steps = steps

    def report(self) -> dict[str, object]:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "unknowns": self.unknowns,
            "steps": self.steps,
            "solve_s": self.solve_s,
            "solve_cpu_s": self.solve_cpu_s,
            "process_cpu_s": usage.ru_utime + usage.ru_stime,
            "memory_mb": usage.ru_maxrss / 1024.0,
            **problem.errors(np.array(self.rows)),
            **self.more,
        }


def main(solve: Callable[[Run], None]) -> None:
    """Run a peer from the command line and print what it did as one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=float, default=20.0, help="cell size, mm")
    parser.add_argument("--steps", type=int, help="take only the first steps")
    parser.add_argument("--graded", action="store_true")
    given = parser.parse_args()
    run = Run(given.size, given.steps, given.graded)
    solve(run)
    sys.stdout.write(json.dumps(run.report()) + "\n")
