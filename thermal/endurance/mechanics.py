"""Stress by held expansion: what a run keeps for it, and what comes out at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from materials.errors import NoDataError
from thermal.constants import LUNATION
from thermal.endurance.contact import contacts_of, what_lacks
from thermal.endurance.history import Snapshot
from thermal.endurance.joint_strain import JointStrains
from thermal.endurance.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from materials import Material
    from thermal.case.root import Case
    from thermal.endurance.contact import Contacts
    from thermal.endurance.joint_strain import StrainedContact
    from thermal.endurance.sheet import SheetForces
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
    sheet
        Forces in the cloth when they were worst; None where no tube holds it, or without data.
    sheet_time_s
        When that was, s since the start of the run.
    missing
        What the forces in a held cloth lack; empty otherwise.
    materials
        Material of each part.

    """

    contacts: Contacts
    joints: tuple[StrainedContact, ...]
    sheet: SheetForces | None
    sheet_time_s: float
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
        Temperatures when a hem was pulled most; None before the first step and without hems.

    """

    _records = (("_strains", JointStrains), ("pulled", Snapshot))

    def __init__(
        self, case: Case, scene: Scene, materials: Mapping[str, Material], slices: Mapping[str, slice]
    ) -> None:
        self._case, self._materials, self._slices = case, materials, slices
        self._uv = scene.parts["flag"].uv
        self._contacts = contacts_of(case, scene, materials)
        self._strains = JointStrains(self._contacts.known)
        self.pulled: Snapshot | None = None

    def observe(self, time_s: float, temperature_k: NDArray[np.float64]) -> None:
        """Take the temperatures (n,) of all vertices at the end of a step, K."""
        if self._contacts.known and self._strains.observe(time_s, self._by_part(temperature_k)):
            mean = float(temperature_k[self._slices["flag"]].mean())
            self.pulled = Snapshot(time_s, mean, temperature_k.copy())

    def joints(self, observed_s: float, *, periodic: bool) -> tuple[StrainedContact, ...]:
        """Sum up the joints; see `JointStrains.seen`."""
        return self._strains.seen(observed_s, periodic=periodic)

    def forces(self, snapshot: Snapshot, *, wrinkling: bool = False) -> SheetForces:
        """Solve for the forces in the cloth at a snapshot; see `sheet_forces`."""
        from thermal.endurance.sheet import sheet_forces  # noqa: PLC0415  (dolfinx, for who asks)

        temperature = self._by_part(snapshot.temperature_k)
        return sheet_forces(self._case, self._materials, self._uv, temperature, wrinkling=wrinkling)

    def stress(self, snapshots: Iterable[Snapshot], joints: tuple[StrainedContact, ...]) -> Stress:
        """Work out the stress of the cloth at the worst of some snapshots, beside that of the joints."""
        sheet, time_s, missing = None, 0.0, ""
        held = self._contacts.missing_at_hems or any(one.is_hem for one in self._contacts.known)
        try:
            for snapshot in snapshots if held else ():
                found = self.forces(snapshot)
                if sheet is None or found.strength_share > sheet.strength_share:
                    sheet, time_s = found, snapshot.time_s
        except NoDataError as error:
            missing = what_lacks(error)
        return Stress(self._contacts, joints, sheet, time_s, missing, self._materials)

    def _by_part(self, temperature_k: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        return {name: temperature_k[where] for name, where in self._slices.items()}


def worst_joints(
    run: tuple[StrainedContact, ...], aged: Sequence[tuple[int, tuple[StrainedContact, ...]]]
) -> tuple[StrainedContact, ...]:
    """Joints of a run and of the lunations ahead of it: the worst extremes, mean cycles of the latter.

    Parameters
    ----------
    run
        Of the run.
    aged
        Number of each lunation, and its joints.

    """
    merged = []
    for index, new in enumerate(run):
        seen = [new]
        for number, joints in aged:
            began, own = number * LUNATION, joints[index]
            largest = replace(own.largest, time_s=began + own.largest.time_s)
            seen.append(
                replace(
                    own, largest=largest, smallest=replace(own.smallest, time_s=began + own.smallest.time_s)
                )
            )
        merged.append(
            replace(
                new,
                largest=max((one.largest for one in seen), key=lambda strain: strain.size),
                smallest=min((one.smallest for one in seen), key=lambda strain: strain.size),
                cycles=mean_over([number for number, _ in aged], [one.cycles for one in seen[1:]]),
            )
        )
    return tuple(merged)


def mean_over(numbers: Sequence[int], values: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Mean of what solved lunations showed, straight between them."""
    if len(numbers) < 2:
        return values[0]
    return np.asarray(np.trapezoid(np.array(values), numbers, axis=0) / (numbers[-1] - numbers[0]))
