"""Compiled loops of the terms over the vertices of this rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import fast_kernel, kernel
from thermal.heat.vectors import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.core.kernels.types import Floats

    _Values = NDArray[np.float64]
    _Numbers = NDArray[np.int64]


@kernel
def fall(
    normals: _Values, sun: _Values, size: float, irradiance: float, front: _Values, back: _Values
) -> None:
    """Write the sunlight on both faces, W/m2, that nothing but their own plane hides.

    ``size`` is the sine of the disc's angular radius; the formula is that of
    :func:`thermal.radiation.shadows.disc.disc_cosine`.
    """
    for i in range(len(front)):
        cosine = normals[i, 0] * sun[0] + normals[i, 1] * sun[1] + normals[i, 2] * sun[2]
        lit = max(cosine, 0.0)
        if abs(cosine) < size:
            u = cosine / size
            root = np.sqrt(1.0 - u * u)
            lit = size * (0.5 * u + (u * np.arcsin(u) + root * (2.0 + u * u) / 3.0) / np.pi)
        front[i], back[i] = irradiance * lit, irradiance * (lit - cosine)


@kernel
def dim(front_share: _Values, back_share: _Values, vertex: _Numbers, front: _Values, back: _Values) -> None:
    """Multiply fluxes on vertices by the shares of each, (all vertices of the model,)."""
    for i in range(len(front)):
        front[i] *= front_share[vertex[i]]
        back[i] *= back_share[vertex[i]]


@fast_kernel
def take(
    front_absorptance: Floats,
    back_absorptance: Floats,
    front_light: Floats,
    back_light: Floats,
    area: Floats,
    front: Floats,
    back: Floats,
) -> float:
    """Add what both faces absorb of light that falls on them, W/m2; returns its power, W."""
    power = 0.0
    for i in range(area.size):
        on_front, on_back = front_absorptance[i] * front_light[i], back_absorptance[i] * back_light[i]
        front[i] += on_front
        back[i] += on_back
        power += area[i] * (on_front + on_back)
    return power


@fast_kernel
def spread(
    flux: float, front_share: Floats, back_share: Floats, area: Floats, front: Floats, back: Floats
) -> float:
    """Add shares of a flux to both faces, W/m2; returns its power, W."""
    power = 0.0
    for i in range(area.size):
        front[i] += flux * front_share[i]
        back[i] += flux * back_share[i]
        power += area[i] * (front_share[i] + back_share[i])
    return flux * power


@fast_kernel
def shine(
    east: Floats,
    north: Floats,
    up: Floats,
    direction: tuple[float, float, float],
    light: float,
    infrared: float,
    front_absorptance: Floats,
    back_absorptance: Floats,
    front_emissivity: Floats,
    back_emissivity: Floats,
    area: Floats,
    front: Floats,
    back: Floats,
) -> float:
    """Add what both faces absorb, W/m2, of light and infrared from one direction; returns its power, W.

    Normals come by components.
    """
    x, y, z = direction
    power = 0.0
    for i in range(area.size):
        cosine = east[i] * x + north[i] * y + up[i] * z
        on_front = (front_absorptance[i] * light + front_emissivity[i] * infrared) * max(cosine, 0.0)
        on_back = (back_absorptance[i] * light + back_emissivity[i] * infrared) * max(-cosine, 0.0)
        front[i] += on_front
        back[i] += on_back
        power += area[i] * (on_front + on_back)
    return power


@fast_kernel(inline=True)
def weigh_powers(T: Floats, area: Floats) -> float:
    """Sum T^4 by area."""
    total = 0.0
    for i in range(area.size):
        square = T[i] * T[i]
        total += area[i] * square * square
    return total


@kernel
def add_to_patches(values: _Values, area: _Values, runs: _Numbers, patch: _Numbers, total: _Values) -> None:
    """Add area times the values of vertices to patches; each run of vertices (m, 2) belongs to one (m,)."""
    for run in range(len(runs)):
        here = slice(runs[run, 0], runs[run, 1])
        total[patch[run]] += dot(area[here], values[here])


@kernel
def add_powers(T: _Values, area: _Values, runs: _Numbers, patch: _Numbers, total: _Values) -> None:
    """Do the same with T^4."""
    for run in range(len(runs)):
        here = slice(runs[run, 0], runs[run, 1])
        total[patch[run]] += weigh_powers(T[here], area[here])


@kernel
def see(
    rows: _Numbers, start: NDArray[np.int32], column: NDArray[np.int32], share: _Values, sent: _Values,
    area: _Values, flux: _Values,
) -> float:  # fmt: skip
    """Add what some faces absorb, W/m2, of what patches send, (P,); returns its power, W.

    Shares are view factors times optics, compressed by ``rows``.
    """
    power = 0.0
    for row in range(len(rows)):
        total = 0.0
        for k in range(start[row], start[row + 1]):
            total += share[k] * sent[column[k]]
        flux[rows[row]] += total
        power += area[rows[row]] * total
    return power


@fast_kernel
def between(before: Floats, after: Floats, share: float, area: Floats, flux: Floats) -> float:
    """Add what lies between two arrays at a share of the way, W/m2; returns its power, W."""
    power = 0.0
    for i in range(area.size):
        now = before[i] + share * (after[i] - before[i])
        flux[i] += now
        power += area[i] * now
    return power


@kernel
def see_patches(
    factors: NDArray[np.float32], light: NDArray[np.float32], infrared: NDArray[np.float32],
    absorptance: _Values, emissivity: _Values, absorbed: _Values,
) -> None:  # fmt: skip
    """Write what faces absorb, (times, n) W/m2, of light and infrared from patches, (P, times) W/m2 each.

    The view factors, (n, P) and many of them zero, are read once for all times.
    """
    times = light.shape[1]
    seen, felt = np.empty(times, np.float32), np.empty(times, np.float32)
    for i in range(len(factors)):
        seen[:] = 0.0
        felt[:] = 0.0
        for p in range(factors.shape[1]):
            factor = factors[i, p]
            if factor != 0.0:
                for t in range(times):
                    seen[t] += factor * light[p, t]
                    felt[t] += factor * infrared[p, t]
        for t in range(times):
            absorbed[t, i] = absorptance[i] * seen[t] + emissivity[i] * felt[t]
