"""Times at which the ground is computed: landing on every contact, fine next to it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import LUNATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.sky.ephemeris.contacts import Eclipse


@dataclass(frozen=True, slots=True)
class StepPlan:
    """How fine the ground is stepped.

    Parameters
    ----------
    longest_s
        Step far from contacts, s.
    contact_s
        Step next to a contact, s.
    eclipse_s
        Longest step from an eclipse's first contact until `recovery_s` after its last, s.
    recovery_s
        See there, s.
    growth
        Ratio of neighbouring steps.

    """

    longest_s: float = LUNATION / 480
    contact_s: float = 10.0
    eclipse_s: float = 30.0
    recovery_s: float = 3600.0
    growth: float = 1.2


FINE = StepPlan()
"""For the run itself, of which every contact must come out."""

COARSE = StepPlan(longest_s=LUNATION / 240, contact_s=60.0, eclipse_s=120.0)
"""For the years before the run, of which only the depth remembers anything."""


def ground_times(
    first_s: float, last_s: float, contacts: Sequence[float], eclipses: Sequence[Eclipse], plan: StepPlan
) -> NDArray[np.float64]:
    """Lay the times of a march.

    Parameters
    ----------
    first_s, last_s
        Ends, s.
    contacts
        Times of kinks in the load, any order; those outside are ignored.
    eclipses
        Spans to be stepped finely; their contacts are added to the kinks.
    plan
        How fine.

    Returns
    -------
    ndarray
        Rising times in s from `first_s` to `last_s`, every kink among them.

    """
    spans = [(e.first_contact_s, e.last_contact_s + plan.recovery_s) for e in eclipses]
    kinks = {t for e in eclipses for t in (event.time_s for event in e.events())}
    kinks.update(contacts, (edge for span in spans for edge in span))
    inside = sorted(t for t in kinks if first_s + 1.0 < t < last_s - 1.0)
    knots = [first_s, *_apart(inside), last_s]
    pieces = [np.array([first_s])]
    for a, b in itertools.pairwise(knots):
        middle = 0.5 * (a + b)
        eclipsed = any(low < middle < high for low, high in spans)
        pieces.append(_graded(a, b, plan, plan.eclipse_s if eclipsed else plan.longest_s)[1:])
    return np.concatenate(pieces)


def _apart(times: Sequence[float]) -> list[float]:
    """Drop times that follow another by less than a second."""
    kept: list[float] = []
    for t in times:
        if not kept or t - kept[-1] >= 1.0:
            kept.append(t)
    return kept


def _graded(a: float, b: float, plan: StepPlan, longest: float) -> NDArray[np.float64]:
    """Lay times from `a` to `b` with steps that grow from both ends to at most `longest`."""
    half = 0.5 * (b - a)
    steps: list[float] = []
    step, done = min(plan.contact_s, longest), 0.0
    while done < half:
        steps.append(step)
        done += step
        step = min(step * plan.growth, longest)
    rising = np.concatenate([[0.0], np.cumsum(steps)]) * (half / done)
    return np.concatenate([a + rising, (b - rising[::-1])[1:]])
