"""The sky at the times of a step's stages, each looked up once for all terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from thermal.sky import Environment, Sky

KEPT: Final = 4
"""Times that are remembered: those of a step's stages, and one more."""


class SkyNow:
    """Environment that remembers its last answers.

    Parameters
    ----------
    environment
        Sun, Earth and ground over the run.

    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._known: dict[float, Sky] = {}

    def at(self, time_s: float) -> Sky:
        """Sky at a time in s."""
        if time_s not in self._known:
            if len(self._known) >= KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[time_s] = self._environment.at(time_s)
        return self._known[time_s]
