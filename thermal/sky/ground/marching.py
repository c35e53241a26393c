"""March a regolith column through given steps: SDIRK2 in enthalpy form, Newton on the tridiagonal system.

Alexander's two-stage method with gamma = 1 - 1/sqrt(2) is L-stable, second order and stiffly accurate, and
has no memory, so that one lunar day is a map of the temperatures alone.  What enters a control volume is
counted at the stages, hence energy is conserved to the accuracy of the Newton iteration.  Conduction uses
the exact integral of k over temperature at each interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.core.errors import ConvergenceError, Problem
from thermal.sky.ground.kernel import GAMMA, Discrete, advance, advance_side_by_side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.sky.ground.regolith import Column

__all__ = ["GAMMA", "March", "SideBySide", "march"]


@dataclass(frozen=True, slots=True)
class March:
    """A march's outcome.

    Parameters
    ----------
    history
        Temperatures of the recorded vertices at every time, shape (steps + 1, recorded).
    final
        Temperatures of all vertices at the end, shape (n,).
    sensitivity
        Derivative of `final` with respect to the start, shape (n, n); empty unless asked for.
    emitted
        Energy the surface emitted, J/m2.

    """

    history: NDArray[np.float64]
    final: NDArray[np.float64]
    sensitivity: NDArray[np.float64]
    emitted: float


def march(
    column: Column,
    start: NDArray[np.float64],
    steps: NDArray[np.float64],
    absorbed: NDArray[np.float64],
    *,
    recorded: int = 1,
    sensitivity: bool = False,
) -> March:
    """March the column.

    Parameters
    ----------
    column
        The grid and material.
    start
        Temperatures in K, shape (n,).
    steps
        Step lengths in s, shape (m,).
    absorbed
        Power the surface absorbs at the two stages of each step in W/m2, shape (m, 2).
    recorded
        How many vertices, counted from the surface, the history holds.
    sensitivity
        Also propagate the derivative with respect to the start.

    Raises
    ------
    ConvergenceError
        The Newton iteration of a step did not settle.

    """
    size = start.size
    history = np.empty((steps.size + 1, recorded))
    final = start.astype(np.float64)
    tangent = np.eye(size) if sensitivity else np.empty((0, 0))
    discrete = _discrete(column)
    failed, emitted = advance(
        final, tangent, history, np.ascontiguousarray(steps), np.ascontiguousarray(absorbed), discrete
    )
    if failed >= 0:
        raise _unsettled(f"ground step {failed}", float(steps[failed]))
    return March(history, final, tangent, emitted)


class SideBySide:
    """Columns of one material that march together, what each absorbs being told stage by stage.

    Parameters
    ----------
    column
        Grid and material of all.
    start
        (columns, n) K.

    Attributes
    ----------
    surface
        (columns,) present temperatures of the surface, K: live.

    """

    def __init__(self, column: Column, start: NDArray[np.float64]) -> None:
        self._temperature = np.array(start, np.float64)
        self._energy = np.empty_like(self._temperature)
        self._discrete = _discrete(column)
        self.surface = self._temperature[:, 0]

    def solve_stage(self, number: int, step_s: float, absorbed: NDArray[np.float64]) -> None:
        """Make stage 1 of a step, to GAMMA of it, or stage 2, to its end.

        Parameters
        ----------
        number
            1 or 2.
        step_s
            Length of the whole step, s.
        absorbed
            (columns,) what their surfaces absorb at the stage, W/m2.

        Raises
        ------
        ConvergenceError
            A column did not settle.

        """
        failed = advance_side_by_side(
            self._temperature, self._energy, GAMMA * step_s, absorbed, self._discrete, number
        )
        if failed >= 0:
            raise _unsettled(f"ground column {failed}", step_s)


def _discrete(column: Column) -> Discrete:
    material = column.regolith
    return Discrete(column.mass, column.coupling, material.emissivity * STEFAN_BOLTZMANN, material.heat_flow)


def _unsettled(where: str, step_s: float) -> ConvergenceError:
    message = f"the regolith column did not settle in a step of {step_s:.6g} s"
    return ConvergenceError(
        Problem("ground-not-converged", where, message, "look for jumps in the Sun table")
    )
