"""Eclipses of the years ahead: the deepest is run, the others are taken after it.

Years ahead are solved under a mean sky without eclipses. What these do is put on top: the deepest one is run
with the flag as it is when new; each of the others makes the same cycles, with ranges in proportion to the
share of the Sun that it hides, and takes from the dose the light of that hour for as long as it hides it.
Heat that the dark saves is left out: it is 0.3 % of the light.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.case.tables.instant import LAST
from thermal.core.constants import DAY, SOLAR_CONSTANT, YEAR
from thermal.endurance.observe.fields import miner_sum
from thermal.endurance.observe.observer import Endurance
from thermal.simulation import Simulation
from thermal.sky.ephemeris.contacts import find_eclipses
from thermal.sky.place import Place, Span, geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpi4py import MPI
    from numpy.typing import NDArray

    from materials import Database
    from thermal.case.tables.root import Case
    from thermal.endurance.observe.evidence import PartEvidence
    from thermal.endurance.observe.history import Snapshot
    from thermal.endurance.observe.joint_strain import StrainedContact
    from thermal.heat.time.state import Step
    from thermal.sky.ephemeris.site_view import Geometry

BEFORE_S: Final = 1.5 * DAY
"""What a run of an eclipse begins before its middle: an arm forgets its start in a day."""
AFTER_S: Final = 0.5 * DAY
STEP_S: Final = 120.0
"""Between samples of the hidden share."""


@dataclass(frozen=True)
class Shade:
    """An eclipse.

    Attributes
    ----------
    first_s, greatest_s
        First contact and middle, s since the start of the run.
    hidden
        Largest share of the Sun that is hidden.
    dark_s
        Hidden share, integrated, s.

    """

    first_s: float
    greatest_s: float
    hidden: float
    dark_s: float


@dataclass(frozen=True)
class EclipseCycles:
    """What the eclipses of some years add to a run without any.

    Attributes
    ----------
    shades
        The eclipses in their order.
    years
        The time they belong to.
    parts, prints, joints
        Cycles of the deepest one as a run of it shows them: evidence of the parts, of the prints, of joints.
    light
        Direct sunlight on front and back of every vertex at first contact, W/m2, (n,) each.
    began_s
        When that run began, s since the start of the case's.
    snapshots
        Instants of it that stress is worked out at.

    """

    shades: tuple[Shade, ...]
    years: float
    parts: tuple[PartEvidence, ...]
    prints: tuple[PartEvidence, ...]
    joints: tuple[StrainedContact, ...]
    light: dict[str, NDArray[np.float64]]
    began_s: float
    snapshots: tuple[Snapshot, ...]

    def lost_esh(self, until_s: float) -> dict[str, NDArray[np.float64]]:
        """Dose that eclipses up to a time have taken from "front" and "back", ESH."""
        dark_h = sum(shade.dark_s for shade in self.shades if shade.greatest_s <= until_s) / 3600.0
        return {name: light / SOLAR_CONSTANT * dark_h for name, light in self.light.items()}

    def share(self, until_s: float) -> float:
        """Share of all eclipses up to a time."""
        return sum(shade.greatest_s <= until_s for shade in self.shades) / len(self.shades)

    def a_year(self, cycles: NDArray[np.float64], observed_years: float) -> NDArray[np.float64]:
        """Cycles a year (..., bins) of all eclipses from those of the deepest, as evidence has them."""
        return np.asarray((cycles * observed_years) @ self._scaled(cycles.shape[-1]) / self.years)

    def damage(self) -> NDArray[np.float64]:
        """Miner's sum of all eclipses, (n,); 0 where there is no law."""
        each = [
            replace(part, cycles=self.a_year(part.cycles, part.observed_years), observed_years=self.years)
            for part in self.parts
        ]
        return np.nan_to_num(np.concatenate([miner_sum(part) for part in each]))

    def _scaled(self, bins: int) -> NDArray[np.float64]:
        """Bins that the cycles of the deepest eclipse fall into in all the eclipses, (bins, bins)."""
        deepest = max(shade.hidden for shade in self.shades)
        scaled = np.zeros((bins, bins))
        rows = np.arange(bins)
        for shade in self.shades:
            below, above = np.divmod(rows * shade.hidden / deepest, 1.0)
            scaled[rows, below.astype(int)] += 1.0 - above
            scaled[rows, np.minimum(below.astype(int) + 1, bins - 1)] += above
        return scaled


def eclipses_ahead(case: Case, years: float) -> tuple[Shade, ...]:
    """Find the eclipses of the years ahead; none where the case's sky has none.

    Years past the end of the ephemeris have those that lie before it.
    """
    sky = case.sky
    if sky.model != "ephemeris" or case.run.mode == "periodic" or not sky.eclipses or sky.sun_table:
        return ()
    span_s = min(years * YEAR, (LAST - sky.start - timedelta(days=2)).total_seconds())
    if span_s <= 0.0:
        return ()
    place = Place(case.site.latitude, case.site.longitude, sky.albedo)
    site = geometry(place, Span(sky.start, span_s))
    found = find_eclipses(site, 0.0, span_s)
    return tuple(
        Shade(one.first_contact_s, one.greatest_s, one.max_hidden_fraction, dark)
        for one in found
        if (dark := _dark_s(site, one.first_contact_s, one.last_contact_s)) > 0.0
    )


def eclipse_cycles(
    case: Case, database: Database, shades: Sequence[Shade], years: float, comm: MPI.Intracomm
) -> EclipseCycles:
    """Run the deepest eclipse.

    Parameters
    ----------
    case, database
        As for a run.
    shades
        The eclipses, one at least.
    years
        The time they belong to.
    comm
        Processes that run it.

    """
    deepest = max(shades, key=lambda shade: (shade.hidden, shade.dark_s))
    began_s = deepest.greatest_s - BEFORE_S
    start = case.sky.start + timedelta(seconds=began_s)
    run = case.run.model_copy(update={"duration": BEFORE_S + AFTER_S, "initial": "equilibrium"})
    alone = case.model_copy(
        update={
            "sky": case.sky.model_copy(update={"start": start}),
            "run": run,
            "event": (),
            "deployment": None,
        }
    )
    simulation = Simulation(alone, database, comm)
    endurance = Endurance(alone, simulation.scene, database)
    from_contact = _From(endurance, deepest.first_s - began_s)
    for _state in simulation.run([from_contact]):
        pass
    return EclipseCycles(
        tuple(shades),
        years,
        endurance.evidence(),
        tuple(one for one in endurance.evidence(each_print=True) if one.is_cloth),
        endurance.joints(),
        from_contact.light,
        began_s,
        endurance.snapshots(),
    )


class _From:
    """Hands on the steps from a time on, and keeps the mean light of the first."""

    def __init__(self, endurance: Endurance, time_s: float) -> None:
        self._endurance, self._time_s = endurance, time_s
        self.light: dict[str, NDArray[np.float64]] = {}

    def observe(self, step: Step) -> None:
        if step.time_s < self._time_s - 1.0:
            return
        if not self.light:
            self.light = {"front": step.sunlight_front.copy(), "back": step.sunlight_back.copy()}
            step = replace(step, step_s=0.0)
        self._endurance.observe(step)


def _dark_s(site: Geometry, first_s: float, last_s: float) -> float:
    times = np.arange(first_s, last_s + STEP_S, STEP_S)
    return float(np.trapezoid([site.view(float(moment)).hidden_fraction for moment in times], times))
