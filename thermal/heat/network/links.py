"""Couplings of a few vertices with any others, as lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.network import conduction

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Links:
    """Couplings of a few vertices with any others, compressed by rows.

    ``rows`` (r,) owned vertices, ``start`` (r + 1,) offsets into ``column`` and ``value``.
    """

    rows: NDArray[np.uint32]
    start: NDArray[np.int64]
    column: NDArray[np.uint32]
    value: NDArray[np.float64]

    @classmethod
    def of(cls, row: NDArray[np.integer], column: NDArray[np.integer], value: NDArray[np.float64]) -> Links:
        """Compress couplings by rows."""
        order = np.lexsort((column, row))
        rows, counts = np.unique(row[order], return_counts=True)
        return cls(
            rows=rows.astype(np.uint32),
            start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            column=column[order].astype(np.uint32),
            value=value[order],
        )

    def only(self, chosen: NDArray[np.bool_]) -> Links:
        """Return those of the couplings that are chosen, (couplings,)."""
        return Links.of(self.row[chosen], self.column[chosen], self.value[chosen])

    @property
    def row(self) -> NDArray[np.uint32]:
        """Row of every coupling."""
        return np.repeat(self.rows, np.diff(self.start))

    @property
    def terms(self) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32], NDArray[np.float64]]:
        """What loops take."""
        return self.rows, self.start, self.column, self.value


def joined(first: Links, second: Links) -> Links:
    """Join two lists; couplings of the same two vertices stand side by side."""
    row, column, value = (
        np.concatenate(pair)
        for pair in zip(*((links.row, links.column, links.value) for links in (first, second)), strict=True)
    )
    return Links.of(row, column, value)


class RadiativeLinks:
    """Radiative exchange between vertices.

    Every vertex that takes part is a member, so that its powers of T are taken once.

    Parameters
    ----------
    links
        Values are in m2.

    Attributes
    ----------
    rows
        (r,) owned vertices that exchange.
    members, root
        (m,) vertices of this rank that take part, and their T^1.5 taken last.
    terms, linearised
        What :func:`thermal.heat.network.conduction.bring_radiation` and ``bring_linearised`` there take.

    """

    def __init__(self, links: Links) -> None:
        self.rows = links.rows
        self.members = np.unique(np.concatenate([links.rows, links.column]))
        own = np.searchsorted(self.members, links.rows).astype(np.uint32)
        column = np.searchsorted(self.members, links.column).astype(np.uint32)
        self._terms = self.members, own, links.rows, links.start, column, links.value
        sums = np.add.reduceat(links.value, links.start[:-1]) if len(links.rows) else np.zeros(0)
        power, self.root, self.rooted = (np.zeros(len(self.members)) for _ in range(3))
        self.terms = *self._terms, sums, power
        self._conductance = np.zeros(len(links.rows))
        self.linearised = *self._terms, self.root, self._conductance, self.rooted

    def linearise(self, T: NDArray[np.float64], sums: NDArray[np.float64]) -> None:
        """Take equivalent conductances at temperatures (local,) K and add them to ``sums``, (owned,) W/K.

        Between two vertices that is 4 sigma value (T_i T_j)^1.5: symmetric, and exact where both are alike.
        """
        conduction.linearise_radiation(T, *self._terms, self.root, self._conductance, sums)
