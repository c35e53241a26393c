"""What a run would do, without doing it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thermal.core.constants import DAY

if TYPE_CHECKING:
    from thermal.case import Case
    from thermal.sky import Environment

_FIELDS = 3
"""Temperature of the wall and of both faces are stored."""


def plan(case: Case) -> dict[str, str]:
    """Build sky and scene and describe them.

    Returns
    -------
    dict
        Lines of text by topic: site, time, sky, mesh, outputs.

    """
    from materials import load_database
    from thermal.scene.build import build
    from thermal.sky import environment

    parts = build(case, load_database()).parts
    sizes = {name: len(part.points) for name, part in parts.items()}
    outputs = 1 + math.ceil(case.run.duration / case.output.every)
    megabytes = 4e-6 * _FIELDS * outputs * sum(sizes.values())
    latitude, longitude = math.degrees(case.site.latitude), math.degrees(case.site.longitude)
    return {
        "case": case.title,
        "site": f"latitude {latitude:g} deg, longitude {longitude:g} deg",
        "time": f"{case.run.duration / DAY:.3f} days from {case.sky.start:%Y-%m-%dT%H:%M:%SZ}"
        + (", behind the search for the periodic state" if case.run.mode == "periodic" else ""),
        "sky": ", ".join(_contacts(environment(case))) or "no sunrise, sunset or eclipse",
        "mesh": ", ".join(f"{name} {size}" for name, size in sizes.items())
        + f": {sum(sizes.values())} vertices",
        "outputs": f"{outputs}, up to {megabytes:.0f} MB",
    }


def _contacts(sky: Environment) -> list[str]:
    """Name the middle of every sunrise and sunset, and the first contact of every eclipse, with its day."""
    words = {"sunrise_centre": "sunrise", "sunset_centre": "sunset", "eclipse_first_contact": "eclipse"}
    return [
        f"{words[event.name]} day {event.time_s / DAY:.2f}" for event in sky.events() if event.name in words
    ]
