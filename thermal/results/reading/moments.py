"""Night, noon and sunset of a run, from the sky it recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.results.reading.reader import Result


@dataclass(frozen=True, slots=True)
class Moments:
    """When things happen.

    Parameters
    ----------
    time, elevation
        Height of the Sun's centre over the run, s and degrees; empty without a sky.
    noon, sunset
        First time at which the Sun stands highest, and at which its centre sinks below the horizon, s;
        None if the run has no such moment.

    """

    time: NDArray[np.float64]
    elevation: NDArray[np.float64]
    noon: float | None
    sunset: float | None

    @classmethod
    def of(cls, result: Result) -> Self:
        """Read them from the group ``sky``."""
        if "sky/time" not in result:
            return cls(np.empty(0), np.empty(0), None, None)
        time, elevation = result["sky/time"].values, result["sky/sun_elevation"].values
        sunset = _event(result, "sunset_centre") or _sunset(time, elevation)
        return cls(time, elevation, _noon(time, elevation), sunset)

    def is_night(self, time: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Say for each time whether the Sun's centre is below the horizon; never without a sky."""
        if not len(self.time):
            return np.zeros(len(time), bool)
        return np.interp(time, self.time, self.elevation) < 0

    def nights(self) -> list[tuple[float, float]]:
        """Give begin and end of every night, s."""
        if not len(self.time):
            return []
        dark = np.concatenate([[False], self.elevation < 0, [False]])
        edges = np.flatnonzero(dark[1:] != dark[:-1])
        crossings = [self._crossing(int(edge)) for edge in edges]
        return list(zip(crossings[::2], crossings[1::2], strict=True))

    def _crossing(self, index: int) -> float:
        """Interpolate when the Sun's centre crosses the horizon before a sample."""
        if index in {0, len(self.time)}:
            return float(self.time[min(index, len(self.time) - 1)])
        return _zero(self.time[index - 1 : index + 1], self.elevation[index - 1 : index + 1])


def _event(result: Result, name: str) -> float | None:
    """Give the time of the first event of a name: the stepper landed on it."""
    names = result.texts("sky/event_name")
    return float(result["sky/event_time"].values[names.index(name)]) if name in names else None


def _noon(time: NDArray[np.float64], elevation: NDArray[np.float64]) -> float | None:
    inner = (elevation[1:-1] > 0) & (elevation[1:-1] >= elevation[:-2]) & (elevation[1:-1] > elevation[2:])
    found = np.flatnonzero(inner)
    return float(time[found[0] + 1]) if len(found) else None


def _sunset(time: NDArray[np.float64], elevation: NDArray[np.float64]) -> float | None:
    found = np.flatnonzero((elevation[:-1] >= 0) & (elevation[1:] < 0))
    return _zero(time[found[0] : found[0] + 2], elevation[found[0] : found[0] + 2]) if len(found) else None


def _zero(time: NDArray[np.float64], elevation: NDArray[np.float64]) -> float:
    """Interpolate a crossing of zero between two samples."""
    return float(time[0] - elevation[0] * (time[1] - time[0]) / (elevation[1] - elevation[0]))
