"""TR-BDF2, the time integrator (Bank et al. 1985; Hosea and Shampine 1996).

Second order, L-stable and stiffly accurate: the last stage is the state at the end of the step, so a sheet
that forgets in seconds follows its balance instead of ringing. Written for enthalpy h(T) and flux f:

    stage 1   t               f1 = f(t, T_n)                    the last stage of the step before
    stage 2   t + gamma dt    h2 = h_n + dt d (f1 + f2)
    stage 3   t + dt          h3 = h_n + dt (w f1 + w f2 + d f3)

with gamma = 2 - sqrt 2, d = gamma / 2, w = sqrt(2) / 4. A third-order formula on the same stages gives the
error.
"""

from __future__ import annotations

from typing import Final

import numpy as np

GAMMA: Final = 2.0 - np.sqrt(2.0)
DIAGONAL: Final = GAMMA / 2.0
WEIGHT: Final = np.sqrt(2.0) / 4.0
WEIGHTS: Final = (WEIGHT, WEIGHT, DIAGONAL)
THIRD_ORDER: Final = ((1.0 - WEIGHT) / 3.0, (3.0 * WEIGHT + 1.0) / 3.0, DIAGONAL / 3.0)
ERROR_WEIGHTS: Final = tuple(b - a for a, b in zip(WEIGHTS, THIRD_ORDER, strict=True))
ORDER_OF_ERROR: Final = 3
