"""A case run into a result file: what the command line and the studies do."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from thermal.core.constants import LUNATION
from thermal.core.errors import InterruptedRunError, Problem
from thermal.heat.model.data_range import data_ranges
from thermal.results.groups.cycle import cycle_fields
from thermal.results.groups.data_range import range_fields
from thermal.results.groups.sky import phase
from thermal.results.groups.steps import StepLog
from thermal.results.groups.years import ahead_fields
from thermal.results.layout.field import Field
from thermal.results.layout.mesh import Probe
from thermal.results.writing.paths import check_output
from thermal.results.writing.writer import ResultWriter
from thermal.run.checkpoints import Checkpoints
from thermal.run.gather import WholeSteps
from thermal.run.inputs_used import inputs_of
from thermal.run.interrupts import SignalStop
from thermal.run.replay import recorded_steps
from thermal.run.resume import Options, check_inputs, find_checkpoint, is_finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mpi4py import MPI

    from materials import Database
    from thermal.case import Case
    from thermal.endurance.observe.observer import Endurance
    from thermal.endurance.projection.lunations import Watch
    from thermal.endurance.projection.projection import Ahead
    from thermal.endurance.verdict.stacks import End
    from thermal.heat.model.data_range import DataRange
    from thermal.heat.time.state import Observer, State
    from thermal.simulation import Simulation

MakeProgress: TypeAlias = "Callable[[float, StepLog, Callable[[float], str]], Observer]"


def record(
    case: Case,
    path: Path,
    *,
    force: bool = False,
    resume: bool = False,
    stack: End | None = None,
    years: float | None = None,
    reproducible: bool = False,
    steps: Path | None = None,
    progress: MakeProgress | None = None,
) -> None:
    """Run a case and write its result file; under MPI on all ranks, of which the first writes.

    Endurance follows the run; its fields and verdict are stored too.

    Parameters
    ----------
    case
        The case.
    path
        The result file to be.
    force
        Whether an older result may be replaced.
    resume
        Whether a run of the same case that was stopped goes on from its checkpoint; without one it begins,
        and where the result is complete nothing is done.
    stack
        Run the case with every uncertain input at its hot or cold end.
    years
        How far to look ahead after the run by cycle jump; the verdict is that at this horizon.
    reproducible
        Whether any number of ranks has to give the same numbers, to 1e-10 of them.
    steps
        Result of an earlier run of the case, whose steps are taken; it makes the run reproducible.
    progress
        Makes an observer that shows how far the run is, from its duration in s, its step log, and a function
        that tells the phase of the day.

    Raises
    ------
    CaseError
        If the result cannot be written there, or the case to be resumed or how it is run has changed, before
        anything is computed.
    InterruptedRunError
        If a signal stopped the run; what was computed stays in the partial file.
    LedgerError, ConvergenceError, EnvironmentProblemError
        If the run fails, or the disk is full.

    """
    from mpi4py import MPI

    from materials import load_database
    from thermal.endurance.observe.observer import Endurance
    from thermal.endurance.verdict.stacks import stacked

    comm, database = MPI.COMM_WORLD, load_database()
    if stack is not None:
        case, database = stacked(case, database, stack)
    options = Options(stack or "", reproducible or steps is not None, years or 0.0)
    if comm.rank == 0:
        check_output(path, force=force or resume, kept={case.path: "the case file"})
    checkpoint = find_checkpoint(path, case, options) if resume and comm.rank == 0 else None
    if comm.bcast(resume and comm.rank == 0 and is_finished(path, case, options)):
        return
    with ExitStack() as open_now:
        stop = open_now.enter_context(SignalStop(comm))
        simulation = _simulation(case, database, comm, steps, reproducible=reproducible)
        sky, log = simulation.environment, StepLog(simulation.shown_parts, probes_of(case), comm)
        observers: list[Observer] = [log]
        if progress is not None and comm.rank == 0:
            shown = progress(case.run.duration, log, lambda time_s: phase(sky.at(time_s), case.site.latitude))
            observers.append(shown)
            simulation.watch = getattr(shown, "search", None)
        endurance = Endurance(case, simulation.scene, database) if comm.rank == 0 else None
        observers.append(WholeSteps(endurance, comm))
        observers.append(stop)
        writer = None
        if endurance is not None:
            inputs = replace(
                inputs_of(case, database),
                stack=options.stack,
                reproducible=options.reproducible,
                years_ahead=options.years,
            )
            if checkpoint is not None:
                check_inputs(path, inputs)
                endurance.restore(checkpoint.observer)
            rows = None if checkpoint is None else checkpoint.rows
            writer = ResultWriter(path, inputs, log, environment=sky, ranks=comm.size, resume=rows)
            open_now.enter_context(writer)
        checkpoints = Checkpoints(simulation, writer, endurance, comm)
        snapshot = comm.bcast(None if checkpoint is None else checkpoint.snapshot)
        try:
            ranges = data_ranges(simulation.scene.walls)
            _write_states(simulation.run(observers, snapshot), writer, checkpoints, ranges)
            checkpoints.finish(more_work=years is not None)
            if writer is not None and endurance is not None:
                alone = [stop] if comm.size == 1 else []  # a signal's news is shared by all ranks
                watch = _watch(progress, log, alone)
                ahead = _ahead(case, database, endurance, years, watch)
                _write_endurance(writer, endurance, ahead, _behind(simulation))
        except InterruptedRunError as error:
            if stop.between_steps:
                checkpoints.write()
            raise InterruptedRunError(_with_partial(error.problems[0], writer, case)) from error


def _simulation(
    case: Case, database: Database, comm: MPI.Intracomm, steps: Path | None, *, reproducible: bool
) -> Simulation:
    """Build what is run, on all ranks together; the first reads the steps that are to be taken."""
    from thermal.simulation import Simulation

    steps_s = comm.bcast(None if steps is None or comm.rank else recorded_steps(steps, case))
    simulation = Simulation(case, database)
    simulation.reproducible, simulation.steps_s = reproducible or steps is not None, steps_s
    return simulation


def _write_states(
    states: Iterator[State],
    writer: ResultWriter | None,
    checkpoints: Checkpoints,
    ranges: Sequence[DataRange],
) -> None:
    """Store every output, and with the first where the data hold and how the periodic state was found."""
    for state in states:
        if writer is not None:
            writer.write(state)
            if writer.outputs == 1:
                for part in state.temperature:
                    writer.write_group(f"data_range/{part}", range_fields(ranges, part))
                if state.cycle is not None:
                    writer.write_group("cycle", cycle_fields(state.cycle))
        checkpoints.after_output()


def _ahead(
    case: Case, database: Database, endurance: Endurance, years: float | None, watch: Watch
) -> Ahead | None:
    """Look ahead if that is asked for, with bodies in balance: one lunation settles no heavy one."""
    if years is None:
        return None
    from thermal.endurance.projection.projection import look_ahead

    boxes = tuple(box.model_copy(update={"heat_capacity": None}) for box in case.box)
    light = case.model_copy(update={"box": boxes})
    return look_ahead(light, database, endurance, years, watch=watch)


def _watch(progress: MakeProgress | None, log: StepLog, always: Sequence[Observer]) -> Watch:
    """Show each lunation of the years ahead like a run of its own."""

    def observers(number: int) -> list[Observer]:
        shown = [] if progress is None else [progress(LUNATION, log, lambda _t: f"lunation {number}")]
        return [*always, *shown]

    return observers


def _write_endurance(writer: ResultWriter, endurance: Endurance, ahead: Ahead | None, behind: int) -> None:
    """Store what the run did to the cloth, what the years ahead of it bring, and the verdict.

    ``behind`` vertices of bodies stand behind cloth and tubes: endurance has nothing to say of them.
    """
    found = endurance.fields()
    fields = _with_bodies({name: Field(*field) for name, field in found.items()}, behind)
    for name, series in endurance.series().items():
        fields[f"{name}_time"] = Field(series.time_s, "s", f"time of {name}")
        fields[name] = Field(series.values, series.unit, series.long_name)
    writer.write_group("endurance", fields)
    if ahead is not None:
        writer.write_group("years", _with_bodies(ahead_fields(ahead, found), behind))
    verdict = endurance.verdict() if ahead is None else ahead.verdict
    writer.write_verdict(verdict.to_json())


def _behind(simulation: Simulation) -> int:
    """Count the vertices that a result has of bodies and ground, which stand behind cloth and tubes."""
    walls, shown = simulation.scene.parts, simulation.shown_parts
    return sum(len(part.points) for name, part in shown.items() if name not in walls)


def _with_bodies(fields: dict[str, Field], behind: int) -> dict[str, Field]:
    """Lengthen what is known at every vertex of cloth and tubes by the bodies behind them, as nan."""
    if not behind:
        return fields
    size = max((len(field.values) for field in fields.values() if np.ndim(field.values) == 1), default=0)
    unknown = np.full(behind, np.nan)
    return {
        name: replace(field, values=np.concatenate([field.values, unknown]))
        if np.shape(field.values) == (size,)
        else field
        for name, field in fields.items()
    }


def probes_of(case: Case) -> list[Probe]:
    """Give the probes a case asks for."""
    return [Probe(probe.name, probe.part, probe.at) for probe in case.output.probe]


def _with_partial(problem: Problem, writer: ResultWriter | None, case: Case) -> Problem:
    """Say what is left of a run that was stopped."""
    if writer is None or not (writer.outputs or writer.checkpoint.exists()):
        return Problem(
            problem.code, problem.where, f"{problem.message} before its first output; nothing is kept"
        )
    kept = f"{writer.partial} holds its {writer.outputs} outputs"
    if not writer.outputs:
        kept = f"{writer.checkpoint} holds what the search for the periodic state has found"
    again = f"go on by `lunarflag run {case.path} -o {writer.path} --resume`, with the same options"
    return Problem(problem.code, problem.where, f"{problem.message}; {kept}", again)
