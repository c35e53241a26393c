"""The error of a step: estimated at every vertex, and judged as one number."""

from __future__ import annotations

from math import inf, isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import SOLAR_CONSTANT
from thermal.heat.solver import kernels
from thermal.heat.time.scheme import ERROR_WEIGHTS, THIRD_ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.heat.solver.balance import HeatBalance

    Faces = tuple[NDArray[np.float64], NDArray[np.float64]]


LEAST_FORGOTTEN = 0.1
"""Share of a step's error that counts as forgotten within it where a vertex forgets slowly or not at all."""

EVENED_OUT = 0.6
"""Part, as an exponent, that the error evened out by conduction has beside that of every vertex alone.

Found with the reference case and its outputs at several times: with 2/3 runs at 0.2 K were wrong by 0.6 K at
outputs just behind a kink, with 1/2 steps are a tenth more (docs/performance.md)."""

LIGHT_WEIGHTS = (0.5 - THIRD_ORDER[0], -THIRD_ORDER[1], 0.5 - THIRD_ORDER[2])
"""By what the trapezoidal rule differs from the third order in a step's light."""
LIGHT_J_M2 = 360.0 * SOLAR_CONSTANT
"""A tenth of a sun hour: estimated error of the dose on a part that a step may make.

Doses are summed over steps, and cloth follows light so closely that its temperature alone would let a step
pass over a shadow. The estimate is that of the trapezoidal rule; doses take :func:`mean_light`, which errs by
half of it or less."""


def mean_light(light: Sequence[Faces]) -> Faces:
    """Mean sunlight within a step from that at its stages, (owned,) W/m2 on each face, to the third order."""
    front, back = (np.empty_like(face) for face in light[0])
    for mean, *face in zip((front, back), *light, strict=True):
        kernels.combine(*THIRD_ORDER, *face, mean)
    return front, back


class StepError:
    """Error of the steps of a balance.

    Parameters
    ----------
    balance
        The discretised model, read for its storage and the rates of the last stage.

    """

    def __init__(self, balance: HeatBalance) -> None:
        self._balance = balance
        self._error, self._heat = (np.zeros(balance.network.owned) for _ in range(2))
        self._total_area = [float((part.surface.area * part.judged).sum()) for part in balance.model.parts]
        judged = balance.model.each_vertex("judged")[balance.network.vertex[: balance.network.owned]]
        self._area = balance.area * judged
        self._rows = [(slice(int(a), int(b)), int(balance.part[a])) for a, b in balance.table[:, :2]]

    def of_temperature(
        self,
        dt: float,
        rate: float,
        fluxes: Sequence[NDArray[np.float64]],
        through: NDArray[np.float64] | None = None,
    ) -> float:
        """Error of a step over the share of it that is forgotten, K.

        The error of the enthalpies goes through the last stage's linear system (Hosea and Shampine 1996):
        radiation damps it, and conduction evens it out. But what is made at the end of a step, where a shadow
        arrives there, stays where it is until the next; so the error that each vertex makes by itself has a
        say (:data:`EVENED_OUT`).

        Parameters
        ----------
        dt, rate
            Step, s; rate of its stages, 1/s.
        fluxes
            Of the three stages, (owned,) W/m2 each.
        through
            Error of the profile through the walls, (owned,) K.

        """
        balance = self._balance
        weights = [dt * rate * weight for weight in ERROR_WEIGHTS]
        kernels.weigh(*weights, *fluxes, balance.storage, self._heat)
        kernels.divide(self._heat, balance.local, self._error)
        alone = self._counted(through)
        if balance.precondition.plain:
            return alone
        balance.damp(self._heat, self._error)
        return float(self._counted(through) ** EVENED_OUT * alone ** (1.0 - EVENED_OUT))

    def _counted(self, through: NDArray[np.float64] | None) -> float:
        """Norm of the errors, each over the share that is forgotten."""
        balance = self._balance
        kernels.count_forgotten(
            balance.local, balance.steepness, balance.outside.sink, LEAST_FORGOTTEN, self._error
        )
        if through is not None:
            self._error += through / LEAST_FORGOTTEN
        return self.norm(self._error)

    def of_light(self, dt: float, light: Sequence[Faces]) -> float:
        """Estimated error of the dose within a step over what is allowed.

        Parameters
        ----------
        dt
            Step, s.
        light
            Sunlight on front and back at the three stages, (owned,) W/m2 each.

        """
        if not self._balance.outside.has_sun:
            return 0.0
        self._error[:] = 0.0
        weights = [dt * weight for weight in LIGHT_WEIGHTS]
        for face in zip(*light, strict=True):
            kernels.estimate_light(*weights, *face, self._error)
        return self.norm(self._error) / LIGHT_J_M2

    def norm(self, error: NDArray[np.float64]) -> float:
        """Root mean square over the area of the part where it is largest, in the unit of the error.

        Where a part moves as one it is the largest error itself. A shadow's edge that jumps from vertex to
        vertex counts by its area: the mesh, not the step, limits what is known there.
        """
        area, comm = self._area, self._balance.comm
        sums = [0.0] * len(self._total_area)
        for here, part in self._rows:
            sums[part] = kernels.sum_of_squares(area[here], error[here])
        if comm.size > 1:
            sums = [sum(pieces) for pieces in zip(*comm.allgather(sums), strict=True)]
        squares = [square / whole for square, whole in zip(sums, self._total_area, strict=True)]
        return sqrt(max(squares)) if isfinite(sum(squares)) else inf
