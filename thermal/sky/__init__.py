"""The sky over a site: Sun, Earth, eclipses and the ground's temperature."""

from __future__ import annotations

from thermal.sky.build import environment
from thermal.sky.environment import Environment, Sky
from thermal.sky.events import Eclipse, Event

__all__ = ["Eclipse", "Environment", "Event", "Sky", "environment"]
