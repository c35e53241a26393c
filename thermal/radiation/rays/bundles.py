"""Bundles of rays over the half-spaces before many points, in compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.geometry.arrays import Array, IntArray, Rays

_SHIFT = (0.7548776662466927, 0.5698402909980532)
"""Of the pattern between one number and the next: the plane's most even sequence (Roberts 2018)."""
_GOLDEN = 0.6180339887498949


@kernel
def bundle(first: Array, second: Array, outward: Array, numbers: IntArray, count: int, rays: Rays) -> None:
    """Write cosine-weighted directions over the half-space of each point, (points * count, 3).

    A Kronecker lattice on the unit disc, lifted (Malley's method), and its mirror image: consecutive pairs
    mirror each other in the first axis.

    Parameters
    ----------
    first, second, outward
        (points, 3) unit vectors: along the face, and out of it.
    numbers
        (points,) by which the lattice is shifted.
    count
        Rays a point, even.
    rays
        Where the directions go.

    """
    pairs = count // 2
    for i in range(len(outward)):
        along, round_about = (numbers[i] * _SHIFT[0]) % 1.0, (numbers[i] * _SHIFT[1]) % 1.0
        for k in range(pairs):
            square = ((k + 0.5) / pairs + along) % 1.0
            turn = np.pi * (((k + 0.5) * _GOLDEN + round_about) % 1.0 - 0.5)
            radius, height = np.sqrt(square), np.sqrt(1.0 - square)
            x, y = radius * np.cos(turn), radius * np.sin(turn)
            at = i * count + 2 * k
            for c in range(3):
                rest = y * second[i, c] + height * outward[i, c]
                rays[at, c] = x * first[i, c] + rest
                rays[at + 1, c] = -x * first[i, c] + rest


@kernel
def tally(
    met: NDArray[np.int32], rays: Rays, normals: Array, groups: IntArray, count: int, replicates: int,
    bodies: Array, squares: Array, below: Array,
) -> None:  # fmt: skip
    """Count what the rays of each point met.

    Parameters
    ----------
    met
        (points * count,) triangle that each ray met, -1 for none.
    rays
        (points * count, 3) directions.
    normals, groups
        (t, 3) of the triangles, and (t, 2) what the sides of each belong to.
    count, replicates
        Rays a point, and interleaved subsets of them whose scatter is taken.
    bodies, squares, below
        (points, b), (points, b), (points,): shares that meet each body, sum of the squares of the subsets'
        shares, and share that meets a body below the horizontal; added to.

    """
    share = 1.0 / count
    part = np.zeros((replicates, bodies.shape[1]))
    for i in range(len(below)):
        part[:] = 0.0
        for k in range(count):
            ray = i * count + k
            triangle = met[ray]
            if triangle < 0:
                continue
            facing = 0.0
            for c in range(3):
                facing += normals[triangle, c] * rays[ray, c]
            part[(k // 2) % replicates, groups[triangle, 1 if facing > 0.0 else 0]] += share
            if rays[ray, 2] < 0.0:
                below[i] += share
        for r in range(replicates):
            for b in range(part.shape[1]):
                bodies[i, b] += part[r, b]
                squares[i, b] += part[r, b] * part[r, b]


@kernel
def tally_ground(
    met: NDArray[np.int32], rays: Rays, points: Array, x: Array, y: Array, count: int, patches: Array
) -> None:
    """Take from each point's share of ground patches, (points, p), what rays aimed at them do not reach.

    ``points`` is (points, 3) m; ``x`` and ``y`` are the grid lines of the patches.
    """
    columns, share = len(x) - 1, 1.0 / count
    for i in range(len(points)):
        for k in range(count):
            ray = i * count + k
            if met[ray] < 0 or not rays[ray, 2] < 0.0:
                continue
            way = -points[i, 2] / rays[ray, 2]
            column = np.searchsorted(x, points[i, 0] + way * rays[ray, 0], side="right") - 1
            row = np.searchsorted(y, points[i, 1] + way * rays[ray, 1], side="right") - 1
            if 0 <= column < columns and 0 <= row < len(y) - 1:
                patches[i, row * columns + column] -= share
