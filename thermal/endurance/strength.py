"""How much sunlight takes strength down to a given share (materials.md 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def dose_to_strength(
    share_left: float, half_dose_esh: ArrayLike, exposed_share: ArrayLike
) -> NDArray[np.float64]:
    """Dose at which R = (1 - f) + f exp(-ln 2 D / D50) has fallen to a share.

    Parameters
    ----------
    share_left
        R, between 0 and 1.
    half_dose_esh
        D50 in ESH, a number or an array of samples.
    exposed_share
        f, the share of the strength that light reaches, broadcast with D50.

    Returns
    -------
    NDArray
        Dose in ESH; infinite where the shaded share alone keeps the strength above R.

    """
    half, exposed = np.broadcast_arrays(
        np.asarray(half_dose_esh, dtype=float), np.asarray(exposed_share, dtype=float)
    )
    reached = np.full(exposed.shape, -1.0)
    np.divide(share_left - (1.0 - exposed), exposed, out=reached, where=exposed > 0.0)
    lasting = (reached <= 0.0) | np.isinf(half)
    halvings = -np.log2(np.where(lasting, 1.0, np.minimum(reached, 1.0)))
    return np.where(lasting, np.inf, np.where(lasting, 1.0, half) * halvings)
