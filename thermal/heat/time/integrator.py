"""Error-controlled time integration that lands on every event and output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from materials.problems import Problem
from thermal.core.errors import ConvergenceError
from thermal.core.parallel import OrderedGather
from thermal.heat.solver.balance import HeatBalance
from thermal.heat.solver.steady_state import settle
from thermal.heat.time import stages
from thermal.heat.time.controller import decide, fit
from thermal.heat.time.ledger import Ledger
from thermal.heat.time.profile_stepper import ProfileStepper
from thermal.heat.time.scheme import DIAGONAL, GAMMA, WEIGHT, WEIGHTS
from thermal.heat.time.state import Observer, State, Step
from thermal.heat.time.step_error import StepError, mean_light

if TYPE_CHECKING:
    from mpi4py import MPI
    from numpy.typing import NDArray

    from thermal.heat.model.heat_model import HeatModel
    from thermal.heat.time.step_error import Faces

FIRST_STEP_S = 1.0
SHORTEST_STEP_S = 1e-6
JUST_BEFORE_S = 1e-6
"""How long before a jump the loads of the step that ends on it are taken."""
STAGE_SHARE = 1e-2
"""Of the tolerance: error allowed in the solution of a stage."""
SHARE_WITH_LINES = 4e-2
"""The same where lines or an arm are solved, which takes the same iterations on any number of ranks.

Elsewhere ranks agree to the error of a stage."""


class Trial(NamedTuple):
    """A step that was solved but not yet judged.

    Parameters
    ----------
    error_k
        Error of the temperatures over the share of it that is forgotten, K.
    flux
        (owned,) net flux at the end, W/m2.
    powers
        Of the terms at the three stages, W.

    """

    error_k: float
    flux: NDArray[np.float64]
    powers: list[dict[str, float]]


class Integrator:
    """TR-BDF2 on a discretised model; arguments as for :func:`thermal.heat.time.parallel_run.integrate`."""

    def __init__(
        self, model: HeatModel, start: float, tolerance_k: float, comm: MPI.Intracomm | None = None
    ) -> None:
        if comm is None:
            from mpi4py import MPI as mpi  # noqa: N811  (only where a run starts)

            comm = mpi.COMM_WORLD
        self.model, self.comm, self.tolerance_k = model, comm, tolerance_k
        self.balance = HeatBalance(model, comm)
        self.error = StepError(self.balance)
        self.stage_share = STAGE_SHARE if self.balance.precondition.plain else SHARE_WITH_LINES
        network = self.balance.network
        self.gather = OrderedGather(comm, network.vertex[: network.owned]).to_all
        self.begin(start, model.starting_temperature())

    def begin(self, time_s: float, given: NDArray[np.float64] | None) -> None:
        """Start at a time from (size,) K in the order of the parts, or from equilibrium; counts are zero."""
        self.time_s, self.step_s, self.last_step_s = time_s, FIRST_STEP_S, 0.0
        self.yielded_s = self.failed_s = -np.inf
        self.steps = self.rejected = 0
        self._last_light: list[Faces] = []
        self.energies: dict[str, float] = {}
        self.stored_j = 0.0
        self.profile: ProfileStepper | None = None
        balance = self.balance
        balance.settle_walls()
        balance.set_time(self.time_s)
        if given is None:
            held = self._held()
            settle(balance, time_s, self.stage_share * self.tolerance_k, self.tolerance_k / 10.0, held)
        else:
            balance.set_temperature(given[balance.network.vertex[: balance.network.owned]])
        self.restart()

    def _held(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Owned vertices of the parts that start at a given temperature, and it, K."""
        model, network = self.model, self.balance.network
        start = np.full(model.size, np.nan)
        for name, kelvin in model.held.items():
            start[model.slices[name]] = kelvin
        own = start[network.vertex[: network.owned]]
        where = np.flatnonzero(np.isfinite(own))
        return where, own[where]

    def restart(self) -> None:
        """Take the fluxes anew at the present time: after the start and after a jump of a load."""
        balance = self.balance
        if not self.model.pulsing(self.time_s):
            self.profile = None
            balance.settle_walls()
        elif self.profile is None:
            self.profile = ProfileStepper(balance)
        balance.set_time(self.time_s)
        if self.profile is not None:
            self.profile.restart()
        balance.evaluate(balance.enthalpy.copy(), 0.0)
        self.flux = balance.residual / balance.storage
        self.powers, self.light = balance.stage_powers(), balance.outside.light_at(self.time_s)
        self.trend = np.zeros_like(balance.area)

    def run(
        self, stop: float, outputs: Iterable[float], events: Iterable[float], observers: Sequence[Observer]
    ) -> Iterator[State]:
        """Yield states at outputs and at the end, but for those that were yielded since the start."""
        jumps = set(self.model.jumps)
        wanted = {t for t in (*outputs, stop) if max(self.yielded_s, self.time_s) <= t <= stop}
        wanted = (wanted | {self.time_s} if self.steps == 0 else wanted) - {self.yielded_s}
        stops = sorted(wanted | {t for t in (*events, *jumps) if self.time_s <= t < stop})
        for target in stops:
            if 0.0 < target - self.time_s < SHORTEST_STEP_S:
                # Over so short a step the flux, a difference of enthalpies by the step, is rounding alone.
                self.time_s = target
            while self.time_s < target:
                self._advance(target, jump=target in jumps)
                if observers:
                    self._show(observers)
            if target in wanted:
                self.yielded_s = target
                yield self.state()
            if target in jumps:
                self._pass_jump()

    def _pass_jump(self) -> None:
        """Go on behind a jump of a load."""
        self.restart()
        self.step_s = min(self.step_s, self.model.shortest_load_s / 100.0)

    def _advance(self, target: float, *, jump: bool) -> None:
        """Make one accepted step towards ``target``, where a load may jump: it is taken just before."""
        balance = self.balance
        owned = balance.network.owned
        T0, h0 = balance.T[:owned].copy(), balance.enthalpy.copy()
        faces = (T0, T0) if balance.even_walls else (balance.Tf.copy(), balance.Tb.copy())
        while True:
            remaining = target - self.time_s
            wanted = self.step_s
            dt = fit(wanted, remaining)
            end_s = self.time_s + dt - (JUST_BEFORE_S if jump and dt == remaining else 0.0)
            light = [self.light, *map(balance.outside.light_at, (self.time_s + GAMMA * dt, end_s))]
            missed = self._light_error(dt, light)
            trial = self._try(h0, dt, end_s) if missed <= 1.0 else None
            solved = trial and max(missed, trial.error_k / self.tolerance_k)
            error = solved if missed <= 1.0 else missed
            decision = decide(dt, wanted, error, held=self.time_s + dt < self.failed_s)
            self.step_s = decision.step_s
            if decision.accept and trial is not None:
                break
            self.rejected += 1
            self.failed_s = self.time_s + dt
            balance.T[:owned], balance.Tf[:], balance.Tb[:] = T0, *faces
            if dt < SHORTEST_STEP_S:
                raise ConvergenceError(self._stuck())
        powers = trial.powers
        for name in powers[0]:
            gained = dt * sum(w * p[name] for w, p in zip(WEIGHTS, powers, strict=True))
            self.energies[name] = self.energies.get(name, 0.0) + gained
        self.stored_j += stages.heat_gained(balance.storage, balance.enthalpy, h0)
        self.flux, self.powers, self.light = trial.flux, powers[-1], light[-1]
        self._last_light = light
        if self.profile is not None:
            self.profile.accept()
        self.trend = stages.rate_of_change(balance.T[:owned], T0, 1.0 / dt)
        self.time_s = target if dt == remaining else self.time_s + dt
        self.steps += 1
        self.last_step_s = dt

    def _light_error(self, dt: float, light: Sequence[Faces]) -> float:
        """Error of the dose in a step over what is allowed, from the sunlight at its stages."""
        return self.error.of_light(dt, light)

    def _try(self, h0: NDArray[np.float64], dt: float, end_s: float) -> Trial | None:
        """Solve the two implicit stages; ``end_s`` is when the loads of the last are taken."""
        balance, tolerance = self.balance, self.stage_share * self.tolerance_k
        rate = 1.0 / (DIAGONAL * dt)
        balance.forget()
        owned = balance.T[: balance.network.owned]
        start = owned.copy()
        balance.shift(self.trend, GAMMA * dt)
        balance.set_time(self.time_s + GAMMA * dt)
        history = stages.history_of_middle(h0, DIAGONAL * dt, self.flux)
        if self.profile is not None:
            self.profile.prepare_middle(dt)
        if not balance.solve(history, rate, tolerance):
            return None
        middle = stages.rate_of_change(balance.enthalpy, history, rate)
        if self.profile is not None:
            self.profile.close_middle(dt)
        powers = [self.powers, balance.stage_powers()]
        balance.shift(owned - start, (1.0 - GAMMA) / GAMMA)
        balance.set_time(end_s)
        if self.profile is not None:
            self.profile.prepare_end(dt)
        history = stages.history_of_end(h0, WEIGHT * dt, self.flux, middle)
        if not balance.solve(history, rate, tolerance):
            return None
        end = stages.rate_of_change(balance.enthalpy, history, rate)
        powers.append(balance.stage_powers())
        through = None if self.profile is None else self.profile.error(dt)
        error_k = self.error.of_temperature(dt, rate, (self.flux, middle, end), through)
        return Trial(error_k, end, powers)

    def heat_capacity(self) -> float:
        """Heat capacity of the whole model at the present temperatures, J/K, over all ranks."""
        balance = self.balance
        own = float(balance.area @ balance.capacities())
        return sum(self.comm.allgather(own)) if self.comm.size > 1 else own

    def ledger(self) -> Ledger:
        """Energies over all ranks since the start."""
        total = self.total({**self.energies, "stored": self.stored_j})
        sinks = {name for name in total if name.startswith("sink:")}
        emitted = set(self.model.emissions)
        return Ledger(
            absorbed_j=fsum(v for k, v in total.items() if k not in sinks | emitted | {"stored"}),
            emitted_j=fsum(total.get(name, 0.0) for name in emitted),
            conducted_j=fsum(total[name] for name in sinks),
            stored_j=total["stored"],
        )

    def state(self) -> State:
        """Gather the present state."""
        balance = self.balance
        mean = self.gather(balance.T[: balance.network.owned])
        faces = (mean, mean) if balance.even_walls else (self.gather(balance.Tf), self.gather(balance.Tb))
        temperature, front, back = (
            {name: field[s].copy() for name, s in self.model.slices.items()} for field in (mean, *faces)
        )
        return State(
            time_s=self.time_s,
            step_s=self.last_step_s,
            temperature=temperature,
            front=front,
            back=back,
            powers_w=self.total(self.powers),
            ledger=self.ledger(),
            steps=self.steps,
            rejected=self.rejected,
            newton_iterations=balance.newton_iterations,
            linear_iterations=balance.solver.iterations,
        )

    def _show(self, observers: Sequence[Observer]) -> None:
        """Show all observers the step."""
        balance, vertex = self.balance, self.balance.network.vertex[: self.balance.network.owned]
        T = balance.T[: len(vertex)].copy()
        faces = (T, T) if balance.even_walls else (balance.Tf.copy(), balance.Tb.copy())
        light = mean_light(self._last_light)
        step = Step(self.time_s, self.last_step_s, T, *faces, *light, self.model.slices, vertex, self.comm)
        for observer in observers:
            observer.observe(step)

    def total(self, values: dict[str, float]) -> dict[str, float]:
        """Sum values of this name over all ranks."""
        if self.comm.size == 1:
            return dict(values)
        everywhere = self.comm.allgather(values)
        return {name: sum(v[name] for v in everywhere) for name in values}

    def _stuck(self) -> Problem:
        balance = self.balance
        worst = int(np.argmax(np.abs(balance.residual) / balance.local))
        part = self.model.parts[int(balance.part[worst])]
        return Problem(
            "no-convergence",
            f"part {part.name!r}",
            f"the solver found no step at t = {self.time_s:.1f} s; hardest is the vertex at "
            f"{balance.T[worst]:.1f} K",
            "check the loads there, or loosen solver.tolerance",
        )
