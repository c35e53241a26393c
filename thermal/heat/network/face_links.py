"""Infrared between faces on the vertices of this rank, taken anew at every evaluation of the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.core.kernels import kernel
from thermal.heat.network.links import Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.heat.model.face_exchange import FaceExchange
    from thermal.heat.network.build import Network

    _Values = NDArray[np.float64]
    _Numbers = NDArray[np.int64]


class FaceLinks:
    """What faces absorb from other faces of the model.

    Of a wall with a resistance the mean temperature is the unknown: faces are taken as far from it as at the
    last evaluation, which Newton's method repeats until that distance is still.

    Parameters
    ----------
    exchanges
        Of the model.
    network
        The discrete model, whose ghosts include all senders.
    area
        (owned,) m2.

    Attributes
    ----------
    names
        Of the exchanges.
    powers
        Heat absorbed by name on this rank at the last evaluation, W.

    """

    def __init__(
        self, exchanges: Sequence[FaceExchange], network: Network, area: NDArray[np.float64]
    ) -> None:
        place = np.full(int(network.vertex.max(initial=-1)) + 1, -1, np.int64)
        place[network.vertex] = np.arange(len(network.vertex))
        self._owned, self._network = network.owned, network
        entries = [_entries(exchange, place, network.owned) for exchange in exchanges]
        self.names = [exchange.name for exchange in exchanges]
        self.powers = dict.fromkeys(self.names, 0.0)
        empty = np.zeros(0, np.int64)
        self._rows = np.unique(np.concatenate([empty, *(row // 2 for row, _, _ in entries)]))
        members = np.unique(np.concatenate([empty, *(column for _, column, _ in entries)]))
        self._member, self._back = members // 2, members % 2 == 1
        self._power = np.zeros(len(members))
        self._links = []
        self._sent = np.zeros(len(self._rows))
        for row, column, value in entries:
            at = 2 * np.searchsorted(self._rows, row // 2) + row % 2
            self._links.append(Links.of(at, np.searchsorted(members, column), value))
            np.add.at(self._sent, at // 2, value)
        self._area = area[self._rows]
        self._gained = np.zeros((len(self._rows), 2))
        self._base = np.zeros((3, len(self._rows)))
        (self._front, self._front_ghosts), (self._rear, self._rear_ghosts) = (
            network.vector(),
            network.vector(),
        )

    def take_base(
        self, front: NDArray[np.float64], back: NDArray[np.float64], gained: NDArray[np.float64]
    ) -> None:
        """Keep what loads and sinks bring at the time set last: fluxes (owned,) W/m2 and heat (owned,) W."""
        self._base[:] = front[self._rows], back[self._rows], gained[self._rows]

    def bring(
        self,
        T: NDArray[np.float64],
        front: NDArray[np.float64],
        back: NDArray[np.float64],
        gained: NDArray[np.float64],
    ) -> None:
        """Add what faces absorb of each other at mean temperatures (local,) K to fluxes and heat gained."""
        powers_of_faces(T, self._member, self._back, self._front, self._rear, self._power)
        self._gained[:] = 0.0
        for name, links in zip(self.names, self._links, strict=True):
            self.powers[name] = float(absorb(*links.terms, self._power, self._gained.ravel()))
        spread(self._rows, self._base, self._gained, self._area, front, back, gained)

    def take_offsets(
        self, T: NDArray[np.float64], front: NDArray[np.float64], back: NDArray[np.float64]
    ) -> None:
        """Keep how far faces (owned,) are from the mean temperatures (local,), K."""
        self._front[: self._owned], self._rear[: self._owned] = (
            front - T[: self._owned],
            back - T[: self._owned],
        )
        self._network.update(self._front_ghosts)
        self._network.update(self._rear_ghosts)

    def leave_out(
        self,
        T: NDArray[np.float64],
        residual: NDArray[np.float64],
        local: NDArray[np.float64],
        steepness: NDArray[np.float64],
        least: NDArray[np.float64],
    ) -> tuple[float, float]:
        """Take what is sent to other faces out of the vertices' own rates: a coupling, not a loss.

        Returns
        -------
        tuple
            Largest error that the residual can mean at these vertices, K; the sum of what was taken out, W/K.

        """
        return separate(self._rows, self._sent, T, residual, local, steepness, least)


def _entries(
    exchange: FaceExchange, place: NDArray[np.int64], owned: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Receiving and sending face, twice the local vertex and one more for a back, and m2, on this rank."""
    inside = exchange.receiver < len(place)
    receiver = np.where(inside, place[np.minimum(exchange.receiver, len(place) - 1)], -1)
    here = (receiver >= 0) & (receiver < owned)
    row = 2 * receiver[here] + exchange.receiver_back[here]
    column = 2 * place[exchange.sender[here]] + exchange.sender_back[here]
    return row, column, exchange.area[here]


@kernel
def powers_of_faces(
    T: _Values,
    member: _Numbers,
    back: NDArray[np.bool_],
    front_off: _Values,
    back_off: _Values,
    power: _Values,
) -> None:
    """Write sigma T^4 of the sending faces, W/m2."""
    for k in range(member.size):
        i = member[k]
        t = T[i] + (back_off[i] if back[k] else front_off[i])
        power[k] = SIGMA * t * t * t * t


@kernel
def absorb(
    rows: NDArray[np.uint32], start: _Numbers, column: NDArray[np.uint32], value: _Values, power: _Values,
    gained: _Values,
) -> float:  # fmt: skip
    """Add what receiving faces absorb, W; returns the sum."""
    whole = 0.0
    for row in range(rows.size):
        total = 0.0
        for k in range(start[row], start[row + 1]):
            total += value[k] * power[column[k]]
        gained[rows[row]] += total
        whole += total
    return whole


@kernel
def spread(
    rows: _Numbers,
    base: _Values,
    absorbed: _Values,
    area: _Values,
    front: _Values,
    back: _Values,
    gained: _Values,
) -> None:
    """Write fluxes, W/m2, and heat gained, W, of the listed vertices: those kept and what is absorbed."""
    for k in range(rows.size):
        i = rows[k]
        front[i] = base[0, k] + absorbed[k, 0] / area[k]
        back[i] = base[1, k] + absorbed[k, 1] / area[k]
        gained[i] = base[2, k] + absorbed[k, 0] + absorbed[k, 1]


@kernel
def separate(
    rows: _Numbers,
    sent: _Values,
    T: _Values,
    residual: _Values,
    local: _Values,
    steepness: _Values,
    least: _Values,
) -> tuple[float, float]:
    """Do what :meth:`FaceLinks.leave_out` says."""
    worst, whole = 0.0, 0.0
    for k in range(rows.size):
        i = rows[k]
        t = T[i]
        away = min(4.0 * SIGMA * sent[k] * t * t * t, steepness[i])
        steepness[i] -= away
        local[i] -= away
        whole += away
        worst = max(worst, abs(residual[i]) / max(local[i], least[i]))
    return worst, whole
