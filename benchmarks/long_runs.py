"""Long runs and repeated ones: `python -m benchmarks.long_runs [PART]...` (`make bench-long` runs all).

What a lunation costs when there are many of them, whether memory stays where it is, what a second rank
brings, and whether ten parallel runs repeat themselves. Times are seconds of processor time, so that other
work on the machine counts little, but for those on two ranks.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

import thermal
from benchmarks import problem as p
from benchmarks.harness import Run
from benchmarks.peers import lunarflag

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "cases" / "change5-reference.toml"
THIRTY_YEARS = 371
LUNATIONS = 12
COARSE = {"mesh.size": "100 mm", "mesh.edge_size": "5 mm"}
EVEN = {"mesh.size": "20 mm", "mesh.edge_size": "20 mm", "output.every": "1 day"}
REPEATS = 10
PAIRS = 3


def say(what: str, value: str, asked: str) -> None:
    sys.stdout.write(f"{what:<58} {value:>26}   {asked}\n")
    sys.stdout.flush()


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def reference(overrides: dict[str, str], lunations: float) -> tuple[float, float, float]:
    """Run the reference case; seconds of the loop, and most memory after the first twelfth and at the end."""
    case = thermal.load_case(REFERENCE, {**overrides, "run.duration": f"{lunations:g} lunation"})
    simulation = thermal.Simulation(case)
    begun, early = time.process_time(), 0.0
    for state in simulation.run():
        early = early or (state.time_s >= case.run.duration / 12.0 and memory_mb())
    return time.process_time() - begun, early, memory_mb()


def coarse() -> None:
    """Twelve lunations against one, of the reference case on a coarse mesh."""
    reference(COARSE, 0.05)
    one, many = reference(COARSE, 1.0)[0], reference(COARSE, LUNATIONS)
    say("reference, 100 mm: one lunation", f"{one:.1f} s", "")
    say("reference, 100 mm: twelve lunations", f"{many[0]:.1f} s = {many[0] / one:.2f} x", "at most 12.5 x")
    say("  memory after the first and the twelfth", f"{many[1]:.0f} and {many[2]:.0f} MB", "constant")


def cycle() -> None:
    """Flag-cycle at 20 mm, probes only."""
    run = Run(20.0)
    surface = lunarflag.sheet(run)
    heat = lunarflag.model(surface)
    heat.absorbed = lunarflag.Sunlight()
    for _ in thermal.integrate(heat, 0.0, 10.0, lunarflag.TOLERANCE_K):
        pass
    two = p.sun_events()
    events = [t + n * p.PERIOD for n in range(0, THIRTY_YEARS, 2) for t in two]
    log = Probes(p.probe_vertices(*surface.uv.T))
    stop = THIRTY_YEARS * p.PERIOD
    begun = time.process_time()
    *_, last = thermal.integrate(heat, 0.0, stop, lunarflag.TOLERANCE_K, (), events, [log])
    took = time.process_time() - begun
    say("flag-cycle, 20 mm: 371 lunations, probes only", f"{took:.1f} s", "under 30 s")
    say("  steps, ledger open", f"{last.steps}, {last.ledger.residual_fraction:.0e}", "under 1e-6")
    say("  last noon at the plain sheet", f"{log.rows[-1][3]:.2f} K", "")


class Probes:
    """Observer that keeps the temperatures of a few vertices at every step."""

    def __init__(self, vertices: list[int]) -> None:
        self.vertices, self.rows = vertices, []

    def observe(self, step) -> None:
        self.rows.append(step.temperature[self.vertices])


def fine() -> None:
    """Twelve lunations of the reference case at 20 mm with daily outputs, and what 371 would take."""
    took, early, late = reference(EVEN, LUNATIONS)
    whole = took / LUNATIONS * THIRTY_YEARS
    say("reference, 20 mm, daily outputs: twelve lunations", f"{took:.1f} s", "")
    say("  memory after the first and the twelfth", f"{early:.0f} and {late:.0f} MB", "constant")
    say("  371 lunations in proportion", f"{whole / 60.0:.1f} min", "under 5 min")


def whole() -> None:
    """Thirty years of the reference case at 20 mm with daily outputs."""
    took, early, late = reference(EVEN, THIRTY_YEARS)
    say("reference, 20 mm, daily outputs: 371 lunations", f"{took / 60.0:.1f} min", "under 5 min")
    say("  memory after a twelfth and at the end", f"{early:.0f} and {late:.0f} MB", "constant")


def repeats() -> None:
    """Ten runs on two ranks, against each other and against one rank."""
    settings = ["mesh.size=100 mm", "mesh.edge_size=5 mm", "run.duration=15 day", "output.every=12 h"]
    words = [sys.executable, "-m", "thermal.cli.main", "run", str(REFERENCE), "-q"]
    words += [word for setting in settings for word in ("--set", setting)]
    tolerance = thermal.load_case(REFERENCE).solver.tolerance
    for reproducible in (False, True):
        own = [*words, "--reproducible"] if reproducible else words
        with tempfile.TemporaryDirectory() as folder:
            fields = list(outputs(own, Path(folder)))
        among = max(float(np.abs(field - fields[1]).max()) for field in fields[2:])
        against = max(float(np.abs(field - fields[0]).max()) for field in fields[1:])
        title = "--reproducible" if reproducible else "defaults"
        bound = 1e-10 * float(fields[0].min()) if reproducible else tolerance / 100.0
        say(f"ten runs on two ranks, {title}: among each other", f"{among:.1e} K", f"under {bound:.1e} K")
        say("  against one rank", f"{against:.1e} K", f"under {bound:.1e} K")


def outputs(words: list[str], folder: Path) -> Iterator[np.ndarray]:
    """Run a command on one rank, then ten times on two; yield the stored temperatures."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMPI_MCA_mpi_yield_when_idle": "1"}
    for number in range(REPEATS + 1):
        path = folder / f"{number}.h5"
        ranks = ["mpirun", "--oversubscribe", "-n", "2"] if number else []
        subprocess.run([*ranks, *words, "-o", str(path)], check=True, env=environment)
        with thermal.open_result(path) as result:
            yield np.asarray(result["checkpoint/temperature"].values)


def ranks() -> None:
    """Flag-cycle on one rank and on two in turn; seconds on the clock of the time loop, medians."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    for size in (5.0, 2.5):
        words = [sys.executable, "-m", "benchmarks.peers.lunarflag", "--size", f"{size:g}"]
        took: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(PAIRS):
            for count, seconds in took.items():
                own = [*(["mpirun", "--oversubscribe", "-n", str(count)] if count > 1 else []), *words]
                done = subprocess.run(own, check=True, env=environment, capture_output=True, text=True)
                seconds.append(max(json.loads(line)["solve_s"] for line in done.stdout.splitlines()))
        one, two = (float(np.median(seconds)) for seconds in took.values())
        found = f"{one:.2f}, {two:.2f} s = {one / two:.2f} x"
        say(f"flag-cycle, {size:g} mm: one rank, two ranks", found, "1.6 x at 2.5 mm")


PARTS: dict[str, Callable[[], None]] = {
    "coarse": coarse,
    "cycle": cycle,
    "fine": fine,
    "ranks": ranks,
    "repeats": repeats,
    "whole": whole,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all but whole")
    wanted = parser.parse_args().parts or [name for name in PARTS if name != "whole"]
    for name in wanted:
        if name not in PARTS:
            parser.error(f"no part is called {name!r}: {', '.join(PARTS)}")
        PARTS[name]()


if __name__ == "__main__":
    main()
