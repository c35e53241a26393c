"""Engine for Slurm: one job array, each task of which runs one range of members.

The job's number is kept beside its script: a sweep that was interrupted follows the array that is still
queued instead of submitting a second one.
"""

from __future__ import annotations

import itertools
import math
import re
import shlex
import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.core.errors import EnvironmentProblemError, Problem
from thermal.study.engines import THREADS, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

TASKS = 200
"""Tasks of an array that we aim at."""

MOST_TASKS = 1000
"""Tasks of an array where the cluster does not say what it takes (MaxArraySize, 1001 by default)."""

LEAST_CHUNK = 10
"""Members of a task that are worth starting a process on a node for."""

POLL_S, LONGEST_POLL_S = 10.0, 30.0
"""Seconds between two looks at the queue, at first and after a while."""
BACK_OFF = 1.2
"""What every look that finds nothing new lengthens the time to the next by."""

ORDINARY = frozenset({"", "None", "Priority", "Resources", "BeginTime", "JobArrayTaskLimit"})
"""Reasons to wait in the queue that need no word."""


@dataclass(frozen=True, slots=True)
class SlurmEngine:
    """A Slurm job array.

    Parameters
    ----------
    command
        How a node starts the program: ``("lunarflag",)``, or ``("apptainer", "run", "lunarflag.sif")``.
    options
        Further options of ``sbatch``, such as ``"--partition=short"``.
    threads
        Threads, and so processors, of a task.
    tell
        Receives one line about what is submitted, and why it waits.
    most_at_once
        Tasks that may run at the same time; 0 for no limit.
    poll_s
        Seconds between two looks at the queue, at first.

    """

    command: tuple[str, ...]
    options: tuple[str, ...]
    threads: int
    tell: Callable[[str], None]
    most_at_once: int = 0
    poll_s: float = POLL_S

    def chunk(self, members: int) -> int:
        """Members that one task should have."""
        return max(LEAST_CHUNK, math.ceil(members / TASKS))

    def run(self, directory: Path, rounds: Iterator[list[Range]]) -> None:
        """Submit each round as one array, or follow the one that is queued, until none of its tasks is left.

        Raises
        ------
        EnvironmentProblemError
            Slurm is not here or refuses.

        """
        study = directory.resolve()
        folder = study / "slurm"
        folder.mkdir(exist_ok=True)
        memory = folder / "job"
        for ranges in rounds:
            job = memory.read_text(encoding="ascii") if memory.is_file() else ""
            if job and _queued(job):
                self.tell(f"following Slurm job {job}, which is still queued")
            else:
                tasks = share_out(ranges, _largest_array())
                job = self._submit(study, folder, tasks)
                memory.write_text(job, encoding="ascii")
                self.tell(f"submitted Slurm job {job}: {len(tasks)} tasks, their output is in {folder}")
            self._follow(job)
            memory.unlink(missing_ok=True)

    def _follow(self, job: str) -> None:
        """Wait until no task of the array is queued; say once why they wait if that is not ordinary."""
        pause, told = self.poll_s, set(ORDINARY)
        while _queued(job):
            for reason in _reasons(job) - told:
                told.add(reason)
                self.tell(f"Slurm job {job} waits: {reason}; see `scontrol show job {job}`")
            time.sleep(pause)
            pause = min(pause * BACK_OFF, max(LONGEST_POLL_S, self.poll_s))

    def _submit(self, study: Path, folder: Path, tasks: Sequence[Sequence[Range]]) -> str:
        table = folder / "ranges"
        lines = [",".join(f"{start}:{stop}" for start, stop in ranges) for ranges in tasks]
        table.write_text("\n".join(lines) + "\n", encoding="ascii")
        script = folder / "job.sh"
        script.write_text(self._script(study, table), encoding="utf-8")
        return _slurm(
            "sbatch",
            "--parsable",
            "--requeue",
            "--job-name=lunarflag",
            f"--cpus-per-task={self.threads}",
            f"--array=0-{len(tasks) - 1}{f'%{self.most_at_once}' if self.most_at_once else ''}",
            f"--output={folder}/task-%a.log",
            *self.options,
            str(script),
        ).split(";")[0]

    def _script(self, study: Path, table: Path) -> str:
        exports = "\n".join(f'export {name}="${{{name}:-{self.threads}}}"' for name in THREADS)
        return (
            "#!/bin/bash\n"
            f"{exports}\n"
            f'range=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" {shlex.quote(str(table))})\n'
            f'exec {shlex.join(self.command)} sweep run {shlex.quote(str(study))} --index "$range"\n'
        )


def share_out(ranges: Sequence[Range], most: int) -> list[Sequence[Range]]:
    """Share ranges out to at most so many tasks, as evenly as whole ranges allow."""
    count = min(len(ranges), most)
    edges = [len(ranges) * number // count for number in range(count + 1)]
    return [ranges[start:stop] for start, stop in itertools.pairwise(edges)]


def _largest_array() -> int:
    """Tasks that an array may have here: MaxArraySize is one more than the highest number of a task."""
    try:
        said = re.search(r"MaxArraySize\s*=\s*(\d+)", _slurm("scontrol", "show", "config"))
    except EnvironmentProblemError:
        return MOST_TASKS
    return max(1, int(said[1]) - 1) if said is not None else MOST_TASKS


def _reasons(job: str) -> set[str]:
    """Why tasks of the array wait, as Slurm has it."""
    try:
        said = _slurm("squeue", "--noheader", f"--jobs={job}", "--states=PENDING", "--format=%r")
    except EnvironmentProblemError:
        return set()
    return {line.strip() for line in said.splitlines()}


def _queued(job: str) -> bool:
    """Whether any task of the array waits or runs; a controller that does not answer is asked again later."""
    try:
        return bool(_slurm("squeue", "--noheader", f"--jobs={job}", "--format=%i"))
    except EnvironmentProblemError as error:
        return not any("Invalid job id" in problem.message for problem in error.problems)


def _slurm(program: str, *arguments: str) -> str:
    """Run a program of Slurm and return what it prints.

    Raises
    ------
    EnvironmentProblemError
        It is not here, or fails.

    """
    found = shutil.which(program)
    if found is None:
        raise EnvironmentProblemError(
            Problem(
                "slurm-missing",
                program,
                "Slurm is not on this machine",
                "log in to the cluster, or use --jobs or --scheduler",
            )
        )
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)  # noqa: S603  (found above)
    if done.returncode != 0:
        raise EnvironmentProblemError(
            Problem(
                "slurm-refused",
                program,
                done.stderr.strip() or f"exit code {done.returncode}",
                "see --slurm-option",
            )
        )
    return done.stdout.strip()
