"""Runs peers as processes of their own and sets their figures side by side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median

from benchmarks import problem
from benchmarks.roofline import roofline_s

OURS = "lunarflag"


@dataclass(frozen=True)
class Peer:
    """How a peer is run.

    Parameters
    ----------
    title
        What the table calls it.
    steps
        By size in mm from which on, how many steps are taken: the rest is projected.
    largest
        Nodes beyond which it is left out (finest size in mm).

    """

    title: str
    project_from_mm: float = 0.0
    steps: int = 4
    finest_mm: float = 2.5


PEERS = {
    OURS: Peer("lunarflag"),
    "jax_stencil": Peer("JAX stencil, CG"),
    "volumes_cg": Peer("finite volumes, scipy CG", 2.5, 30),
    "nodal_network": Peer("nodal network, SOR", 2.5, 30),
    "explicit_volumes": Peer("explicit volumes, numba", 10.0, 3000),
    "skfem_bdf": Peer("scikit-fem + scipy BDF", finest_mm=10.0),
    "dolfinx_tutorial": Peer("dolfinx, tutorial", 10.0),
    "skfem_loop": Peer("scikit-fem, own loop", 20.0),
}


@dataclass(frozen=True)
class Row:
    """What a peer needed at a size."""

    peer: str
    size: str
    figures: dict[str, float]
    projected: bool


def measure(name: str, size_mm: float, *, graded: bool, repeat: int, timeout_s: float) -> Row | str:
    """Run a peer; return its row, or why there is none."""
    peer = PEERS[name]
    if size_mm < peer.finest_mm:
        return f"too slow at {size_mm:g} mm"
    projected = size_mm <= peer.project_from_mm
    command = [sys.executable, "-m", f"benchmarks.peers.{name}", "--size", str(size_mm)]
    command += ["--steps", str(peer.steps)] if projected else []
    command += ["--graded"] if graded else []
    runs = []
    for _ in range(1 if projected else repeat):
        begun = time.perf_counter()
        try:
            done = subprocess.run(
                command, env=_environment(), capture_output=True, text=True, timeout=timeout_s, check=False
            )
        except subprocess.TimeoutExpired:
            return f"more than {timeout_s:g} s"
        if done.returncode:
            return (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        runs.append(json.loads(done.stdout.splitlines()[-1]) | {"wall_s": time.perf_counter() - begun})
    figures = runs[0] | {
        key: median(run[key] for run in runs) for key in ("wall_s", "solve_s", "solve_cpu_s")
    }
    if projected:
        _project(name, figures)
    return Row(name, "graded" if graded else f"{size_mm:g} mm", figures, projected)


def _project(name: str, figures: dict[str, float]) -> None:
    """Scale a few steps to the whole run."""
    if name == "explicit_volumes":
        share = figures["reached"]
    else:
        share = figures["steps"] / (len(problem.given_steps()) - 1)
    for key in ("solve_s", "solve_cpu_s"):
        figures[key] /= share


def _environment() -> dict[str, str]:
    """One thread each."""
    return os.environ | {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    }


HEADER = (
    f"{'size':<7} {'solver':<25} {'nodes':>7} {'steps':>7} {'wall s':>8} {'solve s':>9} {'cpu s':>9} "
    f"{'far K':>7} {'near K':>7} {'events K':>8} {'MB':>5} {'ns/node/step':>12} {'theirs/ours':>11}"
)


def line(row: Row, ours: Row | None) -> str:
    """Write one line of the table; times of a projected run carry a tilde."""
    f = row.figures
    about = "~" if row.projected else ""

    def kelvin(key: str, digits: int) -> str:
        return f"{f[key]:.{digits}f}" if key in f and not row.projected else "-"

    ratio = f"{f['solve_cpu_s'] / ours.figures['solve_cpu_s']:.3g}" if ours and row.peer != OURS else ""
    steps = f["steps"] if not row.projected else 0
    work = f"{1e9 * f['solve_cpu_s'] / (f['unknowns'] * steps):.0f}" if steps else "-"
    wall = "-" if row.projected else f"{f['wall_s']:.2f}"
    return (
        f"{row.size:<7} {PEERS[row.peer].title:<25} {f['unknowns']:>7} {f['steps']:>7} {wall:>8} "
        f"{about + format(f['solve_s'], '.4g'):>9} {about + format(f['solve_cpu_s'], '.4g'):>9} "
        f"{kelvin('far_k', 3):>7} {kelvin('near_k', 2):>7} {kelvin('event_k', 3):>8} "
        f"{f['memory_mb']:>5.0f} "
        f"{work:>12} {ratio:>11}"
    )


def work(row: Row) -> str:
    """Say what a step of this core takes, and what that is an unknown and sweep over the mesh.

    Sweeps are the start of every stage, its corrections, and their iterations of conjugate gradients.
    """
    f = row.figures
    tries = f["steps"] + f["rejected"]
    sweeps = 2 * tries + f["newton_iterations"] + f["linear_iterations"]
    each = 1e9 * f["solve_cpu_s"] / (f["unknowns"] * sweeps)
    corrections, iterations = f["newton_iterations"] / tries, f["linear_iterations"] / tries
    return (
        f"{corrections:.2f} corrections and {iterations:.2f} iterations a step, "
        f"{each:.1f} ns an unknown and sweep"
    )


def of_roofline(size_mm: float, row: Row, bytes_a_second: float) -> str:
    """Set the time beside that of the ideal solution's memory traffic."""
    ideal = roofline_s(size_mm, int(row.figures["unknowns"]), bytes_a_second)
    return f", {row.figures['solve_cpu_s'] / ideal:.2f} times the roofline's {ideal:.3g} s"
