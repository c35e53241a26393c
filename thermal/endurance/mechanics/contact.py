"""What the joints of a case tie together: two walls that would each expand by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from materials.errors import NoDataError
from thermal.endurance.mechanics.sheet import expansion_along
from thermal.heat.model.conductor import Conductors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from materials import Material, Property
    from thermal.case.tables.root import Case
    from thermal.scene.build import Scene


@dataclass(frozen=True)
class Side:
    """One of the two walls of a joint.

    Attributes
    ----------
    part
        Name of the part.
    material
        What it is made of.
    vertices
        Numbers of the vertices that touch, within the part, (n,).
    weights
        Their shares of the contact, (n,), 1 in all.
    expansion
        Free strain from 293 K.
    stiffness, strength
        Of the wall: Pa for a tube; N/m for a cloth, whose thickness counts as 1.
    thickness
        m; 1 for a cloth.

    """

    part: str
    material: Material
    vertices: NDArray[np.int64]
    weights: NDArray[np.float64]
    expansion: Property
    stiffness: Property
    strength: Property
    thickness: float

    def mean(self, temperature_k: NDArray[np.float64]) -> float:
        """Temperature of the contact from those of the part's vertices, K."""
        return float(self.weights @ temperature_k[self.vertices])

    def rigidity(self, temperature_k: float) -> float:
        """Force per width and strain, N/m."""
        return float(self.stiffness.clamped()(temperature_k)) * self.thickness

    def bears(self, temperature_k: float) -> float:
        """Force per width at which it yields or tears, N/m."""
        return float(self.strength.clamped()(temperature_k)) * self.thickness


@dataclass(frozen=True)
class Contact:
    """A joint between two walls.

    Attributes
    ----------
    first, second
        The walls; of a hem the cloth is the first.
    is_hem
        Whether a tube holds an edge of the cloth.

    """

    first: Side
    second: Side
    is_hem: bool

    @property
    def words(self) -> str:
        """Where it is, for the verdict."""
        if self.is_hem:
            return f"at the hem on {self.second.part}"
        return f"where {self.first.part} meets {self.second.part}"


@dataclass(frozen=True)
class Contacts:
    """All joints between walls of a case.

    Attributes
    ----------
    known
        Those that the database has data for.
    missing
        What it lacks for the others, hems and joints of tubes apart: in words.

    """

    known: tuple[Contact, ...]
    missing_at_hems: tuple[str, ...]
    missing_at_tubes: tuple[str, ...]


def contacts_of(case: Case, scene: Scene, materials: Mapping[str, Material]) -> Contacts:
    """Find the joints between two parts; those to sinks, boxes and ground tie nothing of known expansion.

    Parameters
    ----------
    case, scene
        The case and its scene, whose couplings begin with the case's joints in their order.
    materials
        Material of each part.

    """
    sizes = [len(surface.points) for surface in scene.parts.values()]
    first = dict(zip(scene.parts, (int(k) for k in np.cumsum([0, *sizes])), strict=False))
    thickness = {entry.name: entry.wall for entry in case.tube}
    known = []
    missing: dict[bool, list[str]] = {True: [], False: []}
    for joint, coupling in zip(case.joint, scene.joints, strict=False):
        names = [side.partition(":")[0] for side in joint.between]
        if not isinstance(coupling, Conductors) or not set(names) <= set(scene.parts):
            continue
        numbers = {}
        for vertices in (coupling.first, coupling.second):
            part = max((name for name in names if first[name] <= vertices.min()), key=first.__getitem__)
            numbers[part] = vertices - first[part]
        is_hem = "flag" in numbers
        edge = next((side.partition(":")[2] for side in joint.between if ":" in side), "")
        try:
            sides = [
                _side(name, materials[name], numbers[name], coupling.conductance, thickness.get(name), edge)
                for name in sorted(names, key=lambda name: name != "flag")
            ]
        except NoDataError as error:
            missing[is_hem].append(what_lacks(error))
            continue
        known.append(Contact(sides[0], sides[1], is_hem))
    hems, tubes = (tuple(dict.fromkeys(missing[key])) for key in (True, False))
    return Contacts(tuple(known), hems, tubes)


def what_lacks(error: NoDataError) -> str:
    """Say what a stress cannot be told without."""
    return f"stiffness, strength or expansion of {error.problems[0].where.partition(':')[0]}"


def _side(
    part: str,
    material: Material,
    numbers: NDArray[np.int64],
    conductance: NDArray[np.float64],
    wall_m: float | None,
    edge: str,
) -> Side:
    """Gather a side; of the cloth along its edge, of a tube along its axis."""
    vertices, where = np.unique(numbers, return_inverse=True)
    weights = np.bincount(where, conductance) / conductance.sum()
    if wall_m is None:
        along = "warp" if edge in ("top", "bottom") else "weft"
        laws = material.membrane_stiffness(along), material.strip_strength(along)
        return Side(part, material, vertices, weights, expansion_along(material, along), *laws, 1.0)
    strength = material.find_along_wall("yield_strength") or material.along_wall("tensile_strength")
    laws = material.along_wall("youngs_modulus"), strength
    return Side(part, material, vertices, weights, expansion_along(material, ""), *laws, wall_m)
