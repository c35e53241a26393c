"""Phrases that several reports share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from thermal.core.constants import DAY

LEDGER_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "absorbed_j": "absorbed",
        "emitted_j": "emitted",
        "conducted_j": "conducted in from sinks",
        "stored_j": "stored",
        "residual_j": "residual",
    }
)
"""Entries of the energy ledger in the order in which they are read."""


def site_words(latitude_deg: float, longitude_deg: float) -> str:
    """Name a site, such as ``43.06° N, 51.92° W``."""
    east = (longitude_deg + 180.0) % 360.0 - 180.0
    north_south = "N" if latitude_deg >= 0 else "S"
    east_west = "E" if east >= 0 else "W"
    return f"{abs(latitude_deg):.5g}° {north_south}, {abs(east):.5g}° {east_west}"


def span_words(start: str, duration_s: float) -> str:
    """Name a span of time, such as ``29.53 days from 2020-12-03 15:10 UTC``."""
    return f"{duration_s / DAY:.2f} days from {datetime.fromisoformat(start):%Y-%m-%d %H:%M} UTC"


def cycle_words(cycle: Mapping[str, Any]) -> str:
    """Say how a periodic state was found: ``periodic: found in 6 lunations, closes to 0.002 K (arm1)``."""
    closing = cycle["closing_k"] or cycle["residual_k"]
    worst = max(closing, key=closing.__getitem__)
    return f"periodic: found in {cycle['lunations']} lunations, closes to {closing[worst]:.1g} K ({worst})"


def outside_words(held: Mapping[str, Any]) -> str:
    """Say which law was held at an end of its data, for how long, and how far the part was outside."""
    (low, high), hours = held["range_k"], held["time_s"] / 3600.0
    reached = f"{held['lowest_k']:.0f} to {held['highest_k']:.0f} K"
    law = f"{held['law']} ({low:g} to {high:g} K)"
    return f"{law} held at the end of its data for {hours:.1f} h: {held['part']} was at {reached}"


def stack_words(stack: str) -> str:
    """Say what a hot or cold stack is."""
    return f"{stack} stack: every uncertain input at its {stack} end"


def years_words(years: float | None) -> str:
    """Write a time in years with two digits that count: ``2,400``, ``0.31``; None is ``never``."""
    if years is None:
        return "never"
    if years < 1e-3:
        return "0"
    digits = 1 - math.floor(math.log10(years))
    return f"{round(years, digits):,.{max(0, digits)}f}"
