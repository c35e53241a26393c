"""Runs that give the same numbers on any number of ranks: tight solves, and steps that can be prescribed.

A stage is solved to a share of the tolerance. Sums over ranks are rounded otherwise on another number
of ranks, so that iterations may stop at another place within that. Where every stage is solved to a
nanokelvin nothing is left that could differ but rounding, and the controller, whose steps are rounded, takes
the same steps. A difference that falls on the edge of two rounded steps is still possible: the steps of an
earlier run can be followed instead.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.problems import Problem
from thermal.core.errors import ConvergenceError
from thermal.heat.time.integrator import Integrator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from thermal.heat.time.integrator import Trial
    from thermal.heat.time.step_error import Faces

TIGHT_K: Final = 1e-9
"""Error allowed in the solution of a stage: 1e-11 of a cold night's temperature."""


class ReproducibleIntegrator(Integrator):
    """An integrator whose stages are solved to :data:`TIGHT_K`; arguments as for :class:`Integrator`."""

    _given: NDArray[np.float64] | None = None

    def follow(self, steps_s: NDArray[np.float64]) -> None:
        """Take these steps from here on instead of choosing them.

        Parameters
        ----------
        steps_s
            (n,) lengths of all accepted steps since the start of a run of the same case, s; those before the
            present one are passed over.

        """
        self._given = steps_s

    def begin(self, time_s: float, given: NDArray[np.float64] | None) -> None:
        """Start as :meth:`Integrator.begin` does, with an equilibrium that is as tight as the stages."""
        with self._tight():
            super().begin(time_s, given)

    def _advance(self, target: float, *, jump: bool) -> None:
        if self._given is None:
            super()._advance(target, jump=jump)
            return
        if self.steps >= len(self._given):
            raise ConvergenceError(self._other_steps("the recorded steps end before the run does"))
        wanted = self.step_s = float(self._given[self.steps])
        super()._advance(target, jump=jump)
        if self.last_step_s != wanted:
            raise ConvergenceError(self._other_steps("a recorded step cannot be followed"))

    def _try(self, h0: NDArray[np.float64], dt: float, end_s: float) -> Trial | None:
        with self._tight():
            trial = super()._try(h0, dt, end_s)
        if self._given is None or trial is None:
            return trial
        return trial._replace(error_k=0.0)  # a prescribed step has been judged already

    def _light_error(self, dt: float, light: Sequence[Faces]) -> float:
        return super()._light_error(dt, light) if self._given is None else 0.0

    @contextmanager
    def _tight(self) -> Iterator[None]:
        """Let stages be solved as if the tolerance were far smaller; steps are judged by the true one."""
        tolerance_k = self.tolerance_k
        self.tolerance_k = TIGHT_K / self.stage_share
        try:
            yield
        finally:
            self.tolerance_k = tolerance_k

    def _other_steps(self, message: str) -> Problem:
        return Problem(
            "other-steps",
            f"t = {self.time_s:.1f} s",
            message,
            "follow a result of the same case that this version of lunarflag made, or leave out --steps",
        )
