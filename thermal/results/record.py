"""A case run into a result file: what the command line and the studies do."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from thermal.errors import InterruptedRunError, Problem
from thermal.results.array import Field
from thermal.results.checkpoints import Checkpoints
from thermal.results.cycle import cycle_fields
from thermal.results.interrupt import SignalStop
from thermal.results.mesh import Probe
from thermal.results.paths import check_output
from thermal.results.resuming import check_materials, find_checkpoint, is_finished
from thermal.results.sky import phase
from thermal.results.steps import StepLog
from thermal.results.used import inputs_of
from thermal.results.whole import WholeSteps
from thermal.results.writer import ResultWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from thermal.case import Case
    from thermal.endurance.observer import Endurance
    from thermal.endurance.stacks import End
    from thermal.heat.state import Observer, State


def record(
    case: Case,
    path: Path,
    *,
    force: bool = False,
    resume: bool = False,
    stack: End | None = None,
    progress: Callable[[float, StepLog, Callable[[float], str]], Observer] | None = None,
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
    progress
        Makes an observer that shows how far the run is, from its duration in s, its step log, and a function
        that tells the phase of the day.

    Raises
    ------
    CaseError
        If the result cannot be written there, or the case to be resumed has changed, before anything is
        computed.
    InterruptedRunError
        If a signal stopped the run; what was computed stays in the partial file.
    LedgerError, ConvergenceError, EnvironmentProblemError
        If the run fails, or the disk is full.

    """
    from mpi4py import MPI  # noqa: PLC0415  (reading a result needs neither MPI nor dolfinx)

    from materials import load_database  # noqa: PLC0415
    from thermal.endurance.observer import Endurance  # noqa: PLC0415
    from thermal.endurance.stacks import stacked  # noqa: PLC0415
    from thermal.simulation import Simulation  # noqa: PLC0415

    comm, database = MPI.COMM_WORLD, load_database()
    if stack is not None:
        case, database = stacked(case, database, stack)
    checkpoint = None
    if comm.rank == 0:
        check_output(path, force=force or resume, case=case.path)
        checkpoint = find_checkpoint(path, case) if resume else None
    if comm.bcast(resume and comm.rank == 0 and is_finished(path, case)):
        return
    with ExitStack() as open_now:
        stop = open_now.enter_context(SignalStop(comm))
        simulation = Simulation(case, database)
        sky, log = simulation.environment, StepLog(simulation.scene.parts, probes_of(case), comm)
        observers: list[Observer] = [log]
        if progress is not None and comm.rank == 0:
            observers.append(
                progress(case.run.duration, log, lambda time_s: phase(sky.at(time_s), case.site.latitude))
            )
        endurance = Endurance(case, simulation.scene, database) if comm.rank == 0 else None
        observers.append(WholeSteps(endurance, comm))
        observers.append(stop)
        writer = None
        if endurance is not None:
            inputs = replace(inputs_of(case, database), stack=stack or "")
            if checkpoint is not None:
                check_materials(path, inputs)
                endurance.restore(checkpoint.observer)
            rows = None if checkpoint is None else checkpoint.rows
            writer = ResultWriter(path, inputs, log, environment=sky, ranks=comm.size, resume=rows)
            open_now.enter_context(writer)
        checkpoints = Checkpoints(simulation, writer, endurance, comm)
        snapshot = comm.bcast(None if checkpoint is None else checkpoint.snapshot)
        try:
            _write_states(simulation.run(observers, snapshot), writer, checkpoints)
        except InterruptedRunError as error:
            if stop.between_steps:
                checkpoints.write()
            raise InterruptedRunError(_with_partial(error.problems[0], writer, case)) from error
        checkpoints.finish()
        if writer is not None and endurance is not None:
            _write_endurance(writer, endurance)


def _write_states(states: Iterator[State], writer: ResultWriter | None, checkpoints: Checkpoints) -> None:
    """Store every output, and with the first one how the periodic state was found."""
    for state in states:
        if writer is not None:
            writer.write(state)
            if state.cycle is not None and writer.outputs == 1:
                writer.write_group("cycle", cycle_fields(state.cycle))
        checkpoints.after_output()


def _write_endurance(writer: ResultWriter, endurance: Endurance) -> None:
    """Store what the run did to the cloth, and the verdict."""
    fields = {name: Field(*field) for name, field in endurance.fields().items()}
    for name, series in endurance.series().items():
        fields[f"{name}_time"] = Field(series.time_s, "s", f"time of {name}")
        fields[name] = Field(series.values, series.unit, series.long_name)
    writer.write_group("endurance", fields)
    writer.write_verdict(endurance.verdict().to_json())


def probes_of(case: Case) -> list[Probe]:
    """Give the probes a case asks for."""
    return [Probe(probe.name, probe.part, probe.at) for probe in case.output.probe]


def _with_partial(problem: Problem, writer: ResultWriter | None, case: Case) -> Problem:
    """Say what is left of a run that was stopped."""
    if writer is None or not writer.outputs:
        return Problem(
            problem.code, problem.where, f"{problem.message} before its first output; nothing is kept"
        )
    kept = f"{writer.partial} holds its {writer.outputs} outputs"
    again = f"go on by `lunarflag run {case.path} -o {writer.path} --resume`, with the same options"
    return Problem(problem.code, problem.where, f"{problem.message}; {kept}", again)
