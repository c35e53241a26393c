"""Stiffness of a sheet that cannot carry compression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REMNANT: Final = 1e-4
"""Share of the stiffness kept where nothing is carried, so that the equations stay solvable."""


def tension_field(elastic_strain: NDArray[np.float64], stiffness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Stiffness of each cell by its state: taut, wrinkled or slack.

    A cell is taut where both principal forces are tensions, slack where the larger principal strain is not a
    stretch, and wrinkled between: then it carries tension along its larger principal strain alone,
    D = n n' / (n' S n) with n the tension in Voigt form and S the compliance.

    Parameters
    ----------
    elastic_strain
        (m, 3), strain minus thermal strain, engineering shear.
    stiffness
        (3, 3), N/m, of the taut sheet.

    Returns
    -------
    NDArray
        (m, 3, 3), N/m.

    """
    warp, weft, shear = elastic_strain.T
    larger = (warp + weft) / 2.0 + np.hypot((warp - weft) / 2.0, shear / 2.0)
    angle = 0.5 * np.arctan2(shear, warp - weft)
    cosine, sine = np.cos(angle), np.sin(angle)
    tension = np.stack([cosine**2, sine**2, cosine * sine], axis=1)
    compliance = np.linalg.inv(stiffness)
    softness = np.einsum("mi,ij,mj->m", tension, compliance, tension)
    wrinkled = np.einsum("mi,mj->mij", tension, tension) / softness[:, None, None]

    force_warp, force_weft, force_shear = (elastic_strain @ stiffness).T
    smaller_force = (force_warp + force_weft) / 2.0 - np.hypot((force_warp - force_weft) / 2.0, force_shear)
    field = wrinkled + REMNANT * stiffness
    field[smaller_force > 0.0] = stiffness
    field[(larger <= 0.0) & (smaller_force <= 0.0)] = REMNANT * stiffness
    return np.asarray(field)
