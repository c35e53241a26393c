"""What a law is, for those who evaluate one and those who make one."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


class Law(Protocol):
    """A smooth function of temperature."""

    def value(self, temperature: FloatArray) -> FloatArray:
        """Return values (n,) at temperatures (n,)."""
        ...

    def derivative(self, temperature: FloatArray) -> FloatArray:
        """Return derivatives (n,) with respect to temperature at temperatures (n,)."""
        ...
