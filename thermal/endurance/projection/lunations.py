"""A case over the years: its lunations are run with the absorptance that their dose has left.

The slow state is the dose of both faces, the heat (Arrhenius time) and Miner's sum of every vertex. Each
lunation that `march` asks for is a run of the case's own model with aged faces, under the mean sky:
declination 0, 1 AU, no eclipse. The seasons of the true sky (8 % in dose, 40 % in heat) would swamp the slow
change that the jumps follow; over two years their mean differs from the mean sky by 0.7 % in dose and 1.3 %
in heat at the Chang'e-5 site.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from mpi4py import MPI

from materials.laws.ageing import AbsorptanceDrift
from thermal.core.constants import LUNATION, YEAR
from thermal.endurance.damage.dust import DustCover
from thermal.endurance.observe.observer import Endurance
from thermal.endurance.projection.cycle_jump import March, march
from thermal.simulation import Simulation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from materials import Database
    from thermal.case.tables.root import Case
    from thermal.endurance.mechanics.arm import Arm
    from thermal.endurance.observe.evidence import PartEvidence
    from thermal.endurance.observe.history import Snapshot
    from thermal.endurance.observe.joint_strain import StrainedContact
    from thermal.heat.model.part import Face, Part
    from thermal.heat.time.state import Observer


Watch: TypeAlias = "Callable[[int], Sequence[Observer]]"
"""Takes the number of a lunation, gives who observes it."""


def _nobody(_number: int) -> tuple[Observer, ...]:
    return ()


@dataclass(frozen=True)
class SolvedLunation:
    """What a lunation showed.

    Attributes
    ----------
    number
        Lunations gone by at its start.
    highest_k, lowest_k
        Extremes of the mean temperature of each part.
    parts, prints, arm
        What requirements are judged by: each part as one, each print of the cloth by itself, and the arm.
    joints, snapshots
        What stress is worked out from.

    """

    number: int
    highest_k: dict[str, float]
    lowest_k: dict[str, float]
    parts: tuple[PartEvidence, ...]
    prints: tuple[PartEvidence, ...]
    arm: Arm | None
    joints: tuple[StrainedContact, ...]
    snapshots: tuple[Snapshot, ...]


class AgeingCase:
    """Lunations of a case, as `march` wants them.

    Parameters
    ----------
    case
        The case; its duration is replaced by a lunation, its heat pulses and its deployment are over.
    database
        Materials.
    dust
        What settles on every face; what the case's site says unless given.
    mean_sky
        Solve lunations under the mean sky; otherwise each at its own date, for comparison.
    watch
        Gives observers of a lunation by its number; none by default.

    Attributes
    ----------
    seen
        What the solved lunations showed, in the order they were solved.

    """

    def __init__(
        self,
        case: Case,
        database: Database,
        dust: DustCover | None = None,
        *,
        mean_sky: bool = True,
        watch: Watch = _nobody,
    ) -> None:
        self._case, self._database, self._mean_sky = case, database, mean_sky
        self._dust = dust if dust is not None else DustCover.settling(case.site.dust_cover_per_year)
        self._watch = watch
        self.seen: list[SolvedLunation] = []

    def new(self) -> dict[str, NDArray[np.float64]]:
        """Give the state of a new flag, (n,) zeros: "dose_front", "dose_back" (ESH), "heat" (s), "damage"."""
        size = sum(len(surface.points) for surface in self._simulation(0).scene.parts.values())
        return {name: np.zeros(size) for name in ("dose_front", "dose_back", "heat", "damage")}

    def __call__(
        self, state: Mapping[str, NDArray[np.float64]], number: int
    ) -> dict[str, NDArray[np.float64]]:
        """Run a lunation from a state; what each quantity grows by."""
        simulation = self._simulation(number)
        endurance = Endurance(simulation.case, simulation.scene, self._database)
        prints = endurance.evidence(each_print=True)
        simulation.model.parts = tuple(
            self._dusty(
                self._aged(part, simulation.model.slices[part.name], prints, state), number * LUNATION
            )
            for part in simulation.model.parts
        )
        for _state in simulation.run([endurance, *self._watch(number)]):
            pass
        fields = endurance.fields()
        slices = {name: simulation.model.slices[name] for name in simulation.scene.parts}
        self.seen.append(
            SolvedLunation(
                number,
                {
                    name: float(fields["temperature_highest"].values[own].max())
                    for name, own in slices.items()
                },
                {name: float(fields["temperature_lowest"].values[own].min()) for name, own in slices.items()},
                endurance.evidence(),
                tuple(one for one in endurance.evidence(each_print=True) if one.is_cloth),
                endurance.arm,
                endurance.joints(),
                endurance.snapshots(),
            )
        )
        return {
            "dose_front": np.nan_to_num(fields["sun_hours_front"].values),
            "dose_back": np.nan_to_num(fields["sun_hours_back"].values),
            "heat": np.nan_to_num(fields["arrhenius_time"].values),
            "damage": np.nan_to_num(fields["fatigue_damage"].values),
        }

    def _simulation(self, number: int) -> Simulation:
        """One process runs a lunation: under MPI the others have no part in it."""
        return Simulation(self._at(number), self._database, MPI.COMM_SELF)

    def _at(self, number: int) -> Case:
        start = self._case.sky.start + timedelta(seconds=number * LUNATION)
        change = {"model": "idealised"} if self._mean_sky else {"start": start}
        return self._case.model_copy(
            update={
                "sky": self._case.sky.model_copy(update=change),
                "run": self._case.run.model_copy(update={"duration": LUNATION}),
                "event": (),
                "deployment": None,
            }
        )

    def _aged(
        self,
        part: Part,
        where: slice,
        prints: tuple[PartEvidence, ...],
        state: Mapping[str, NDArray[np.float64]],
    ) -> Part:
        """Return a part with the absorptance that the dose of each vertex has left."""
        faces = {"front": part.front, "back": part.back}
        for evidence in prints:
            if evidence.name != part.name:
                continue
            for face in evidence.faces:
                drift = evidence.material.ageing("absorptance", face.surface.name) if face.surface else None
                if isinstance(drift, AbsorptanceDrift):
                    dose = state[f"dose_{face.name}"][where][evidence.vertices]
                    faces[face.name] = _changed(
                        faces[face.name], len(part.surface.points), evidence.vertices, drift.change(dose)
                    )
        return replace(part, front=faces["front"], back=faces["back"])

    def _dusty(self, part: Part, time_s: float) -> Part:
        """Return a part with what has settled on its faces; the inside of a tube stays clean."""
        front = replace(part.front, absorptance=self._dust.blended(part.front.absorptance, time_s))
        if part.name != "flag":
            return replace(part, front=front)
        return replace(
            part,
            front=front,
            back=replace(part.back, absorptance=self._dust.blended(part.back.absorptance, time_s)),
        )


def over_years(
    case: Case,
    database: Database,
    years: float,
    *,
    dust: DustCover | None = None,
    tolerance: float = 1e-2,
    watch: Watch = _nobody,
) -> tuple[March, tuple[SolvedLunation, ...]]:
    """Run a case over years by cycle jump, with ageing optics.

    Parameters
    ----------
    case, database
        As for a run.
    years
        How long.
    dust
        What settles on the faces; what the case's site says unless given.
    tolerance
        Of `march`.
    watch
        Gives observers of a lunation by its number; none by default.

    Returns
    -------
    tuple
        The slow state through the lunations, and what the solved ones showed, by number.

    Raises
    ------
    CaseError
        For less than one lunation.

    """
    ageing = AgeingCase(case, database, dust, watch=watch)
    result = march(ageing, ageing.new(), round(years * YEAR / LUNATION), tolerance=tolerance)
    latest = {one.number: one for one in ageing.seen}  # a jump that was shortened may come to a number again
    return result, tuple(latest[number] for number in sorted(latest))


def _changed(face: Face, size: int, vertices: NDArray[np.int64], change: NDArray[np.float64]) -> Face:
    absorptance = np.array(np.broadcast_to(face.absorptance, size), dtype=float)
    absorptance[vertices] = np.clip(absorptance[vertices] + change, 0.0, 1.0)
    return replace(face, absorptance=absorptance)
