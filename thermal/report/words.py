"""Phrases that several reports share."""

from __future__ import annotations

import math
from datetime import datetime

from thermal.constants import DAY


def site_words(latitude_deg: float, longitude_deg: float) -> str:
    """Name a site, such as ``43.06° N, 51.92° W``."""
    east = (longitude_deg + 180.0) % 360.0 - 180.0
    north_south = "N" if latitude_deg >= 0 else "S"
    east_west = "E" if east >= 0 else "W"
    return f"{abs(latitude_deg):.5g}° {north_south}, {abs(east):.5g}° {east_west}"


def span_words(start: str, duration_s: float) -> str:
    """Name a span of time, such as ``29.53 days from 2020-12-03 15:10 UTC``."""
    return f"{duration_s / DAY:.2f} days from {datetime.fromisoformat(start):%Y-%m-%d %H:%M} UTC"


def years_words(years: float | None) -> str:
    """Write a time in years with two digits that count: ``2,400``, ``0.31``; None is ``never``."""
    if years is None:
        return "never"
    if years < 1e-3:
        return "0"
    digits = 1 - math.floor(math.log10(years))
    return f"{round(years, digits):,.{max(0, digits)}f}"
