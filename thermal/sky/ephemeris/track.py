"""Smooth functions of time as piecewise cubics on an even grid, cheap to evaluate one instant at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Track:
    """Sun and Earth as seen from the site.

    Columns 0 to 2 are the vector to the Sun in AU, 3 to 5 the vector to the Earth in m, east, north, up.

    Parameters
    ----------
    first_s, step_s
        Start and spacing of the grid, s.
    coefficients
        Cubic coefficients, highest power first, shape (intervals, 4, 6).
    period_s
        Length after which it repeats itself, or None.

    """

    first_s: float
    step_s: float
    coefficients: NDArray[np.float64]
    period_s: float | None = None

    def at(self, time_s: float) -> list[float]:
        """Return all columns at one time (extrapolated beyond the ends)."""
        since = time_s - self.first_s
        if self.period_s is not None:
            since %= self.period_s
        index = min(max(int(since // self.step_s), 0), self.coefficients.shape[0] - 1)
        u = since - index * self.step_s
        c = self.coefficients[index]
        row: list[float] = (((c[0] * u + c[1]) * u + c[2]) * u + c[3]).tolist()
        return row


def build_track(
    first_s: float, step_s: float, values: NDArray[np.float64], *, periodic: bool = False
) -> Track:
    """Interpolate samples.

    Parameters
    ----------
    first_s, step_s
        Start and spacing of the samples, s.
    values
        Samples, shape (n, columns).
    periodic
        The last sample equals the first one, and the track repeats itself.

    """
    times = step_s * np.arange(values.shape[0])
    spline = CubicSpline(times, values, bc_type="periodic" if periodic else "not-a-knot")
    period = float(times[-1]) if periodic else None
    return Track(first_s, step_s, np.ascontiguousarray(np.moveaxis(spline.c, 0, 1)), period)
