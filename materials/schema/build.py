"""From the sound parts of a file to a :class:`~materials.material.Material`, in SI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from materials.material import Material
from materials.record import Alternative, Component
from materials.schema.datum import property_of
from materials.schema.quantities import QUANTITIES, SURFACE_QUANTITIES, name_advice, normal_direction
from materials.surface import Surface

if TYPE_CHECKING:
    from materials.problems import Problem
    from materials.prop import Property
    from materials.schema.draft import Draft
    from materials.schema.models import Datum

    Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Entry:
    """A property and where its file has it.

    Parameters
    ----------
    path
        Keys from the top of the file.
    prop
        The property.
    preferred
        False for an alternative.

    """

    path: Path
    prop: Property
    preferred: bool = True


@dataclass(frozen=True)
class Built:
    """What became of a file.

    Parameters
    ----------
    material
        What it states, without what is wrong.
    entries
        Each property that the file itself gives, alternatives last.
    problems
        What is wrong with it: form, names, units, ranges, orders, surfaces that refer to nothing.
    left_out
        Names of properties that the file has and that are wrong.

    """

    material: Material
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    left_out: frozenset[str]


def build(draft: Draft) -> Built:
    """Build the material of a file, and collect every problem on the way."""
    builder = _Builder(draft)
    material = builder.material()
    problems = (*draft.problems, *builder.problems)
    return Built(material, tuple(builder.entries), problems, frozenset(builder.left_out))


class _Builder:
    """Turns one file into a material."""

    def __init__(self, draft: Draft) -> None:
        self.source = draft.source
        self.file = draft.file
        self.draft = draft
        self.problems: list[Problem] = []
        self.entries: list[Entry] = []
        self.left_out = {key.partition(".")[0] for key in draft.left_out}

    def material(self) -> Material:
        """Build what is sound."""
        file = self.file
        if file.id != self.source.path.stem and "id" not in self.draft.left_out:
            message = f"the id {file.id!r} is not the name of the file"
            self._report("material-wrong-id", ("id",), message, "rename one of the two")
        properties: dict[str, Property] = {}
        for key, datum in file.properties.items():
            prop = self._property(key, datum, ("properties", key))
            if prop is None:
                self.left_out.add(key.partition(".")[0])
            elif prop.key in properties:
                self._report("material-duplicate-name", ("properties", key), f"{prop.key} is there twice")
            else:
                properties[prop.key] = prop
                self.entries.append(Entry(("properties", key), prop))
        for key in file.not_applicable:
            self._known_name(key.partition(".")[0], ("not_applicable", key))
        surfaces = {name: self._surface(name) for name in file.surfaces}
        construction = file.construction
        return Material(
            name=file.id,
            title=file.title,
            kind=file.kind,
            path=self.source.path,
            summary=file.summary,
            weave=construction.weave if construction else "",
            yarn=construction.yarn if construction else "",
            components=tuple(
                Component(part.material, part.mass_fraction)
                for part in (construction.components if construction else [])
            ),
            properties=properties,
            surface_states=surfaces,
            alternatives=tuple(self._alternatives()),
            not_applicable={key: text.note for key, text in file.not_applicable.items()},
        )

    def _report(self, code: str, path: Path, message: str, remedy: str = "") -> None:
        self.problems.append(self.source.problem(code, path, message, remedy))

    def _alternatives(self) -> list[Alternative]:
        found = []
        for number, datum in zip(self.draft.alternatives, self.file.alternative, strict=True):
            prop = self._property(datum.property, datum, ("alternative", number))
            if prop is not None:
                found.append(Alternative(prop, datum.reason))
                self.entries.append(Entry(("alternative", number), prop, preferred=False))
        return found

    def _known_name(self, name: str, path: Path) -> bool:
        if name in QUANTITIES:
            return True
        self._report("unknown-property", path, f"there is no property {name!r}", name_advice(name))
        return False

    def _property(self, key: str, datum: Datum, path: Path) -> Property | None:
        name, _, direction = key.partition(".")
        if not self._known_name(name, path):
            return None
        if name in SURFACE_QUANTITIES and path[0] == "properties":
            remedy = f"write it under [surfaces.NAME] as {name}"
            self._report("material-misplaced-property", path, f"{name} belongs to a surface", remedy)
            return None
        return property_of((self.file.id, name, normal_direction(direction)), datum, path, self._report)

    def _surface(self, name: str) -> Surface:
        model = self.file.surfaces[name]
        chain, base = [model], model.based_on
        while base:
            if base not in self.file.surfaces or len(chain) > len(self.file.surfaces):
                message = f"there is no surface {base!r}"
                self._report("unknown-surface", ("surfaces", name, "based_on"), message)
                break
            chain.append(self.file.surfaces[base])
            base = self.file.surfaces[base].based_on
        properties = {}
        for quantity in SURFACE_QUANTITIES:
            datum = next((one for state in chain if (one := state.datum(quantity)) is not None), None)
            if datum is None:
                continue
            key, path = (self.file.id, quantity, normal_direction(name)), ("surfaces", name, quantity)
            # What is wrong with a datum is reported once, at the state that gives it.
            own = model.datum(quantity) is not None
            prop = property_of(key, datum, path, self._report if own else _unheard)
            if prop is not None and own:
                self.entries.append(Entry(path, prop))
            if prop is not None:
                properties[quantity] = prop
        lab = model.lab
        return Surface(
            material=self.file.id,
            name=normal_direction(name),
            title=model.title,
            aliases=tuple(model.aliases),
            properties=properties,
            ageing=model.ageing,
            lab=(lab[0], lab[1], lab[2]) if lab is not None else None,
            lab_method=model.lab_method,
        )


def _unheard(_code: str, _path: Path, _message: str, _remedy: str) -> None:
    """Take a problem that is reported elsewhere."""
