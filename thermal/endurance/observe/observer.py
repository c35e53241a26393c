"""Endurance of a case: follows a run step by step and judges it at the end."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import LUNATION, YEAR
from thermal.core.errors import CaseError, Problem
from thermal.endurance.colour.prints import Print, prints_of
from thermal.endurance.damage.particles import SolarWind
from thermal.endurance.mechanics.arm import arm_of
from thermal.endurance.mechanics.held_stress import Mechanics
from thermal.endurance.observe.checkpointable import Kept, inside, of
from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence
from thermal.endurance.observe.fields import Field, Series, history_fields, part_fields, proton_fields
from thermal.endurance.observe.gradient import Gradients
from thermal.endurance.observe.history import History
from thermal.endurance.requirements.judging import judge
from thermal.endurance.verdict.finding import Finding, Verdict, verdict_line
from thermal.endurance.verdict.sampling import Outlook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Database, Material
    from thermal.case.tables.root import Case
    from thermal.endurance.mechanics.arm import Arm
    from thermal.endurance.mechanics.sheet import SheetForces
    from thermal.endurance.observe.checkpointable import Saved
    from thermal.endurance.observe.history import Snapshot
    from thermal.endurance.observe.joint_strain import StrainedContact
    from thermal.heat.time.state import Step
    from thermal.scene.build import Scene

LIMITS = ("max_continuous_service", "glass_transition", "min_service")
"""Limits of temperature that time is counted above and below of."""


class Endurance:
    """Observer of a run that gathers what its cycles do to every vertex, and the verdict.

    Parameters
    ----------
    case
        The case that runs.
    scene
        Its scene: parts with their surfaces.
    database
        Materials.

    Attributes
    ----------
    mechanics
        What stress is worked out from.

    Raises
    ------
    MaterialError
        Where the case names a material or surface that does not exist.

    """

    def __init__(self, case: Case, scene: Scene, database: Database) -> None:
        self._case = case
        self._parts = scene.parts
        self._materials = {"flag": database[case.flag.material]} | {
            entry.name: database[entry.material] for entry in case.tube
        }
        self._prints = {"flag": prints_of(case.flag, self._parts["flag"].uv)} | {
            entry.name: (Print(entry.name, entry.surface, "", np.arange(len(self._parts[entry.name].uv))),)
            for entry in case.tube
        }
        sizes = [len(surface.points) for surface in self._parts.values()]
        ends = [0, *accumulate(sizes)]
        self._slices = {
            name: slice(a, b) for name, a, b in zip(self._parts, ends[:-1], ends[1:], strict=True)
        }
        data = {
            key: np.repeat([_level(self._materials[name], key) for name in self._parts], sizes)
            for key in ("arrhenius_activation_energy", *LIMITS)
        }
        energy = data.pop("arrhenius_activation_energy")
        self._size = ends[-1]
        cloth = self._parts["flag"].area
        shares = np.concatenate([cloth / cloth.sum(), np.zeros(self._size - len(cloth))])
        self._history = History(self._size, energy, data, shares, case.solver.tolerance)
        self._gradients = [Gradients(part.points, part.triangles) for part in self._parts.values()]
        self._arm = arm_of(case, scene, self._materials)
        self.mechanics = Mechanics(case, scene, self._materials, self._slices)
        self._deflection: list[tuple[float, float]] = []

    @property
    def arm(self) -> Arm | None:
        """The arm with the deflection of its tip; None without tubes, or where their expansion is unknown."""
        return self._arm

    def observe(self, step: Step) -> None:
        """Take note of an accepted step of the run."""
        step = step.gathered()
        self._history.observe(step)
        self.mechanics.observe(step.time_s, step.step_s, step.temperature)
        for gradient, where in zip(self._gradients, self._slices.values(), strict=True):
            gradient.observe(step.temperature[where])
        if self._arm is not None:
            tubes = np.concatenate([step.temperature[self._slices[name]] for name in self._arm.tubes])
            self._deflection.append((step.time_s, self._arm.tip.observe(step.time_s, tubes)))

    def snapshot(self) -> dict[str, NDArray[np.generic]]:
        """Copy all that was gathered, for a checkpoint."""
        saved: dict[str, NDArray[np.generic]] = {"deflection": np.array(self._deflection).reshape(-1, 2)}
        for number, records in enumerate(self._kept()):
            saved |= inside(f"{number}", records.snapshot())
        return saved

    def restore(self, saved: Saved) -> None:
        """Put back what :meth:`snapshot` has copied in a run of the same case."""
        self._deflection = [(float(time_s), float(size)) for time_s, size in saved["deflection"]]
        for number, records in enumerate(self._kept()):
            records.restore(of(f"{number}", saved))

    def _kept(self) -> list[Kept]:
        arm = [] if self._arm is None else [self._arm.tip]
        return [self._history, self.mechanics, *self._gradients, *arm]

    def fields(self) -> dict[str, Field]:
        """Endurance at the end of the run: name -> values (n,) over all parts, unit and long name.

        Where the database has no datum the values are nan.
        """
        history = self._history
        joined: dict[str, Field] = {}
        for one in self.evidence(each_print=True):
            where = self._slices[one.name].start + one.vertices
            for name, field in part_fields(one, history.equivalent_s[where]).items():
                empty = Field(np.full(self._size, np.nan), field.unit, field.long_name)
                joined.setdefault(name, empty).values[where] = field.values
        steepest = np.concatenate([gradient.at_vertices() for gradient in self._gradients])
        gradient = Field(steepest, "K/m", "largest surface gradient of temperature")
        protons = proton_fields(joined, SolarWind.at_longitude(self._case.site.longitude))
        return history_fields(self._history) | joined | protons | {"temperature_gradient": gradient}

    def series(self) -> dict[str, Series]:
        """Quantities through the run, by name: the deflection of the arm's tip."""
        if not self._deflection:
            return {}
        times, values = np.array(self._deflection).T
        return {"tip_deflection": Series(times, values, "m", "thermal deflection of the arm's tip")}

    def sheet_forces(self, *, hot: bool = False, wrinkling: bool = False) -> SheetForces:
        """Membrane forces of the cloth when it was coldest, or hottest, on the mean.

        Parameters
        ----------
        hot
            At its hottest instead of its coldest.
        wrinkling
            Let the cloth carry no compression.

        Raises
        ------
        NoDataError
            Where the database lacks the cloth's stiffness or expansion.
        CaseError
            Before the first step.

        """
        snapshot = self._history.hottest if hot else self._history.coldest
        if snapshot is None:
            raise CaseError(
                Problem("nothing-observed", "", "the run has not made a step yet", "run it first")
            )
        return self.mechanics.forces(snapshot, wrinkling=wrinkling)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """When the cloth was coldest, hottest, and most pulled by a tube."""
        found = (self._history.coldest, self._history.hottest, self.mechanics.pulled)
        return tuple({one.time_s: one for one in found if one is not None}.values())

    def joints(self) -> tuple[StrainedContact, ...]:
        """Sum up what was seen of the joints between two parts."""
        return self.mechanics.joints(self._history.observed_s)

    def evidence(self, *, each_print: bool = False) -> tuple[PartEvidence, ...]:
        """Sum up what the run has shown so far of each part, the flag first.

        Parameters
        ----------
        each_print
            Give each print of the cloth by itself; otherwise the cloth is one, with the field's surfaces.

        """
        history = self._history
        years = history.observed_s / YEAR
        rate, ranges = history.cycles.a_year()
        evidence = []
        for name, surface in self._parts.items():
            prints = self._prints[name]
            if not each_print:
                prints = (replace(prints[0], vertices=np.arange(len(surface.uv))),)
            for own in prints:
                where = self._slices[name].start + own.vertices
                evidence.append(
                    PartEvidence(
                        name,
                        own.title,
                        self._materials[name],
                        own.vertices,
                        surface.uv[own.vertices],
                        self._faces(self._materials[name], own, where),
                        rate[where],
                        ranges,
                        years,
                        name == "flag",
                    )
                )
        return tuple(evidence)

    def findings(self, outlook: Outlook) -> tuple[Finding, ...]:
        """Judge every requirement of the case on every part; see `judge`."""
        prints = tuple(one for one in self.evidence(each_print=True) if one.is_cloth)
        stress = self.mechanics.stress(self.snapshots(), self.joints())
        return judge(self._case, self.evidence(), prints, self._arm, stress, outlook)

    def verdict(self, years: float = 30.0, *, samples: int = 2000, seed: int = 20201203) -> Verdict:
        """Judge the case's requirements.

        Parameters
        ----------
        years
            How far to look ahead.
        samples, seed
            Of the draws behind the intervals.

        Returns
        -------
        Verdict
            With a finding for every requirement and part.

        """
        findings = self.findings(Outlook(years, samples, seed))
        history = self._history
        notes = ["doses and cycles go on as in the run"]
        if history.complete_lunations == 0:
            share = history.observed_s / LUNATION
            notes.append(f"the run covers {share:.2f} of a lunation: its mean rates stand for the rest")
        return Verdict(
            verdict_line(findings, years),
            findings,
            years,
            history.observed_s / YEAR,
            samples,
            seed,
            tuple(notes),
        )

    def _faces(self, material: Material, own: Print, where: NDArray[np.int64]) -> tuple[FaceEvidence, ...]:
        faces = []
        for side, state in (("front", own.front), ("back", own.back)):
            if state:
                record = (self._history.front if side == "front" else self._history.back).record
                dose, rate = self._history.dose(front=side == "front")
                faces.append(
                    FaceEvidence(
                        side,
                        material.surface(state),
                        dose[where],
                        rate[where],
                        record.highest_k[where],
                        record.lowest_k[where],
                        record.highest_time_s[where],
                        record.lowest_time_s[where],
                    )
                )
        return tuple(faces)


def _level(material: Material, name: str) -> float:
    datum = material.get(name)
    return math.nan if datum is None else datum.level
