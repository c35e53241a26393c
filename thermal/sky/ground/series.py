"""Temperature of the ground through a run: periodic start, two years of real seasons, then the run itself."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import PchipInterpolator

from thermal.sky.ground.marching import GAMMA

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.sky.ephemeris.site_view import Scenery


@dataclass(frozen=True, slots=True)
class GroundSeries:
    """Surface temperature as a monotone piecewise cubic of time.

    Parameters
    ----------
    times
        Knots in s, rising.
    coefficients
        Cubic coefficients, highest power first, shape (intervals, 4).
    period_s
        Length after which it repeats itself, or None.

    """

    times: tuple[float, ...]
    coefficients: NDArray[np.float64]
    period_s: float | None = None

    def at(self, time_s: float) -> float:
        """Return the temperature in K at a time in s."""
        t = time_s - self.times[0]
        t = (t % self.period_s if self.period_s is not None else t) + self.times[0]
        index = min(max(bisect_right(self.times, t) - 1, 0), self.coefficients.shape[0] - 1)
        c3, c2, c1, c0 = self.coefficients[index].tolist()
        u = t - self.times[index]
        value: float = ((c3 * u + c2) * u + c1) * u + c0
        return value


def ground_series(
    times: NDArray[np.float64], temperature: NDArray[np.float64], period_s: float | None = None
) -> GroundSeries:
    """Interpolate surface temperatures (n,) in K at rising times (n,) in s."""
    curve = PchipInterpolator(times, temperature)
    return GroundSeries(tuple(float(t) for t in times), np.ascontiguousarray(curve.c.T), period_s)


def absorbed_at_stages(
    scenery: Scenery, times: NDArray[np.float64], normal_albedo: float
) -> NDArray[np.float64]:
    """Return the sunlight that the ground absorbs at the two stages of every step, W/m2, shape (n - 1, 2)."""
    stages = np.stack([times[:-1] + GAMMA * np.diff(times), times[1:]], axis=1)
    flat = [_absorbed(scenery, t, normal_albedo) for t in stages.ravel().tolist()]
    return np.asarray(flat).reshape(stages.shape)


def _absorbed(scenery: Scenery, time_s: float, normal_albedo: float) -> float:
    return scenery.view(time_s).ground_sunlight(normal_albedo, scenery.normal)[0]
