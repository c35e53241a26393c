"""Contacts: when the disc meets the skyline, and when the Earth meets the disc."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from thermal.core.constants import EARTH_RADIUS
from thermal.sky.ephemeris.horizon import PlaneHorizon
from thermal.sky.ephemeris.site_view import Geometry, separation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SCAN: Final = 3600.0
_TEETH_SCAN: Final = 600.0
_ECLIPSE_SCAN: Final = 7200.0
_ECLIPSE_REACH: Final = 8 * 3600.0
"""Half the longest eclipse at a site, with room to spare, s."""
_CONJUNCTION: Final = math.radians(3.0)


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A moment at which a load has a kink.

    Parameters
    ----------
    time_s
        Seconds since the start of the run.
    name
        ``sunrise_first_contact``, ``sunrise_centre``, ``sunrise_last_contact``, the same with ``sunset``;
        ``eclipse_first_contact``, ``totality_start``, ``totality_end``, ``eclipse_last_contact``.

    """

    time_s: float
    name: str


@dataclass(frozen=True, slots=True)
class Eclipse:
    """The Earth before the Sun, as seen from the site; times in s since the start of the run.

    Parameters
    ----------
    first_contact_s, last_contact_s
        When the discs touch.
    totality_start_s, totality_end_s
        When the Sun is wholly hidden; None where it never is.
    greatest_s
        When the centres are nearest.
    max_hidden_fraction
        Part of the disc hidden then.

    """

    first_contact_s: float
    totality_start_s: float | None
    totality_end_s: float | None
    last_contact_s: float
    greatest_s: float
    max_hidden_fraction: float

    def events(self) -> Iterator[Event]:
        """Yield the contacts in their order."""
        yield Event(self.first_contact_s, "eclipse_first_contact")
        if self.totality_start_s is not None and self.totality_end_s is not None:
            yield Event(self.totality_start_s, "totality_start")
            yield Event(self.totality_end_s, "totality_end")
        yield Event(self.last_contact_s, "eclipse_last_contact")


def horizon_events(geometry: Geometry, first_s: float, last_s: float) -> list[Event]:
    """Find sunrises and sunsets between two times.

    Parameters
    ----------
    geometry
        The site.
    first_s, last_s
        Time span, s.

    Notes
    -----
    Teeth of a skyline narrower than the Sun's way in ten minutes (0.08 deg) can be missed.

    """
    scan = _SCAN if isinstance(geometry.horizon, PlaneHorizon) else _TEETH_SCAN
    count = max(2, 1 + math.ceil((last_s - first_s) / scan))
    times = np.linspace(first_s, last_s, count)
    views = [geometry.view(float(t)) for t in times]
    levels = {"first": -1.0, "centre": 0.0, "last": 1.0} if geometry.sun_radius_m > 0.0 else {"centre": 0.0}
    found: list[Event] = []
    for label, level in levels.items():
        heights = [v.clearance - level * v.sun_radius for v in views]

        def height(t: float, level: float = level) -> float:
            view = geometry.view(t)
            return view.clearance - level * view.sun_radius

        for i in range(count - 1):
            before, after = heights[i], heights[i + 1]
            if (before < 0.0) != (after < 0.0):
                moment = _root(height, float(times[i]), float(times[i + 1]))
                found.append(Event(moment, _contact_name(label, rising=before < 0.0)))
    return sorted(found)


def _contact_name(label: str, *, rising: bool) -> str:
    """Name a contact: at sunset the upper limb, which rose first, goes last."""
    if label == "centre":
        return "sunrise_centre" if rising else "sunset_centre"
    if rising:
        return f"sunrise_{label}_contact"
    return f"sunset_{'last' if label == 'first' else 'first'}_contact"


def find_eclipses(geometry: Geometry, first_s: float, last_s: float) -> list[Eclipse]:
    """Find the eclipses of which any part falls between two times, the Sun being up at their middle."""
    if not geometry.eclipses:
        return []

    def gap(t: float) -> float:
        view = geometry.view(t)
        return separation(view.sun, view.earth)

    start, stop = first_s - _ECLIPSE_REACH, last_s + _ECLIPSE_REACH
    times = np.linspace(start, stop, 3 + math.ceil((stop - start) / _ECLIPSE_SCAN))
    gaps = [gap(float(t)) for t in times]
    found = []
    for i in range(1, len(times) - 1):
        if gaps[i] < _CONJUNCTION and gaps[i] <= gaps[i - 1] and gaps[i] < gaps[i + 1]:
            bounds = (float(times[i - 1]), float(times[i + 1]))
            middle = float(minimize_scalar(gap, bounds=bounds, method="bounded", options={"xatol": 0.1}).x)
            eclipse = _eclipse_about(geometry, middle)
            if eclipse and eclipse.last_contact_s > first_s and eclipse.first_contact_s < last_s:
                found.append(eclipse)
    return found


def _eclipse_about(geometry: Geometry, middle: float) -> Eclipse | None:
    def outer(t: float) -> float:
        view = geometry.view(t)
        return separation(view.sun, view.earth) - view.sun_radius - math.asin(EARTH_RADIUS / view.earth_m)

    def inner(t: float) -> float:
        view = geometry.view(t)
        return separation(view.sun, view.earth) + view.sun_radius - math.asin(EARTH_RADIUS / view.earth_m)

    at_middle = geometry.view(middle)
    if outer(middle) >= 0.0 or at_middle.visible_fraction == 0.0:
        return None
    before, after = middle - _ECLIPSE_REACH, middle + _ECLIPSE_REACH
    total = inner(middle) < 0.0
    return Eclipse(
        first_contact_s=_root(outer, before, middle),
        totality_start_s=_root(inner, before, middle) if total else None,
        totality_end_s=_root(inner, middle, after) if total else None,
        last_contact_s=_root(outer, middle, after),
        greatest_s=middle,
        max_hidden_fraction=at_middle.hidden_fraction,
    )


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-3))
