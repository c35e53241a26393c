"""Array types of this package."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]
Rays = NDArray[np.float32]
"""Embree's precision: origins, directions and what comes along the rays."""
