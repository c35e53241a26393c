"""The sky at the time of a stage, looked up once for all terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thermal.sky import Environment, Sky


class SkyNow:
    """Environment that remembers its last answer.

    Parameters
    ----------
    environment
        Sun, Earth and ground over the run.

    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._time_s: float | None = None

    def at(self, time_s: float) -> Sky:
        """Sky at a time in s."""
        if time_s != self._time_s:
            self._sky = self._environment.at(time_s)
            self._time_s = time_s
        return self._sky
