"""Plane-stress stiffness of thin sheets, as forces per width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLOTH_SHEAR_SHARE: Final = 0.05
"""Shear stiffness of a weave over its tensile stiffness: yarns turn at their crossings (estimate, 0.02 to
0.1)."""

CLOTH_POISSON: Final = 0.1
"""Poisson's ratio of a weave from crimp interchange (estimate, 0 to 0.3)."""


def orthotropic(warp: float, weft: float, poisson: float, shear: float) -> NDArray[np.float64]:
    """Stiffness of an orthotropic sheet.

    Parameters
    ----------
    warp, weft
        Tensile stiffness of a free strip along each direction, N/m.
    poisson
        Contraction along the weft over stretch along the warp.
    shear
        Shear stiffness, N/m.

    Returns
    -------
    NDArray
        (3, 3), N/m: (N_warp, N_weft, N_shear) of (strain, strain, engineering shear).

    """
    compliance = np.array(
        [[1.0 / warp, -poisson / warp, 0.0], [-poisson / warp, 1.0 / weft, 0.0], [0.0, 0.0, 1.0 / shear]]
    )
    return np.asarray(np.linalg.inv(compliance))


def isotropic(modulus_pa: float, poisson: float, thickness_m: float) -> NDArray[np.float64]:
    """Stiffness (3, 3) in N/m of an isotropic film or plate."""
    tensile = modulus_pa * thickness_m
    return orthotropic(tensile, tensile, poisson, tensile / (2.0 * (1.0 + poisson)))


def cloth(warp: float, weft: float) -> NDArray[np.float64]:
    """Stiffness (3, 3) in N/m of a weave of which only the tensile stiffnesses in N/m are known."""
    return orthotropic(warp, weft, CLOTH_POISSON, CLOTH_SHEAR_SHARE * min(warp, weft))
