"""Compiled loops of the terms over the vertices of this rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.scene.visibility.compiled import jit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    _Values = NDArray[np.float64]
    _Numbers = NDArray[np.int64]


@jit
def fall(
    normals: _Values, sun: _Values, size: float, irradiance: float, front: _Values, back: _Values
) -> None:
    """Write the sunlight on both faces, W/m2, that nothing but their own plane hides.

    ``size`` is the sine of the disc's angular radius; the formula is that of
    :func:`thermal.scene.visibility.disc.disc_cosine`.
    """
    for i in range(len(front)):
        cosine = normals[i, 0] * sun[0] + normals[i, 1] * sun[1] + normals[i, 2] * sun[2]
        lit = max(cosine, 0.0)
        if abs(cosine) < size:
            u = cosine / size
            root = np.sqrt(1.0 - u * u)
            lit = size * (0.5 * u + (u * np.arcsin(u) + root * (2.0 + u * u) / 3.0) / np.pi)
        front[i], back[i] = irradiance * lit, irradiance * (lit - cosine)


@jit
def dim(share: _Values, vertex: _Numbers, flux: _Values) -> None:
    """Multiply a flux on vertices by the share of each, (all vertices of the model,)."""
    for i in range(len(flux)):
        flux[i] *= share[vertex[i]]


@jit
def shine(
    normals: _Values, direction: _Values, light: float, infrared: float,
    front_absorptance: _Values, back_absorptance: _Values,
    front_emissivity: _Values, back_emissivity: _Values, front: _Values, back: _Values,
) -> None:  # fmt: skip
    """Write what both faces absorb, W/m2, of light and infrared from one direction."""
    for i in range(len(front)):
        cosine = normals[i, 0] * direction[0] + normals[i, 1] * direction[1] + normals[i, 2] * direction[2]
        front[i] = (front_absorptance[i] * light + front_emissivity[i] * infrared) * max(cosine, 0.0)
        back[i] = (back_absorptance[i] * light + back_emissivity[i] * infrared) * max(-cosine, 0.0)


@jit
def add_to_patches(values: _Values, area: _Values, patch: _Numbers, total: _Values) -> None:
    """Add area times the values of vertices to the patch of each; -1 for none."""
    for i in range(len(values)):
        if patch[i] >= 0:
            total[patch[i]] += area[i] * values[i]


@jit
def add_powers(T: _Values, area: _Values, patch: _Numbers, total: _Values) -> None:
    """Add area times T^4 of vertices to the patch of each; -1 for none."""
    for i in range(len(T)):
        if patch[i] >= 0:
            square = T[i] * T[i]
            total[patch[i]] += area[i] * square * square


@jit
def see(
    start: NDArray[np.int32], column: NDArray[np.int32], factor: _Values, sent: _Values, optics: _Values,
    absorbed: _Values,
) -> None:  # fmt: skip
    """Write what faces absorb, (n,) W/m2, of what patches send, (P,); factors are compressed by rows."""
    for i in range(len(absorbed)):
        total = 0.0
        for k in range(start[i], start[i + 1]):
            total += factor[k] * sent[column[k]]
        absorbed[i] = optics[i] * total


@jit
def between(before: _Values, after: _Values, share: float, out: _Values) -> None:
    """Write what lies between two arrays, at a share of the way."""
    for i in range(len(out)):
        out[i] = before[i] + share * (after[i] - before[i])


@jit
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
