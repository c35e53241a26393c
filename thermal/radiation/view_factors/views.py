"""What each face sees: view factors to the ground, to patches of it, and to the sky."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Views:
    """View factors of both faces of every vertex of the model.

    Attributes
    ----------
    front_ground, front_sky, back_ground, back_sky
        (n,) each; what is missing to 1 goes to other parts.
    front_patches, back_patches
        (n, g) to the patches that the ground is divided into, a part of what goes to the ground. A patch that
        is all but hidden may be below 0 by what rays leave open, so that errors even out over the patches.
    box_patches
        (boxes, 6, g) the same of the faces of boxes.

    """

    front_ground: NDArray[np.float64]
    front_sky: NDArray[np.float64]
    back_ground: NDArray[np.float64]
    back_sky: NDArray[np.float64]
    front_patches: NDArray[np.float32]
    back_patches: NDArray[np.float32]
    box_patches: NDArray[np.float64]

    @classmethod
    def unobstructed(cls, normals: NDArray[np.float64]) -> Self:
        """Return views over an infinite plane: (1 - cos tilt)/2 of ground, exactly (theory R6).

        Parameters
        ----------
        normals
            (n, 3) unit normals out of the front faces.

        """
        up = np.clip(normals[:, 2], -1.0, 1.0)
        below, above = 0.5 * (1.0 - up), 0.5 * (1.0 + up)
        none = np.zeros((len(up), 0), np.float32)
        return cls(below, above, above, below, none, none, np.zeros((0, 6, 0)))
