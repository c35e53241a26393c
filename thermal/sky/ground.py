"""Temperature of the ground through a run: periodic start, two years of real seasons, then the run itself."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from thermal.sky.geometry import Geometry
from thermal.sky.marching import GAMMA


@dataclass(frozen=True, slots=True)
class GroundSeries:
    """Surface temperature as a monotone piecewise cubic of time.

    Parameters
    ----------
    times
        Knots in s, rising.
    coefficients
        Cubic coefficients, highest power first, one row an interval.
    period_s
        Length after which it repeats itself, or None.

    """

    times: tuple[float, ...]
    coefficients: tuple[tuple[float, float, float, float], ...]
    period_s: float | None = None

    def at(self, time_s: float) -> float:
        """Temperature in K at a time in s."""
        t = time_s - self.times[0]
        t = (t % self.period_s if self.period_s is not None else t) + self.times[0]
        index = min(max(bisect_right(self.times, t) - 1, 0), len(self.coefficients) - 1)
        c3, c2, c1, c0 = self.coefficients[index]
        u = t - self.times[index]
        return ((c3 * u + c2) * u + c1) * u + c0


def ground_series(
    times: NDArray[np.float64], temperature: NDArray[np.float64], period_s: float | None = None
) -> GroundSeries:
    """Interpolate surface temperatures (n,) in K at rising times (n,) in s."""
    curve = PchipInterpolator(times, temperature)
    rows = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in curve.c.T)
    return GroundSeries(tuple(times.tolist()), rows, period_s)


def absorbed_at_stages(
    geometry: Geometry, times: NDArray[np.float64], normal_albedo: float
) -> NDArray[np.float64]:
    """Sunlight that the ground absorbs at the two stages of every step, W/m2, shape (n - 1, 2)."""
    stages = np.stack([times[:-1] + GAMMA * np.diff(times), times[1:]], axis=1)
    flat = [_absorbed(geometry, t, normal_albedo) for t in stages.ravel().tolist()]
    return np.asarray(flat).reshape(stages.shape)


def _absorbed(geometry: Geometry, time_s: float, normal_albedo: float) -> float:
    return geometry.view(time_s).ground_sunlight(normal_albedo, geometry.normal)[0]
