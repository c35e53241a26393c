"""Area of a disc that straight edges leave, exactly, in compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel

if TYPE_CHECKING:
    from thermal.geometry.arrays import Array, IntArray

_APART = 1e-9
"""Edges that coincide are taken so far apart, in radii: which of them bounds the area is then settled."""


@kernel
def common_area(edges: Array, owner: IntArray, count: int, chosen: int) -> float:
    r"""Share of the unit disc within all half-planes of the chosen owners.

    Green's theorem: straight pieces of the boundary give :math:`-b l / 2` each, *l* long at *b* from the
    middle, arcs half of their angle.

    Parameters
    ----------
    edges
        (m, 3) half-planes a.x >= b with unit a and abs(b) < 1.
    owner
        (m,) number of the owner of each, 0 to 62.
    count
        How many of the edges there are.
    chosen
        Bits of the owners.

    """
    straight = 0.0
    arcs = np.empty((count, 2))
    found = 0
    for j in range(count):
        b = edges[j, 2] + _APART * (j + 1)
        if not (chosen >> owner[j]) & 1 or b <= -1.0:
            continue
        if b >= 1.0:
            return 0.0
        _insert(arcs, found, np.arctan2(-edges[j, 1], -edges[j, 0]), np.pi - np.arccos(b))
        found += 1
        straight -= 0.5 * b * _length(edges, owner, count, chosen, j, b)
    if found == 0:
        return 1.0
    return float((straight + 0.5 * _free_angle(arcs, found)) / np.pi)


@kernel
def _length(edges: Array, owner: IntArray, count: int, chosen: int, j: int, b: float) -> float:
    """Length of the part of an edge that lies in the disc and within the other half-planes."""
    high = np.sqrt(1.0 - b * b)
    low = -high
    for k in range(count):
        if k == j or not (chosen >> owner[k]) & 1:
            continue
        across = edges[j, 0] * edges[k, 0] + edges[j, 1] * edges[k, 1]
        slope = edges[j, 0] * edges[k, 1] - edges[j, 1] * edges[k, 0]
        lack = edges[k, 2] + _APART * (k + 1) - b * across
        if slope > 0.0:
            low = max(low, lack / slope)
        elif slope < 0.0:
            high = min(high, lack / slope)
        elif lack > 0.0:
            return 0.0
    return float(max(0.0, high - low))


@kernel
def _insert(arcs: Array, found: int, angle: float, half: float) -> None:
    """Keep an arc of the circle round an angle: start in 0 to 2 pi, and end; sorted by the start."""
    start = (angle - half) % (2.0 * np.pi)
    at = found
    while at > 0 and arcs[at - 1, 0] > start:
        arcs[at] = arcs[at - 1]
        at -= 1
    arcs[at, 0], arcs[at, 1] = start, start + 2.0 * half


@kernel
def _free_angle(arcs: Array, count: int) -> float:
    """Angle of the circle that no arc covers."""
    reached = 0.0
    for k in range(count):
        reached = max(reached, arcs[k, 1] - 2.0 * np.pi)
    free = 0.0
    for k in range(count):
        free += max(0.0, arcs[k, 0] - reached)
        reached = max(reached, arcs[k, 1])
    return float(free + max(0.0, 2.0 * np.pi - reached))
