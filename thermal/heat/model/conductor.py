"""Couplings beside conduction inside a part: joints, sinks and radiative exchange, as lists of conductors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Conductors:
    """Pairs of vertices that exchange heat.

    Heat flows into ``first`` as ``conductance * (T_second - T_first)`` where ``radiative`` is false, in W/K,
    and as ``conductance * sigma * (T_second^4 - T_first^4)`` where it is true, in m2; the opposite flows
    into ``second``, so that energy is kept whatever the solver does.

    Parameters
    ----------
    name
        Name of the joint or exchange, for ledger and series.
    first, second
        (n,) vertex numbers, counted through all parts of the model in order.
    conductance
        (n,) W/K, or m2 for radiation; not negative.
    radiative
        Which of the two laws holds.

    """

    name: str
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    conductance: NDArray[np.float64]
    radiative: bool = False


@dataclass(frozen=True)
class Sink:
    """Vertices that exchange heat with a body of prescribed temperature.

    Parameters
    ----------
    name
        Name of the joint.
    vertices
        (n,) vertex numbers, counted through all parts.
    conductance
        (n,) W/K.
    temperature
        Time in s to kelvin.

    """

    name: str
    vertices: NDArray[np.int64]
    conductance: NDArray[np.float64]
    temperature: Callable[[float], float]


def merge(*lists: Conductors) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Join conductors of one law, adding those that link the same two vertices.

    Returns
    -------
    tuple
        Rows, columns and values of the symmetric coupling: each pair stands in both directions.

    """
    if not lists:
        empty = np.zeros(0, np.int64)
        return empty, empty, np.zeros(0)
    first = np.concatenate([c.first for c in lists])
    second = np.concatenate([c.second for c in lists])
    value = np.concatenate([c.conductance for c in lists])
    rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
    pairs, inverse = np.unique(np.stack([rows, columns], 1), axis=0, return_inverse=True)
    total = np.asarray(np.bincount(inverse.ravel(), np.concatenate([value, value])), np.float64)
    return pairs[:, 0], pairs[:, 1], total
