"""Which rank owns which vertex.

The arm stays whole, and a cloth is cut between the lines that the preconditioner solves: so a run on many
ranks does what a run on one does, but for rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.geometry.surface import Surface
    from thermal.heat.model.part import Part


def line_grid(surface: Surface) -> NDArray[np.int64]:
    """Vertices of a structured surface as (positions, lines), lines being columns.

    Lines run along the finer direction, and where both are alike along the longer one.
    """
    grid = np.arange(len(surface.points)).reshape(len(surface.lines[0]), len(surface.lines[1]))
    across, along = ((np.diff(lines).min(), -len(lines)) for lines in surface.lines)
    return grid.T if along < across else grid


def share_out(parts: Sequence[Part], ranks: int) -> NDArray[np.int64]:
    """Rank of every vertex, counted through all parts, (n,): about as many vertices each."""
    offsets = np.cumsum([0, *(len(part.surface.points) for part in parts)])
    arm: list[NDArray[np.int64]] = []
    units: list[NDArray[np.int64]] = []
    for part, offset in zip(parts, offsets[:-1], strict=True):
        surface = part.surface
        if not surface.lines:
            units.extend(offset + np.arange(len(surface.points))[:, None])
        elif surface.closed:
            arm.append(offset + np.arange(len(surface.points)))
        else:
            units.extend(offset + line_grid(surface).T)
    if arm:
        units.insert(0, np.concatenate(arm))
    counts = np.array([len(unit) for unit in units])
    middles = np.cumsum(counts) - 0.5 * counts
    rank = np.minimum((middles * ranks / offsets[-1]).astype(np.int64), ranks - 1)
    owner = np.empty(offsets[-1], np.int64)
    owner[np.concatenate(units)] = np.repeat(rank, counts)
    return owner
