"""Stress by held expansion: what a run keeps for it, and what comes out at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from materials.errors import NoDataError
from thermal.core.constants import LUNATION
from thermal.endurance.mechanics.contact import contacts_of, what_lacks
from thermal.endurance.observe.checkpointable import Kept
from thermal.endurance.observe.history import Snapshot
from thermal.endurance.observe.joint_strain import JointStrains

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from materials import Material
    from thermal.case.tables.root import Case
    from thermal.endurance.mechanics.contact import Contacts
    from thermal.endurance.mechanics.sheet import SheetForces
    from thermal.endurance.observe.checkpointable import Saved
    from thermal.endurance.observe.joint_strain import StrainedContact
    from thermal.scene.build import Scene


@dataclass(frozen=True)
class Stress:
    """Stress in a case's cloth and joints.

    Attributes
    ----------
    contacts
        The joints between walls, with what the database lacks for some.
    joints
        What was seen of them.
    sheets
        Forces in the cloth at several instants, each with its time in s since the start of the run; none
        where no tube holds it, or without data.
    missing
        What the forces in a held cloth lack; empty otherwise.
    materials
        Material of each part.

    """

    contacts: Contacts
    joints: tuple[StrainedContact, ...]
    sheets: tuple[tuple[SheetForces, float], ...]
    missing: str
    materials: Mapping[str, Material]


class Mechanics(Kept):
    """Records of a run that stress is worked out from.

    Parameters
    ----------
    case, scene
        The case and its scene.
    materials
        Material of each part.
    slices
        Where each part's vertices are.

    Attributes
    ----------
    pulled
        Temperatures when a tube pulled most at the cloth as a whole, which after sunset is colder than its
        hem; None before the first step and without hems.

    """

    _records = (("_strains", JointStrains), ("pulled", Snapshot))

    def __init__(
        self, case: Case, scene: Scene, materials: Mapping[str, Material], slices: Mapping[str, slice]
    ) -> None:
        self._case, self._materials, self._slices = case, materials, slices
        self._surfaces = scene.parts
        self._contacts = contacts_of(case, scene, materials)
        self._strains = JointStrains(self._contacts.known)
        self._hems = any(one.is_hem for one in self._contacts.known)
        self.pulled: Snapshot | None = None
        self._pull = -np.inf

    def observe(self, time_s: float, step_s: float, temperature_k: NDArray[np.float64]) -> None:
        """Take the temperatures (n,) of all vertices at the end of a step, K."""
        if not self._contacts.known:
            return
        parts = self._by_part(temperature_k)
        self._strains.observe(time_s, step_s, parts)
        mean_k = self._cloth_k(parts)
        if self._hems and (pull := self._strains.pull(parts, mean_k)) > self._pull:
            self._pull = pull
            self.pulled = Snapshot(time_s, mean_k, temperature_k.copy())

    def restore(self, saved: Saved) -> None:
        """Put back what :meth:`snapshot` has copied."""
        super().restore(saved)
        if self.pulled is not None:
            self._pull = self._strains.pull(self._by_part(self.pulled.temperature_k), self.pulled.mean_k)

    def joints(self, observed_s: float) -> tuple[StrainedContact, ...]:
        """Sum up the joints; see `JointStrains.seen`."""
        return self._strains.seen(observed_s)

    def forces(self, snapshot: Snapshot, *, wrinkling: bool = False) -> SheetForces:
        """Solve for the forces in the cloth at a snapshot; see `sheet_forces`."""
        from thermal.endurance.mechanics.sheet import sheet_forces

        temperature = self._by_part(snapshot.temperature_k)
        return sheet_forces(self._case, self._materials, self._surfaces, temperature, wrinkling=wrinkling)

    def stress(self, snapshots: Iterable[Snapshot], joints: tuple[StrainedContact, ...]) -> Stress:
        """Work out the stress of the cloth at some snapshots, beside that of the joints."""
        sheets: tuple[tuple[SheetForces, float], ...] = ()
        missing = ""
        try:
            if self._hems or self._contacts.missing_at_hems:
                sheets = tuple((self.forces(one), one.time_s) for one in snapshots)
        except NoDataError as error:
            missing = what_lacks(error)
        return Stress(self._contacts, joints, sheets, missing, self._materials)

    def _cloth_k(self, parts: Mapping[str, NDArray[np.float64]]) -> float:
        return float(self._surfaces["flag"].mean(parts["flag"]))

    def _by_part(self, temperature_k: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        return {name: temperature_k[where] for name, where in self._slices.items()}


def joints_ahead(
    run: tuple[StrainedContact, ...],
    aged: Sequence[tuple[int, tuple[StrainedContact, ...]]],
    others: Sequence[tuple[float, tuple[StrainedContact, ...]]],
) -> tuple[StrainedContact, ...]:
    """Joints of a run with the worst extremes of the years ahead of it, and the mean cycles of these.

    Parameters
    ----------
    run
        Of the run.
    aged
        Number of each solved lunation, and its joints.
    others
        Time in s and joints of other stretches, such as an eclipse.

    """
    merged = []
    for index, new in enumerate(run):
        stretches = [(number * LUNATION, joints[index]) for number, joints in aged]
        stretches += [(time_s, joints[index]) for time_s, joints in others]
        later = [strain for time_s, one in stretches for strain in one.after(time_s)]
        worst = (pick(later, key=lambda strain: strain.size) for pick in (max, min))
        numbers, cycles = zip(*((number, joints[index].cycles) for number, joints in aged), strict=True)
        merged.append(replace(new, later=tuple(worst), cycles=mean_over(numbers, cycles)))
    return tuple(merged)


def mean_over(numbers: Sequence[int], values: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Mean of what solved lunations showed, straight between them."""
    if len(numbers) < 2:
        return values[0]
    return np.asarray(np.trapezoid(np.array(values), numbers, axis=0) / (numbers[-1] - numbers[0]))
