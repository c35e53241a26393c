"""The Sun's disc: where its rays go, and the share of it that is visible.

A point is probed by a few rays. Where they agree, that is the answer. Where they do not, the point is in
penumbra: the disc is cut into chords across the shadow's edge, the places where visibility changes along
each chord are found by bisection, and the chords are summed by Gauss-Chebyshev quadrature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from thermal.geometry.arrays import Array, Rays
    from thermal.radiation.rays.occluders import Occluders


_CHORDS = 8
_CUTS = 5
_BISECTIONS = 7
_BATCH = 1 << 14
"""Points in penumbra resolved together: bounds the memory, changes no result."""


def _probe_pattern() -> Array:
    """Centre, 6 points at half the radius and 16 at the rim, mirror symmetric, (23, 2)."""
    inner = 2.0 * np.pi * (np.arange(6) + 0.5) / 6
    rim = 2.0 * np.pi * np.arange(16) / 16
    radius = np.concatenate([[0.0], np.full(6, 0.5), np.full(16, 0.995)])
    angle = np.concatenate([[0.0], inner, rim])
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


_PROBES = _probe_pattern()


def disc_frame(direction: Array) -> tuple[Array, Array]:
    """Return two unit vectors (n, 3) that span the disc seen in each direction (n, 3).

    The first is horizontal, so that the frame turns with the scene about the vertical; at the zenith it is
    east.
    """
    level = np.stack([-direction[:, 1], direction[:, 0], np.zeros(len(direction))], axis=1)
    length = np.linalg.norm(level, axis=1)
    level[length < 1e-9] = (1.0, 0.0, 0.0)
    level /= np.where(length < 1e-9, 1.0, length)[:, None]
    return level, np.asarray(np.cross(direction, level), np.float64)


def disc_cosine(cosine: Array, radius: float) -> Array:
    r"""Mean of ``max(0, n.s)`` over the disc: what a face receives when its own plane cuts the Sun.

    With :math:`u` the cosine over :math:`\sin R`, between -1 and 1 it is
    :math:`\sin R\,[u/2 + (u \arcsin u + (2+u^2)\sqrt{1-u^2}/3)/\pi]`, outside it ``max(0, cosine)``:
    at most 0.0010 above that for the Sun.

    Parameters
    ----------
    cosine
        (n,) of the angle between the face's normal and the middle of the disc.
    radius
        Angular radius of the disc, rad.

    Returns
    -------
    ndarray
        (n,), smooth in the cosine.

    """
    size = np.sin(radius)
    share: Array = np.maximum(np.asarray(cosine, dtype=float), 0.0)
    cut = np.flatnonzero(np.abs(cosine) < size)
    if len(cut):
        u = np.asarray(cosine, dtype=float)[cut] / size
        root = np.sqrt(1.0 - u * u)
        share[cut] = size * (0.5 * u + (u * np.arcsin(u) + root * (2.0 + u * u) / 3.0) / np.pi)
    return share


def lift_disc(directions: Array, normals: Array, radius: float) -> Array:
    """Raise the Sun where a face's own plane would cut its disc, until it stands on that plane.

    What the plane cuts off is :func:`disc_cosine`'s; the mask is left with what other bodies hide.

    Parameters
    ----------
    directions, normals
        (n, 3) unit vectors: to the middle of the Sun, and outward of the lit face.
    radius
        Angular radius of the disc, rad.

    """
    cosine = np.sum(directions * normals, axis=1)
    return np.asarray(directions + np.maximum(0.0, 1.05 * np.sin(radius) - cosine)[:, None] * normals)


def disc_visibility(occluders: Occluders, origins: Rays, directions: Array, radius: float) -> Array:
    """Return the share of the disc that each origin sees.

    Parameters
    ----------
    occluders
        What stands in the way.
    origins
        (n, 3) from :meth:`Occluders.origins`.
    directions
        (n, 3) unit vectors to the middle of the disc.
    radius
        Angular radius of the disc, rad (small: the disc is taken as flat).

    Returns
    -------
    ndarray
        (n,) 0 to 1, weighted by transmittances; uniformly bright disc. Measured against exact covers: see
        ``docs/visibility.md``.

    """
    across, up = disc_frame(directions)
    size = np.tan(radius)
    seen = np.empty((len(origins), len(_PROBES)), dtype=np.float32)
    for k, (x, y) in enumerate(_PROBES):
        rays = directions + size * (x * across + y * up)
        seen[:, k] = occluders.transmission(origins, rays.astype(np.float32))
    share = seen[:, 0].astype(float)
    penumbra = np.flatnonzero(np.any(seen != seen[:, :1], axis=1))
    for start in range(0, len(penumbra), _BATCH):
        at = penumbra[start : start + _BATCH]
        turn = _edge_normal(seen[at])
        first = np.cos(turn)[:, None] * across[at] + np.sin(turn)[:, None] * up[at]
        second = np.cos(turn)[:, None] * up[at] - np.sin(turn)[:, None] * across[at]
        share[at] = _chord_sum(occluders, origins[at], directions[at], size * first, size * second)
    return share


def _edge_normal(seen: Rays) -> Array:
    """Angle in the disc across the shadow's edge, from the moments of the probes.

    The first moment points to the lit side; where light is symmetric (a thin bar before the middle) the
    second moment's long axis lies across the bar.
    """
    x, y = _PROBES.T
    first = np.stack([_weigh(seen, x), _weigh(seen, y)])
    second = np.stack([_weigh(seen, x * x - y * y), _weigh(seen, 2.0 * x * y)])
    one_sided = np.hypot(*first) > 0.5 * np.hypot(*second)
    angle = np.where(one_sided, np.arctan2(first[1], first[0]), 0.5 * np.arctan2(second[1], second[0]))
    return np.asarray(angle)


def _weigh(seen: Rays, weight: Array) -> Array:
    """Weighted sum over probes in a fixed order (a matrix product's order may depend on the batch)."""
    total = np.zeros(len(seen))
    for k, factor in enumerate(weight):
        total += factor * seen[:, k]
    return total


def _chord_sum(occluders: Occluders, origins: Rays, middle: Array, along: Array, across: Array) -> Array:
    """Visible share by chords along ``along`` (n, 3), stacked along ``across`` (n, 3)."""
    count = len(origins)
    theta = np.pi * np.arange(1, _CHORDS + 1) / (_CHORDS + 1)
    half, weight = np.sin(theta), 2.0 / (_CHORDS + 1) * np.sin(theta) ** 2
    cuts = np.linspace(-1.0, 1.0, _CUTS)
    centre = (middle[:, None] + np.cos(theta)[:, None] * across[:, None]).astype(np.float32)
    reach = (half[:, None] * along[:, None]).astype(np.float32)
    rays = centre[:, :, None] + cuts.astype(np.float32)[:, None] * reach[:, :, None]
    seen = occluders.transmission(np.repeat(origins, _CHORDS * _CUTS, axis=0), rays.reshape(-1, 3))
    seen = seen.reshape(count, _CHORDS, _CUTS)
    point, chord, cut = np.nonzero(seen[:, :, 1:] != seen[:, :, :-1])
    left, right = seen[point, chord, cut], seen[point, chord, cut + 1]
    low, high = cuts[cut], cuts[cut + 1]
    start, centre, reach = origins[point], centre[point, chord], reach[point, chord]
    for _ in range(_BISECTIONS):
        place = 0.5 * (low + high)
        before = occluders.transmission(start, centre + place.astype(np.float32)[:, None] * reach) == left
        low, high = np.where(before, place, low), np.where(before, high, place)
    step = 2.0 / (_CUTS - 1)
    share = np.zeros(count)
    for k in range(_CHORDS):
        for interval in range(_CUTS - 1):
            share += 0.25 * step * weight[k] * (seen[:, k, interval] + seen[:, k, interval + 1])
    shift = 0.25 * (left - right) * (low + high - cuts[cut] - cuts[cut + 1])
    return np.asarray(share + np.bincount(point, weights=weight[chord] * shift, minlength=count))
