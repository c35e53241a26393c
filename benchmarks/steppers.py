"""PETSc's time steppers beside our own on the same problem: `python -m benchmarks.steppers [SIZE_MM]`.

The unknown is the enthalpy, so that ROSW's constant mass matrix is exact. PETSc's controller sees the same
stops (outputs and the Sun's contacts); its linear systems get BiCGStab with Jacobi, which is enough here.
"""

import sys
import time

import numpy as np
from petsc4py import PETSc

from benchmarks import problem as p
from benchmarks.harness import Run
from benchmarks.peers import lunarflag
from benchmarks.peers.volumes import Volumes

TRIALS = [
    ("BDF, order 2", "bdf", None, 1.0),
    ("BDF, order 2", "bdf", None, 0.1),
    ("ROSW ra34pw2", "rosw", "ra34pw2", 1.0),
    ("ROSW ra34pw2", "rosw", "ra34pw2", 0.1),
    ("ARKIMEX 3", "arkimex", "3", 1.0),
    ("ARKIMEX 3", "arkimex", "3", 0.1),
]
"""Name, kind of TS, its method, and tolerance a step in K."""


class Problem:
    """Residual and Jacobian of ``h' area + losses(h) = gains(t)``."""

    def __init__(self, volumes: Volumes) -> None:
        self.v = volumes
        off = volumes.conduction.tocsr()
        self.matrix = PETSc.Mat().createAIJ(
            off.shape, csr=(off.indptr.astype(np.int32), off.indices.astype(np.int32), off.data)
        )
        self.stiff = off.diagonal()
        self.jacobian = self.matrix.duplicate(copy=True)
        self.work = self.matrix.createVecLeft()
        self.scale = self.matrix.createVecLeft()

    @staticmethod
    def temperature(h):
        """Invert the enthalpy; a stage that overshoots ends at 0 K."""
        return (
            np.sqrt(p.CAPACITY_0**2 + 2.0 * p.CAPACITY_1 * np.maximum(h, 0.0)) - p.CAPACITY_0
        ) / p.CAPACITY_1

    def residual(self, _ts, t, u, rate, out):
        v, T = self.v, self.temperature(u.array_r)
        self.work.array[:] = T
        self.matrix.mult(self.work, out)
        gains = v.area * p.absorbed(v.x, t) + v.contact * p.arm_k(t)
        out.array[:] += v.area * (rate.array_r + p.EMISSION * T**4) + v.contact * T - gains

    def slope(self, _ts, _t, u, _rate, shift, jacobian, _preconditioner):
        v, T = self.v, self.temperature(u.array_r)
        capacity = p.capacity(T)
        self.matrix.copy(jacobian, structure=PETSc.Mat.Structure.SAME_NONZERO_PATTERN)
        self.scale.array[:] = 1.0 / capacity
        jacobian.diagonalScale(None, self.scale)
        own = self.stiff + 4.0 * v.area * p.EMISSION * T**3 + v.contact
        self.work.array[:] = own / capacity + shift * v.area
        jacobian.setDiagonal(self.work)
        return True


def run(size_mm: float, kind: str, method: str | None, tolerance_k: float) -> Run:
    """One trial."""
    found = Run(size_mm)
    volumes = Volumes(size_mm)
    equations = Problem(volumes)
    ts = PETSc.TS().create()
    ts.setType(kind)
    if kind == "rosw":
        PETSc.Options()["ts_rosw_type"] = method
        ts.setFromOptions()
    elif kind == "arkimex":
        ts.setARKIMEXType(method)
        ts.setEquationType(PETSc.TS.EquationType.IMPLICIT)
    ts.setIFunction(equations.residual, equations.matrix.createVecLeft())
    ts.setIJacobian(equations.slope, equations.jacobian)
    ts.setTimeStep(1.0)
    stops = np.unique(np.r_[0.0, p.OUTPUTS, p.sun_events()])
    ts.setExactFinalTime(PETSc.TS.ExactFinalTime.MATCHSTEP)
    ts.setMaxSteps(5000)
    ts.setMaxSNESFailures(-1)
    ts.setMaxStepRejections(50)
    ts.setTolerances(rtol=0.0, atol=tolerance_k * p.capacity(250.0))
    snes = ts.getSNES()
    snes.setTolerances(rtol=1e-6, atol=1e-9)
    snes.getKSP().setType("bcgs")
    snes.getKSP().setTolerances(rtol=1e-5)
    snes.getKSP().getPC().setType("jacobi")

    state = equations.matrix.createVecLeft()
    state.array[:] = p.enthalpy(p.START_K)
    found.start(len(volumes.x))
    # From stop to stop: a time span lets outputs slip where stops are close to each other.
    for stop in stops[1:]:
        ts.setMaxTime(stop)
        ts.solve(state)
        if p.is_output(stop):
            volumes.note(found, stop, equations.temperature(state.array_r))
    found.end(ts.getStepNumber())
    found.more = {"rejected": ts.getStepRejections(), "newton": ts.getSNESIterations()}
    return found


def show(name: str, tolerance_k: float, trial: Run) -> None:
    """Print a line of the table."""
    f = trial.report()
    print(
        f"{name:<16} {tolerance_k:>6} {f['steps']:>6} {f['rejected']:>6} {f['solve_cpu_s']:>8.3f} "
        f"{f['far_k']:>8.3f} {f['near_k']:>8.2f} {f['event_k']:>8.3f}",
        flush=True,
    )


if __name__ == "__main__":
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    print(
        f"{'stepper':<16} {'tol K':>6} {'steps':>6} {'thrown':>6} {'cpu s':>8} "
        f"{'far K':>8} {'near K':>8} {'events K':>8}"
    )
    ours = Run(size)
    lunarflag.solve(ours)
    show("own TR-BDF2", lunarflag.TOLERANCE_K, ours)
    for name, kind, method, tolerance_k in TRIALS:
        begun = time.perf_counter()
        try:
            show(name, tolerance_k, run(size, kind, method, tolerance_k))
        except PETSc.Error as error:
            spent = time.perf_counter() - begun
            print(f"{name:<16} {tolerance_k:>6} failed after {spent:.0f} s: {error}", flush=True)
