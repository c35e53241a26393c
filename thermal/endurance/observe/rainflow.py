"""Streaming rainflow counting of many histories at once (ASTM E1049-85, section 5.4.4).

A history is never stored. Each vertex keeps the turning points that no cycle has closed yet on a small stack;
a cycle leaves the stack as soon as four confirmed turning points enclose it (the four-point form of the
standard's rule, which finds the same full cycles whatever point the history starts at). What is left at the
end, a diverging and then converging sequence, is either counted as half cycles, as the standard does, or, for
a periodic history, closed by starting at its maximum, so that no half cycles remain.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from thermal.core.kernels import kernel
from thermal.endurance.damage.damage_table import DamageTable, damage_of_cycle
from thermal.endurance.observe.checkpointable import Kept

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

DEFAULT_STACK = 48
DEFAULT_BINS = 80


class Books(NamedTuple):
    """What is kept of n histories; a named tuple, because compiled kernels take those.

    Attributes
    ----------
    points
        Unclosed turning points, (n, capacity); the topmost is the running, unconfirmed extremum.
    depth
        Points on each stack, (n,): 1 until the history has moved by more than the gate.
    heading
        Direction of the running branch, (n,): 1 up, -1 down, 0 not known yet.
    overflow
        Half cycles given up because a stack was full, (n,).
    counts
        Closed cycles of each range, (n, bins).
    damage
        Miner's sum of the closed cycles, (n,).
    largest
        Largest range of the closed cycles, (n,).

    """

    points: NDArray[np.float64]
    depth: NDArray[np.int32]
    heading: NDArray[np.int8]
    overflow: NDArray[np.int32]
    counts: NDArray[np.float64]
    damage: NDArray[np.float64]
    largest: NDArray[np.float64]

    @classmethod
    def open(cls, size: int, stack: int, bins: int) -> Books:
        """Books of histories nothing is known of yet."""
        return cls(
            np.zeros((size, stack)),
            np.zeros(size, dtype=np.int32),
            np.zeros(size, dtype=np.int8),
            np.zeros(size, dtype=np.int32),
            np.zeros((size, bins)),
            np.zeros(size),
            np.zeros(size),
        )

    def copy(self) -> Books:
        """Independent copy, so that a count does not disturb the stream."""
        return copy.deepcopy(self)


@kernel
def _book(row: int, lower: int, weight: float, books: Books, width: float, law: DamageTable) -> None:
    """Book the range between a point of a row's stack and the next one."""
    first, second = books.points[row, lower], books.points[row, lower + 1]
    size = abs(first - second)
    books.largest[row] = max(books.largest[row], size)
    # Shared between the two ranges it lies between, so that damage follows a history without steps.
    place, last = size / width, books.counts.shape[1] - 1
    column = min(int(place), last)
    above = place - column if column < last else 0.0
    books.counts[row, column] += weight * (1.0 - above)
    if above > 0.0:
        books.counts[row, column + 1] += weight * above
    if law.log_range.size > 0:
        books.damage[row] += weight * damage_of_cycle(size, 0.5 * (first + second), law)


@kernel
def _close(row: int, books: Books, width: float, law: DamageTable) -> None:
    """Book and remove the cycles that the topmost four points of a row enclose."""
    points = books.points
    top = books.depth[row] - 1
    while top >= 3:
        inner = abs(points[row, top - 1] - points[row, top - 2])
        before = abs(points[row, top - 2] - points[row, top - 3])
        after = abs(points[row, top] - points[row, top - 1])
        if inner > before or inner > after:
            break
        _book(row, top - 2, 1.0, books, width, law)
        points[row, top - 2] = points[row, top]
        top -= 2
    books.depth[row] = top + 1


@kernel
def _push(values: NDArray[np.float64], books: Books, gate: float, width: float, law: DamageTable) -> None:
    """Take the next value of every row."""
    points, depth, heading = books.points, books.depth, books.heading
    capacity = points.shape[1]
    for row in range(values.size):
        value = values[row]
        if depth[row] == 0:
            points[row, 0] = points[row, 1] = value
            depth[row] = 1
            continue
        if heading[row] == 0:
            # Not known yet which of its extremes the history sets out from: they lie in the first two places.
            low, high = min(points[row, 0], value), max(points[row, 1], value)
            points[row, 0], points[row, 1] = low, high
            if high - low > gate:
                heading[row] = 1 if value == high else -1
                points[row, 0] = low if value == high else high
                points[row, 1] = value
                depth[row] = 2
            continue
        change = value - points[row, depth[row] - 1]
        if change * heading[row] >= 0:
            points[row, depth[row] - 1] = value
            continue
        if abs(change) <= gate:
            continue
        heading[row] = 1 if change > 0 else -1
        _close(row, books, width, law)
        if depth[row] == capacity:
            _book(row, 0, 0.5, books, width, law)
            for place in range(capacity - 1):
                points[row, place] = points[row, place + 1]
            books.overflow[row] += 1
            depth[row] -= 1
        points[row, depth[row]] = value
        depth[row] += 1


@kernel
def _finish(books: Books, width: float, law: DamageTable) -> None:
    """Take the running extrema as turning points and count what stays unclosed as half cycles."""
    for row in range(books.depth.size):
        _close(row, books, width, law)
        for lower in range(books.depth[row] - 1):
            _book(row, lower, 0.5, books, width, law)


@dataclass(frozen=True)
class CycleCount:
    """Cycles of every history.

    Attributes
    ----------
    counts
        Number of cycles of each range, (n, bins): one between two of them is shared, which keeps its size.
    ranges
        The ranges, (bins,), in the unit of the history; the last one takes what is larger.
    largest
        Largest range itself, (n,), in the unit of the history: 0 where nothing has turned.
    damage
        Miner's sum, (n,); zeros where no law was given.
    overflow
        Half cycles booked early because a stack was full, (n,).

    """

    counts: NDArray[np.float64]
    ranges: NDArray[np.float64]
    largest: NDArray[np.float64]
    damage: NDArray[np.float64]
    overflow: NDArray[np.int32]


class Rainflow(Kept):
    """Rainflow counter of n histories, fed one value each at a time.

    Parameters
    ----------
    size
        Number of histories n.
    law
        Damage of one cycle as a table of range and mean; none counts only.
    gate
        Smallest reversal that makes a turning point, in the unit of the history: keeps solver noise out.
    bin_width
        Distance of the ranges that are counted, in the unit of the history.
    bins
        Number of them, the first is 0.
    stack
        Turning points kept a history, at least 4; a full stack gives up its oldest range as half a cycle.

    """

    _records = (("_books", Books),)

    def __init__(
        self,
        size: int,
        law: DamageTable | None = None,
        *,
        gate: float = 0.0,
        bin_width: float = 5.0,
        bins: int = DEFAULT_BINS,
        stack: int = DEFAULT_STACK,
    ) -> None:
        self._law = law if law is not None else DamageTable.empty()
        self._gate = gate
        self._width = bin_width
        self._books = Books.open(size, stack, bins)

    def observe(self, values: ArrayLike) -> None:
        """Take the next value of every history.

        Parameters
        ----------
        values
            (n,), in the unit of the gate and of the law's ranges.

        """
        fresh = np.ascontiguousarray(values, dtype=np.float64)
        _push(fresh, self._books, self._gate, self._width, self._law)

    def count(self, *, periodic: bool = False) -> CycleCount:
        """Cycles so far, the unclosed ones included; counting can go on afterwards.

        Parameters
        ----------
        periodic
            The history repeats: close it by starting at its maximum, so that no half cycles remain.
            Otherwise what is unclosed counts as half cycles, as in the standard's example.

        Returns
        -------
        CycleCount
            Histogram of ranges and Miner's sum.

        """
        books = self._rotated() if periodic else self._books.copy()
        _finish(books, self._width, self._law)
        if periodic:
            books = books._replace(
                counts=books.counts + self._books.counts,
                damage=books.damage + self._books.damage,
                largest=np.maximum(books.largest, self._books.largest),
            )
        ranges = self._width * np.arange(books.counts.shape[1], dtype=np.float64)
        return CycleCount(books.counts, ranges, books.largest, books.damage, self._books.overflow.copy())

    def _rotated(self) -> Books:
        """Feed what is unclosed, rotated to start and end at its maximum, to fresh books."""
        old = self._books
        size, capacity = old.points.shape
        fresh = Books.open(size, capacity + 2, old.counts.shape[1])
        rows = np.arange(size)
        inside = np.arange(capacity) < old.depth[:, None]
        start = np.where(inside, old.points, -np.inf).argmax(axis=1)
        depth = np.maximum(old.depth, 1)
        for step in range(int(depth.max(initial=0)) + 1):
            # A row shorter than the longest repeats its maximum, which adds no turning point.
            place = (start + np.minimum(step, depth)) % depth
            _push(old.points[rows, place], fresh, 0.0, self._width, self._law)
        return fresh
