"""Share of the Sun's disc that points on surfaces see, for one Sun direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.radiation.shadows.disc import disc_visibility, lift_disc

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from thermal.geometry.arrays import Array
    from thermal.radiation.rays.occluders import Occluders


def sun_visibility(
    occluders: Occluders,
    points: ArrayLike,
    normals: ArrayLike,
    sun_direction: ArrayLike,
    angular_radius: float,
) -> Array:
    """Visible share of the solar disc, penumbra resolved.

    A face whose plane hides the whole disc gets 0; where the plane cuts the disc, :func:`disc_cosine` gives
    what falls on the face, and the share here is what other bodies leave. The ground's horizon is not in
    here: the sky lowers the irradiance itself.

    Parameters
    ----------
    occluders
        What stands in the way; the points' own surface may be among it.
    points, normals
        (n, 3) m and outward unit normals of the face asked for.
    sun_direction
        (3,) unit vector to the Sun.
    angular_radius
        Of the solar disc, rad.

    Returns
    -------
    ndarray
        (n,) 0 to 1. Each point's value depends on that point alone.

    """
    sun = np.asarray(sun_direction, dtype=float)
    place = np.asarray(points, dtype=float)
    outward = np.asarray(normals, dtype=float)
    cosine = outward[:, 0] * sun[0] + outward[:, 1] * sun[1] + outward[:, 2] * sun[2]
    lit = np.flatnonzero(cosine > -np.sin(angular_radius))
    share = np.zeros(len(place))
    origins = occluders.origins(place[lit], outward[lit])
    lifted = lift_disc(np.tile(sun, (len(lit), 1)), outward[lit], angular_radius)
    share[lit] = disc_visibility(occluders, origins, lifted, angular_radius)
    return share
