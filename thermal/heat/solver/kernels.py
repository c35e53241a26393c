"""Compiled loops over the vertices of this rank that are not the balance itself.

Arrays run over owned vertices unless said otherwise; T has ghosts. Units are W and W/K a vertex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.core.kernels import fast_kernel
from thermal.heat.model.law import LOWEST
from thermal.heat.model.look_up import look_up
from thermal.heat.time.scheme import DIAGONAL

if TYPE_CHECKING:
    from thermal.core.kernels.types import Floats, Integers, Singles

TINY = 1e-300
"""W/K; stands for the rate of a vertex that has none."""


@fast_kernel(inline=True)
def relax_part(
    T: Floats,
    storage: Floats,
    value: Floats,
    integral: Floats,
    sink: Floats,
    sums: Floats,
    rate: float,
    residual: Floats,
    local: Floats,
    radiated: Floats,
    steepness: Floats,
    enthalpy: Floats,
    moved: Floats,
) -> None:
    """Move each vertex towards its own nonlinear balance, neighbours held: a start for Newton's method.

    What a vertex emits is taken as e y^4 + s (y - T), of the value and slope it has at T.
    """
    for i in range(moved.size):
        start = T[i]
        kept = storage[i] * rate
        held = sums[i] + sink[i]
        fourth = radiated[i] / (start * start * start * start)
        bent = steepness[i] - 4.0 * fourth * start * start * start
        known = residual[i] + kept * enthalpy[i] + radiated[i] + held * start + bent * start
        step = residual[i] / (local[i] + sums[i])
        y = min(max(start + step, 0.5 * start), 2.0 * start)
        h, c = look_up(value, integral, y)
        cube = fourth * y * y * y
        left = known - kept * h - cube * y - (held + bent) * y
        y = min(max(y + left / (kept * c + 4.0 * cube + held + bent), 0.5 * y), 2.0 * y)
        moved[i] = y - start


@fast_kernel
def relax(
    T: Floats,
    table: Integers,
    store: tuple[Floats, Floats, Floats],
    sink: Floats,
    sums: Floats,
    rate: float,
    residual: Floats,
    local: Floats,
    radiated: Floats,
    steepness: Floats,
    enthalpy: Floats,
    moved: Floats,
) -> None:
    """How far every vertex is from its own balance, K; ``store`` is storage and the capacity laws."""
    storage, value, integral = store
    for part in range(table.shape[0]):
        a, b, law = table[part, 0], table[part, 1], table[part, 2]
        relax_part(
            T[a:b], storage[a:b], value[law:], integral[law:], sink[a:b], sums[a:b], rate,
            residual[a:b], local[a:b], radiated[a:b], steepness[a:b], enthalpy[a:b], moved[a:b],
        )  # fmt: skip


@fast_kernel
def correct(
    T: Floats, x: Singles | Floats, lift: float, limit: float, steepness: Floats, local: Floats
) -> None:
    """Add a bounded correction and what lifts all vertices alike.

    What Newton's method leaves of the fourth power, 6 e T^2 x^2, is known and taken off at once (Chebyshev's
    method) as far as a vertex's own rate answers it.
    """
    for i in range(x.size):
        step = min(max(x[i] + lift, -limit), limit)
        bend = 1.5 * steepness[i] * step / (T[i] * max(local[i], TINY))
        T[i] = max(T[i] + step * (1.0 - min(max(bend, -0.2), 0.2)), LOWEST)


@fast_kernel
def lift(
    T: Floats,
    by: float,
    storage: Floats,
    sink: Floats,
    rate: float,
    residual: Floats,
    local: Floats,
    radiated: Floats,
    steepness: Floats,
    enthalpy: Floats,
) -> None:
    """Move all temperatures alike by so little that the balance changes linearly; couplings see nothing."""
    for i in range(residual.size):
        T[i] += by
        residual[i] -= local[i] * by
        radiated[i] += steepness[i] * by
        enthalpy[i] += (local[i] - steepness[i] - sink[i]) * by / (storage[i] * rate)


@fast_kernel
def enthalpy_of(T: Floats, table: Integers, value: Floats, integral: Floats, enthalpy: Floats) -> None:
    """Areal enthalpy of owned vertices, J/m2."""
    for part in range(table.shape[0]):
        first, last, law = table[part, 0], table[part, 1], table[part, 2]
        for i in range(last - first):
            enthalpy[first + i] = look_up(value[law:], integral[law:], T[first + i])[0]


@fast_kernel
def add_at(x: Floats, at: Integers, weight: Floats, factor: float) -> None:
    """Add weights times a factor to the listed entries, each listed once."""
    for i in range(at.size):
        x[at[i]] += weight[i] * factor


@fast_kernel
def flow_into(T: Floats, at: Integers, conductance: Floats, held: float) -> float:
    """Heat in W that flows to the listed vertices from what is held at a temperature."""
    flow = 0.0
    for i in range(at.size):
        flow += conductance[i] * (held - T[at[i]])
    return flow


@fast_kernel
def give(given: Floats, area: Floats, flux: Floats) -> float:
    """Add a flux to that of other loads; returns its power, W."""
    power = 0.0
    for i in range(area.size):
        flux[i] += given[i]
        power += area[i] * given[i]
    return power


@fast_kernel
def gather_heat(
    area: Floats, front_flux: Floats, back_flux: Floats, sink_flow: Floats, gained: Floats
) -> None:
    """Heat absorbed and brought by sinks, W."""
    for i in range(area.size):
        gained[i] = area[i] * (front_flux[i] + back_flux[i]) + sink_flow[i]


@fast_kernel
def shift(x: Floats, direction: Floats, factor: float) -> None:
    """Move temperatures along a direction, but not below half of what they are: a trend may end."""
    for i in range(direction.size):
        x[i] = max(x[i] + factor * direction[i], 0.5 * x[i])


@fast_kernel
def weigh(
    a: float, b: float, c: float, start: Floats, middle: Floats, end: Floats, storage: Floats, heat: Floats
) -> None:
    """Sum the stages' fluxes with their weights, W a vertex."""
    for i in range(heat.size):
        heat[i] = (a * start[i] + b * middle[i] + c * end[i]) * storage[i]


@fast_kernel
def combine(a: float, b: float, c: float, start: Floats, middle: Floats, end: Floats, whole: Floats) -> None:
    """Sum values of the stages with weights."""
    for i in range(whole.size):
        whole[i] = a * start[i] + b * middle[i] + c * end[i]


@fast_kernel
def divide(x: Floats, by: Floats, share: Floats) -> None:
    """Divide entry by entry."""
    for i in range(share.size):
        share[i] = x[i] / by[i]


@fast_kernel
def count_forgotten(local: Floats, steepness: Floats, sink: Floats, least: float, error: Floats) -> None:
    """Count errors of a step over the share of them that is forgotten.

    Within a step a vertex forgets about x / (1 + x) of an error, x the step over its time constant; no less
    than ``least`` is counted.
    """
    for i in range(error.size):
        loss = steepness[i] + sink[i]
        forgotten = loss / (DIAGONAL * (local[i] - loss) + loss)
        error[i] = abs(error[i]) / max(forgotten, least)


@fast_kernel
def estimate_light(
    a: float, b: float, c: float, start: Floats, middle: Floats, end: Floats, error: Floats
) -> None:
    """Add the error of a face's dose in J/m2, from weighted sunlight of the stages."""
    for i in range(error.size):
        error[i] += abs(a * start[i] + b * middle[i] + c * end[i])


@fast_kernel
def farthest(x: Floats, y: Floats) -> float:
    """Largest difference."""
    worst = 0.0
    for i in range(x.size):
        worst = max(worst, abs(x[i] - y[i]))
    return worst


@fast_kernel
def sum_of_squares(weight: Floats, error: Floats) -> float:
    """Sum of weighted squares."""
    total = 0.0
    for i in range(error.size):
        total += weight[i] * error[i] * error[i]
    return total
