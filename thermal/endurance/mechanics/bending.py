"""Thermal bending of an arm of telescoping tubes (Boley and Weiner 1960, ch. 10).

A tube whose free strain round its wall is e0 + a cos(angle) bends with the curvature a / R away from its hot
side. The tip's deflection is linear in the strains of the vertices: its weights are worked out once, so that
every accepted step costs one product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from thermal.endurance.observe.checkpointable import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray


Strain: TypeAlias = "Callable[[NDArray[np.float64]], NDArray[np.float64]]"
"""Takes temperatures in K, gives free strains."""


@dataclass(frozen=True)
class TubeShape:
    """What bending needs of a tube.

    Parameters
    ----------
    axial_m
        Distance of each vertex from the tube's start along its axis, (n,).
    outward
        Unit vectors from the axis to the vertices, (n, 3).
    start, end
        Ends of the axis, (3,), m.
    radius_m
        Of the mid-wall.
    strain
        Free strain of temperatures in K.

    """

    axial_m: NDArray[np.float64]
    outward: NDArray[np.float64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    radius_m: float
    strain: Strain


def first_harmonic(tube: TubeShape) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Rings of a tube and what takes values at its vertices to the first harmonic of each ring.

    Parameters
    ----------
    tube
        Vertices in rings, evenly spaced round the tube.

    Returns
    -------
    tuple
        Axial places of the rings, (k,), m; weights (n, 3); ring number of every vertex, (n,). The sum of
        weights x value over a ring is the vector a: the harmonic's amplitude along its largest side.

    """
    places, ring = np.unique(np.round(tube.axial_m, 9), return_inverse=True)
    number = np.bincount(ring)
    return places, 2.0 * tube.outward / number[ring][:, None], ring


def deflection_weights(tubes: Sequence[TubeShape]) -> tuple[NDArray[np.float64], ...]:
    """Weights W of the tip deflection: the sum of W x strain over all tubes is the deflection in m.

    The deflection is the double integral of the curvature from the root, -a(s)/R (L - s) ds, with the
    trapezoidal rule between rings. Where tubes overlap the outer one, nearer the root, carries the bending.

    Parameters
    ----------
    tubes
        From the root to the tip, each starting inside or at the end of the one before, about in line.

    Returns
    -------
    tuple of NDArray
        One (n, 3) in m a tube.

    """
    root = tubes[0].start
    axis = (tubes[-1].end - root) / np.linalg.norm(tubes[-1].end - root)
    length = float((tubes[-1].end - root) @ axis)
    weights = []
    reached = 0.0
    for tube in tubes:
        offset = float((tube.start - root) @ axis)
        places, harmonic, ring = first_harmonic(tube)
        share = _lever_integral(places + offset, reached, length)
        weights.append(-1.0 / tube.radius_m * share[ring][:, None] * harmonic)
        reached = max(reached, float((tube.end - root) @ axis))
    return tuple(weights)


def _lever_integral(places: NDArray[np.float64], low: float, length: float) -> NDArray[np.float64]:
    """Weights (k,) with which values at places integrate (length - s) ds over s >= low.

    Values are straight between places, so the weights are integrals of hat functions times the lever, exact
    by Simpson's rule on each clipped cell.
    """
    weights = np.zeros(places.size)
    for cell in range(places.size - 1):
        start, stop = places[cell], places[cell + 1]
        first = max(start, low)
        if first >= stop:
            continue
        points = np.array([first, (first + stop) / 2.0, stop])
        simpson = (stop - first) * np.array([1.0, 4.0, 1.0]) / 6.0 * (length - points)
        right = (points - start) / (stop - start)
        weights[cell] += simpson @ (1.0 - right)
        weights[cell + 1] += simpson @ right
    return weights


class TipDeflection(Kept):
    """Deflection of the arm's tip through the day.

    Parameters
    ----------
    tubes
        From the root to the tip.

    Attributes
    ----------
    length_m
        From root to tip.
    largest_m, largest_time_s, largest_k
        Largest deflection so far, when, and the mean temperature of the first tube then.

    """

    _records = (("largest_m", float), ("largest_time_s", float), ("largest_k", float))

    def __init__(self, tubes: Sequence[TubeShape]) -> None:
        self._weights = np.concatenate(deflection_weights(tubes))
        self._strains = [tube.strain for tube in tubes]
        self._ends = np.cumsum([len(tube.axial_m) for tube in tubes])
        self.length_m = float(np.linalg.norm(tubes[-1].end - tubes[0].start))
        self.largest_m = 0.0
        self.largest_time_s = 0.0
        self.largest_k = 0.0

    def at(self, temperature_k: ArrayLike) -> NDArray[np.float64]:
        """Deflection (3,) in m at the temperatures (n,) of the vertices of all tubes, in the tubes' order."""
        each = np.split(np.asarray(temperature_k, dtype=float), self._ends[:-1])
        strains = [strain(own) for strain, own in zip(self._strains, each, strict=True)]
        return np.asarray(np.concatenate(strains) @ self._weights)

    def observe(self, time_s: float, temperature_k: ArrayLike) -> float:
        """Take the temperatures at the end of a step and give the deflection in m."""
        size = float(np.linalg.norm(self.at(temperature_k)))
        if size > self.largest_m:
            self.largest_m, self.largest_time_s = size, time_s
            self.largest_k = float(np.mean(np.asarray(temperature_k)[: self._ends[0]]))
        return size
