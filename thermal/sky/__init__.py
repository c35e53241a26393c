"""The sky over a site: Sun, Earth, eclipses and the ground's temperature."""

from __future__ import annotations

from thermal.sky.environment import Environment, Sky
from thermal.sky.ephemeris.contacts import Eclipse, Event
from thermal.sky.from_case import environment, site_environment, sky_problems

__all__ = ["Eclipse", "Environment", "Event", "Sky", "environment", "site_environment", "sky_problems"]
