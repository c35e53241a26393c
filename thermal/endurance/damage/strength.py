"""How much sunlight takes strength down to a given share (theory E10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def dose_to_strength(
    share_left: ArrayLike, half_dose_esh: ArrayLike, exposed_share: ArrayLike
) -> NDArray[np.float64]:
    """Dose at which R = (1 - f) + f exp(-ln 2 D / D50) has fallen to a share.

    Parameters
    ----------
    share_left
        R, from 0; above 1 it needs no dose.
    half_dose_esh
        D50 in ESH, a number or an array of samples.
    exposed_share
        f, the share of the strength that light reaches; all three are broadcast.

    Returns
    -------
    NDArray
        Dose in ESH; infinite where the shaded share alone keeps the strength above R.

    """
    left, half, exposed = np.broadcast_arrays(
        np.asarray(share_left, dtype=float),
        np.asarray(half_dose_esh, dtype=float),
        np.asarray(exposed_share, dtype=float),
    )
    reached = np.where(left > 1.0, 1.0, -1.0)
    np.divide(left - (1.0 - exposed), exposed, out=reached, where=exposed > 0.0)
    lasting = (reached <= 0.0) | (np.isinf(half) & (left <= 1.0))
    halvings = -np.log2(np.where(lasting, 1.0, np.minimum(reached, 1.0)))
    return np.where(lasting, np.inf, np.where(np.isinf(half), 1.0, half) * halvings)
