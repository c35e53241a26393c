"""When the Sun crosses the plane of the cloth, or the meridian: loads have kinks there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.sky import Environment

SAMPLE_S = 3600.0


def sun_crossings(environment: Environment, normals: NDArray[np.float64]) -> list[float]:
    """Find the times at which the Sun passes through planes.

    Parameters
    ----------
    environment
        The sky over the run.
    normals
        (k, 3) unit normals of the planes; east for the meridian.

    Returns
    -------
    list of float
        s from the start, rising, to a millisecond.

    """
    count = max(2, int(environment.duration_s / SAMPLE_S) + 1)
    times = np.linspace(0.0, environment.duration_s, count)
    side = np.stack([environment.at(float(t)).sun_direction for t in times]) @ normals.T
    found: set[float] = set()
    for k, normal in enumerate(normals):
        for at in np.flatnonzero(np.diff(np.sign(side[:, k]))):
            low, high = float(times[at]), float(times[at + 1])

            def height(t: float, plane: NDArray[np.float64] = normal) -> float:
                return float(environment.at(t).sun_direction @ plane)

            if height(low) * height(high) < 0.0:
                found.add(float(brentq(height, low, high, xtol=1e-3)))
    return sorted(found)
