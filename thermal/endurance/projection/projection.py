"""The years ahead of a run: its lunations by cycle jump, and the verdict over all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from mpi4py import MPI

from thermal.core.constants import LUNATION, YEAR
from thermal.endurance.mechanics.held_stress import joints_ahead, mean_over
from thermal.endurance.projection.eclipses import eclipse_cycles, eclipses_ahead
from thermal.endurance.projection.lunations import over_years
from thermal.endurance.requirements.judging import judge
from thermal.endurance.verdict.finding import Verdict, verdict_line
from thermal.endurance.verdict.sampling import Outlook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from materials import Database
    from thermal.case.tables.root import Case
    from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence
    from thermal.endurance.observe.joint_strain import StrainedContact
    from thermal.endurance.observe.observer import Endurance
    from thermal.endurance.projection.cycle_jump import March
    from thermal.endurance.projection.eclipses import EclipseCycles, Shade
    from thermal.endurance.projection.lunations import SolvedLunation, Watch

_Seen = TypeVar("_Seen", "PartEvidence", "StrainedContact")

NOISE_OVER_TOLERANCE = 2.0
"""A later lunation is hotter or colder only by more than this many tolerances of the solver."""

SAMPLES, SEED = 2000, 20201203
"""Of the draws behind the intervals, those of a run's own verdict."""


@dataclass(frozen=True)
class Ahead:
    """What the years bring.

    Attributes
    ----------
    march
        Slow state through the lunations.
    seen
        What the solved lunations showed, by number.
    verdict
        Over the run and the years ahead of it.

    """

    march: March
    seen: tuple[SolvedLunation, ...]
    verdict: Verdict


def look_ahead(
    case: Case, database: Database, endurance: Endurance, years: float, *, watch: Watch | None = None
) -> Ahead:
    """Run a case's lunations over years and judge its requirements by what they showed.

    Doses are those of the years, cycles the mean over the solved lunations, and extremes of temperature
    the worst of the run and of any solved lunation, when they occurred.

    Parameters
    ----------
    case, database
        The case and the data of the run.
    endurance
        The run that has ended.
    years
        How far to look, at least one lunation.
    watch
        Gives observers of a lunation by its number.

    Returns
    -------
    Ahead
        March, solved lunations and verdict.

    Raises
    ------
    CaseError
        For less than one lunation.

    """
    march, seen = (
        over_years(case, database, years) if watch is None else over_years(case, database, years, watch=watch)
    )
    shades = eclipses_ahead(case, years)
    if shades:
        dark = eclipse_cycles(case, database, shades, years, MPI.COMM_SELF)
        march = _darkened(march, dark)
    marched_years = march.lunations[-1] * LUNATION / YEAR
    dose_rate = {name: np.divide(march.end[f"dose_{name}"], marched_years) for name in ("front", "back")}
    whole = endurance.evidence()
    ends = accumulate(len(part.uv) for part in whole)
    first = dict(zip((part.name for part in whole), (0, *ends), strict=False))
    cloth = tuple(one for one in endurance.evidence(each_print=True) if one.is_cloth)
    noise_k = NOISE_OVER_TOLERANCE * case.solver.tolerance
    parts = _merged(whole, [(one.number, one.parts) for one in seen], dose_rate, first, noise_k)
    prints = _merged(cloth, [(one.number, one.prints) for one in seen], dose_rate, first, noise_k)
    others = [(dark.began_s, dark.joints)] if shades else []
    joints = joints_ahead(endurance.joints(), [(one.number, one.joints) for one in seen], others)
    if shades:
        parts, prints, joints = (
            _with_cycles(parts, dark.parts, dark),
            _with_cycles(prints, dark.prints, dark),
            _with_cycles(joints, dark.joints, dark),
        )
    arms = [arm for arm in (endurance.arm, *(one.arm for one in seen)) if arm is not None]
    arm = max(arms, key=lambda one: one.tip.largest_m, default=None)
    outlook = Outlook(years, SAMPLES, SEED)
    later = [(seen[-1].number * LUNATION, seen[-1].snapshots)]
    later += [(dark.began_s, dark.snapshots)] if shades else []
    instants = [replace(one, time_s=began_s + one.time_s) for began_s, found in later for one in found]
    stress = endurance.mechanics.stress((*endurance.snapshots(), *instants), joints)
    findings = judge(case, parts, prints, arm, stress, outlook)
    verdict = Verdict(
        verdict_line(findings, years),
        findings,
        years,
        whole[0].observed_years,
        SAMPLES,
        SEED,
        _notes(case, march, shades),
    )
    return Ahead(march, seen, verdict)


def _darkened(march: March, dark: EclipseCycles) -> March:
    """Take from the doses, and add to the damage, what the eclipses did by then."""
    states, damage = [], dark.damage()
    for lunations, state in zip(march.lunations, march.states, strict=True):
        lost = dark.lost_esh(lunations * LUNATION)
        doses = {f"dose_{name}": np.maximum(state[f"dose_{name}"] - gone, 0.0) for name, gone in lost.items()}
        worn = state["damage"] + damage * dark.share(lunations * LUNATION)
        states.append({**state, **doses, "damage": worn})
    return replace(march, states=tuple(states))


def _with_cycles(
    seen: tuple[_Seen, ...], eclipsed: tuple[_Seen, ...], dark: EclipseCycles
) -> tuple[_Seen, ...]:
    """Add the cycles of eclipses to those of days."""
    return tuple(
        replace(one, cycles=one.cycles + dark.a_year(own.cycles, own.observed_years))
        for one, own in zip(seen, eclipsed, strict=True)
    )


def _notes(case: Case, march: March, shades: tuple[Shade, ...]) -> tuple[str, ...]:
    solved = f"{march.solved} of {march.lunations[-1]} lunations solved"
    notes = [
        f"{solved} under the mean sky, with the absorptance that dose and dust have left",
        f"estimated error of the jumps: {max(march.error.values()):.1g} of the accumulated values",
        "heat pulses and deployment belong to the run, not to the years ahead",
    ]
    if shades:
        notes.append(
            f"{len(shades)} eclipses, their cycles after the deepest one ({_percent(shades)} hidden)"
        )
    if case.site.dust_cover_per_year > 0.0:
        notes.append(f"dust covers {case.site.dust_cover_per_year:.2g} of every face in a first year")
    return tuple(notes)


def _percent(shades: tuple[Shade, ...]) -> str:
    return f"{max(shade.hidden for shade in shades):.0%}"


def _merged(
    new: tuple[PartEvidence, ...],
    aged: Sequence[tuple[int, tuple[PartEvidence, ...]]],
    dose_rate: Mapping[str, NDArray[np.float64]],
    first: Mapping[str, int],
    noise_k: float,
) -> tuple[PartEvidence, ...]:
    """Evidence of the run and of the lunations ahead; `first` is where the vertices of a part begin."""
    merged = []
    for index, part in enumerate(new):
        own = [(number, parts[index]) for number, parts in aged]
        where = first[part.name] + part.vertices
        faces = tuple(
            _merged_face(
                face, [(number, one.faces[side]) for number, one in own], dose_rate[face.name][where], noise_k
            )
            for side, face in enumerate(part.faces)
        )
        numbers = [number for number, _ in own]
        merged.append(replace(part, faces=faces, cycles=mean_over(numbers, [one.cycles for _, one in own])))
    return tuple(merged)


def _merged_face(
    face: FaceEvidence,
    aged: Sequence[tuple[int, FaceEvidence]],
    dose_rate: NDArray[np.float64],
    noise_k: float,
) -> FaceEvidence:
    """Take the extremes of all, with their times since the start of the run."""
    highest, lowest = face.highest_k, face.lowest_k
    highest_s, lowest_s = face.highest_time_s, face.lowest_time_s
    for number, one in aged:
        began = number * LUNATION
        hotter, colder = one.highest_k > highest + noise_k, one.lowest_k < lowest - noise_k
        highest, highest_s = (
            np.where(hotter, one.highest_k, highest),
            np.where(hotter, began + one.highest_time_s, highest_s),
        )
        lowest, lowest_s = (
            np.where(colder, one.lowest_k, lowest),
            np.where(colder, began + one.lowest_time_s, lowest_s),
        )
    return replace(
        face,
        dose_rate=dose_rate,
        highest_k=highest,
        lowest_k=lowest,
        highest_time_s=highest_s,
        lowest_time_s=lowest_s,
    )
