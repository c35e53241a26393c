"""The periodic state: the temperatures that come back after a lunation.

Marching loses what it started with at the pace of the slowest body: a cloth within an hour, a lander on thin
feet within many lunations. The map from the temperatures at the start of a period to those at its end has few
slow directions, so its fixed point is found by Anderson acceleration in a handful of periods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.problems import Problem
from thermal.core.errors import ConvergenceError
from thermal.heat.model.law import GRID
from thermal.heat.time.anderson import Anderson, Past
from thermal.heat.time.cycle import Cycle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from thermal.heat.model.heat_model import HeatModel
    from thermal.heat.time.integrator import Integrator

FEWEST_PERIODS: Final = 3
"""The first forgets the start of the light parts; only then two images show how slow the heavy ones are."""
MOST_PERIODS: Final = 60
REACH_K: Final = 100.0
"""Farthest that a temperature is moved away from the image of the last period."""
COLDEST_K: Final = 3.0
ROOM_K: Final = 300.0


@dataclass(frozen=True)
class Search:
    """What a search has found up to the start of a period: with the integrator there, it can go on.

    Parameters
    ----------
    past
        What the acceleration remembers.
    cycle
        Residuals of the periods that were run.

    """

    past: Past
    cycle: Cycle


def find_cycle(
    integrator: Integrator,
    period_s: float,
    tolerance_k: float,
    events: Sequence[float] = (),
    *,
    most: int = MOST_PERIODS,
    watch: Callable[[Cycle], None] | None = None,
    keep: Callable[[Search], None] | None = None,
    search: Search | None = None,
) -> Cycle:
    """Bring an integrator to the start of its periodic state.

    Parameters
    ----------
    integrator
        Stands at the start of a period, at a first guess; afterwards at the same time in the periodic state.
    period_s
        Length of the period of all loads, s.
    tolerance_k
        Distance from the periodic state allowed at any vertex, K.
    events
        Times within the first period that a step must end on, s.
    most
        Periods after which to give up.
    watch
        Called after every period.
    keep
        Called on every rank when the integrator stands at the start of the next period.
    search
        What an earlier search kept; the integrator stands where it stood then.

    Returns
    -------
    Cycle
        Residuals of every period.

    Raises
    ------
    ConvergenceError
        Where the distance stays above the tolerance.

    """
    start_s, model, comm = integrator.time_s, integrator.model, integrator.comm
    acceleration = Anderson(_weights(model), REACH_K)
    history: dict[str, list[float]] = {part.name: [] for part in model.parts}
    distances: list[float] = []
    if search is not None:
        acceleration.recall(search.past)
        history = {name: list(values) for name, values in search.cycle.residual_k.items()}
        distances = list(search.cycle.distance_k)
    here = integrator.gather(integrator.balance.T[: integrator.balance.network.owned])
    while len(distances) < most:
        for _ in integrator.run(start_s + period_s, (), events, ()):
            pass
        image = integrator.gather(integrator.balance.T[: integrator.balance.network.owned])
        proposed = acceleration.propose(here, image)
        following = comm.bcast(np.maximum(proposed, COLDEST_K))
        for name, where in model.slices.items():
            history[name].append(float(np.abs(image[where] - here[where]).max()))
        distances.append(float(np.abs(following - here).max()))
        cycle = Cycle({name: tuple(values) for name, values in history.items()}, tuple(distances))
        if watch is not None:
            watch(cycle)
        here = following
        integrator.begin(start_s, here)
        if len(distances) >= FEWEST_PERIODS and distances[-1] <= tolerance_k:
            return cycle
        if keep is not None:
            keep(Search(acceleration.past, cycle))
    raise ConvergenceError(_unsteady(cycle, most))


def _weights(model: HeatModel) -> NDArray[np.float64]:
    """Heat capacities of all vertices at room temperature, over their sum, (size,).

    Conduction is symmetric in this measure, so that slow and fast directions of the map stand at right
    angles: what is left of a residual that slow differences explain as well as they can is fast.
    """
    heat = np.concatenate(
        [
            part.surface.area * part.vertex_layers * np.interp(ROOM_K, GRID, part.heat_capacity.values)
            for part in model.parts
        ]
    )
    return np.asarray(heat / heat.sum())


def _unsteady(cycle: Cycle, most: int) -> Problem:
    slowest = max(cycle.residual_k, key=lambda name: cycle.residual_k[name][-1])
    return Problem(
        "not-periodic",
        f"part {slowest!r}",
        f"no periodic state within {cycle.distance_k[-1]:.2g} K was found in {most} periods",
        'loosen solver.tolerance, or start nearer by initial = "250 K"',
    )
