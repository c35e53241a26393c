"""View factors from points of a surface to the ground, the sky and the bodies of a scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.radiation.rays.bundles import bundle, tally, tally_ground
from thermal.radiation.shadows.disc import disc_frame

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array
    from thermal.radiation.rays.occluders import Occluders
    from thermal.radiation.view_factors.ground import GroundPatches


_REPLICATES = 8
"""Interleaved subsets of the rays, whose scatter gives the standard error."""
_BATCH = 1 << 18
"""Rays cast together: bounds the memory, changes no result."""


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


def view_factors(
    occluders: Occluders,
    points: ArrayLike,
    normals: ArrayLike,
    *,
    ground: GroundPatches | None = None,
    rays: int = 512,
    numbers: ArrayLike = 0,
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
        Number of rays a point, a multiple of 16, turned with its normal: results turn and mirror with the
        scene.
    numbers
        (n,) or one for all: points of different numbers get different sets of rays, so that the errors of
        many even out in a mean over them.

    Returns
    -------
    ViewFactors
        Each row depends on its own point and number alone.

    Raises
    ------
    ValueError
        The count of rays is not a positive multiple of 16.

    """
    if rays <= 0 or rays % (2 * _REPLICATES):
        raise ValueError("the number of rays must be a positive multiple of 16")
    place, outward = np.asarray(points, dtype=float), np.asarray(normals, dtype=float)
    number = np.array(np.broadcast_to(np.asarray(numbers, dtype=np.int64), (len(outward),)))
    first, second = disc_frame(outward)
    shape = (len(outward), len(occluders.names))
    bodies, squares, below = np.zeros(shape), np.zeros(shape), np.zeros(len(outward))
    patches = np.zeros((len(outward), 0)) if ground is None else ground.factors(place, outward)
    several = max(1, _BATCH // rays)
    for start in range(0, len(outward), several):
        now = slice(start, start + several)
        along = np.empty((len(outward[now]) * rays, 3), dtype=np.float32)
        bundle(first[now], second[now], outward[now], number[now], rays, along)
        origins = np.repeat(occluders.origins(place[now], outward[now]), rays, axis=0)
        met = occluders.first_triangle(origins, along)
        tally(
            met, along, occluders.normals, occluders.groups, rays, _REPLICATES,
            bodies[now], squares[now], below[now],
        )  # fmt: skip
        if ground is not None:
            aimed, start_at = ground.inward(along), ground.inward(place[now])
            tally_ground(met, aimed, start_at, ground.x, ground.y, rays, patches[now])
    variance = np.maximum(0.0, _REPLICATES * squares - bodies**2) / (_REPLICATES - 1)
    return ViewFactors(
        ground=0.5 * (1.0 - outward[:, 2]) - below,
        sky=0.5 * (1.0 + outward[:, 2]) - (np.sum(bodies, axis=1) - below),
        bodies=bodies,
        names=occluders.names,
        standard_error=np.sqrt(variance),
        patches=patches,
    )
