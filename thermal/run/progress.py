"""How far a run is, on a terminal only."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from thermal.core.constants import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thermal.heat.time.cycle import Cycle
    from thermal.results.groups.steps import StepLog
    from thermal.results.writing.state import StepLike


class RunProgress:
    """Observer that moves a bar.

    Parameters
    ----------
    bar, task
        The bar, already shown, and its line.
    duration_s
        Length of the run, s.
    log
        The step log, which observes before this one and knows the extremes.
    phase
        Tells the phase of the day at a time in s.

    """

    def __init__(
        self, bar: Progress, task: TaskID, duration_s: float, log: StepLog, phase: Callable[[float], str]
    ) -> None:
        self._bar, self._log, self._phase = bar, log, phase
        self._task = task
        bar.update(task, total=duration_s)
        self._days = duration_s / DAY

    def search(self, cycle: Cycle) -> None:
        """Show how far the search for a periodic state is, after each of its lunations."""
        away = f"{cycle.distance_k[-1]:.2g} K"
        self._bar.update(
            self._task, state=f"looking for the periodic state: lunation {cycle.periods}, {away} away"
        )

    def observe(self, step: StepLike) -> None:
        """Show the end of a step."""
        low, high = self._log.extremes
        self._bar.update(
            self._task,
            completed=step.time_s,
            state=f"{step.time_s / DAY:6.2f} of {self._days:.2f} d  {self._phase(step.time_s)}"
            f"  {low:5.1f} to {high:5.1f} K  step {step.step_s:7.1f} s",
        )


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Callable[..., RunProgress] | None]:
    """Open a progress bar on stderr.

    Parameters
    ----------
    quiet
        Whether to show none in any case; there is none off a terminal either.

    Yields
    ------
    Callable or None
        Makes the observer (:class:`RunProgress` without its first argument), or None for no bar.

    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.fields[state]}"),
        BarColumn(bar_width=None),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        task = bar.add_task("", total=None, state="preparing sky and scene")
        yield lambda *arguments: RunProgress(bar, task, *arguments)
