"""View factors from points of a surface to the ground, the sky and the bodies of a scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.scene.visibility.disc import disc_frame

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.scene.visibility.arrays import Array
    from thermal.scene.visibility.ground import GroundPatches
    from thermal.scene.visibility.occluders import Occluders


_REPLICATES = 8
"""Interleaved subsets of the rays, whose scatter gives the standard error."""
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, eq=False)
class ViewFactors:
    """Where the half-space before one face of each point ends; rows of all columns sum to one.

    Parameters
    ----------
    ground, sky
        (n,) exact where nothing stands in the way.
    bodies
        (n, b) to each of ``names``.
    names
        Those of :attr:`Occluders.names`.
    standard_error
        (n, b) estimated from the scatter of subsets of the rays; on the safe side, because the whole
        set is more even than its subsets.
    patches
        (n, p) to each ground patch, a part of ``ground``; (n, 0) without patches.

    """

    ground: Array
    sky: Array
    bodies: Array
    names: tuple[str, ...]
    standard_error: Array
    patches: Array


def hemisphere_rays(count: int) -> Array:
    """Return cosine-weighted directions of the upper half-space, (count, 3), mirrored in the first axis.

    A Kronecker lattice on the unit disc, lifted (Malley's method), and its mirror image; consecutive
    pairs mirror each other.

    Parameters
    ----------
    count
        Number of rays, a multiple of 16.

    Raises
    ------
    ValueError
        The count is not a positive multiple of 16.

    """
    if count <= 0 or count % (2 * _REPLICATES):
        raise ValueError("the number of rays must be a positive multiple of 16")
    index = np.arange(count // 2)
    square = (index + 0.5) / (count // 2)
    turn = np.pi * (np.mod((index + 0.5) * _GOLDEN, 1.0) - 0.5)
    radius = np.sqrt(square)
    one = np.stack([radius * np.cos(turn), radius * np.sin(turn), np.sqrt(1.0 - square)], axis=1)
    return np.stack([one, one * np.array([-1.0, 1.0, 1.0])], axis=1).reshape(-1, 3)


def view_factors(
    occluders: Occluders,
    points: ArrayLike,
    normals: ArrayLike,
    *,
    ground: GroundPatches | None = None,
    rays: int = 512,
) -> ViewFactors:
    """View factors of one face of each point.

    The flat ground and the sky are known exactly without bodies, ``(1 -+ n_z)/2``; rays find only what
    bodies take from them (a control variate), so a sheet alone has exact factors.

    Parameters
    ----------
    occluders
        The bodies, above the ground plane z = 0; the points' own surface may be among them.
    points, normals
        (n, 3) m, above the ground, and outward unit normals of the face.
    ground
        Patches of the ground to be told apart.
    rays
        Number of rays a point, a multiple of 16. The same set for every point, turned with its normal:
        results turn and mirror with the scene.

    Returns
    -------
    ViewFactors
        Each row depends on its own point alone.

    """
    outward = np.asarray(normals, dtype=float)
    origins = occluders.origins(points, outward)
    first, second = disc_frame(outward)
    shape = (len(outward), len(occluders.names))
    total, squares = np.zeros(shape), np.zeros(shape)
    below = np.zeros(len(outward))
    patches = np.zeros((len(outward), 0)) if ground is None else ground.factors(points, outward)
    share = 1.0 / rays
    directions = (
        hemisphere_rays(rays).reshape(-1, _REPLICATES, 2, 3).swapaxes(0, 1).reshape(_REPLICATES, -1, 3)
    )
    for subset in directions:
        part = np.zeros(shape)
        for a, b, c in subset:
            ray = a * first + b * second + c * outward
            body = occluders.first_hit(origins, ray.astype(np.float32))
            hit = np.flatnonzero(body >= 0)
            part[hit, body[hit]] += share
            down = hit[ray[hit, 2] < 0.0]
            below[down] += share
            if ground is not None:
                patch = ground.under(np.asarray(points, dtype=float)[down], ray[down])
                patches[down[patch >= 0], patch[patch >= 0]] -= share
        total += part
        squares += part**2
    variance = np.maximum(0.0, _REPLICATES * squares - total**2) / (_REPLICATES - 1)
    taken = np.sum(total, axis=1)
    return ViewFactors(
        ground=0.5 * (1.0 - outward[:, 2]) - below,
        sky=0.5 * (1.0 + outward[:, 2]) - (taken - below),
        bodies=total,
        names=occluders.names,
        standard_error=np.sqrt(variance),
        patches=patches,
    )
