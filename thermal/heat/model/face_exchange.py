"""Infrared that faces of the model send each other, by the temperatures that are being solved for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class FaceExchange:
    """What faces absorb of the emission of other faces; the emission itself is that of their parts.

    Face i absorbs ``area * sigma * T_j^4`` of what face j emits. A cloth that lies on the ground and the
    ground decide on each other's temperature: taken from the temperatures of the step before, as a load is,
    their exchange would swing ever wider. It is to be reciprocal, the same area from j to i in another
    exchange or in this one. A face may absorb what is reflected of its own emission.

    Parameters
    ----------
    name
        What ledger and series call the heat absorbed.
    receiver, sender
        (n,) vertex numbers, counted through all parts of the model in order.
    receiver_back, sender_back
        (n,) whether it is the back face of each.
    area
        (n,) m2; not negative.

    """

    name: str
    receiver: NDArray[np.int64]
    receiver_back: NDArray[np.bool_]
    sender: NDArray[np.int64]
    sender_back: NDArray[np.bool_]
    area: NDArray[np.float64]


def couplings_of(
    exchanges: Sequence[FaceExchange],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Rows, columns and areas (m2) of what different vertices exchange, each pair in both directions.

    The linear system takes it without telling front from back; where both ways differ, their mean.
    """
    empty = np.zeros(0, np.int64)
    row = np.concatenate([empty, *(e.receiver for e in exchanges)])
    column = np.concatenate([empty, *(e.sender for e in exchanges)])
    area = np.concatenate([np.zeros(0), *(0.5 * e.area for e in exchanges)])
    apart = row != column
    row, column, area = row[apart], column[apart], area[apart]
    both = np.stack([np.concatenate([row, column]), np.concatenate([column, row])], axis=1)
    pairs, inverse = np.unique(both, axis=0, return_inverse=True)
    total = np.bincount(inverse.ravel(), np.concatenate([area, area]), len(pairs))
    return pairs[:, 0], pairs[:, 1], np.asarray(total, np.float64)
