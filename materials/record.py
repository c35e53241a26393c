"""What the file of a material says: its properties and its surfaces."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from materials.errors import NoDataError
from materials.problems import MaterialError, Problem
from materials.schema.quantities import QUANTITIES, SURFACE_QUANTITIES, name_advice, normal_direction
from materials.wording import close_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from materials.prop import Property
    from materials.surface import Surface


@dataclass(frozen=True)
class Component:
    """A fibre of a yarn and its share of the mass."""

    material: str
    mass_fraction: float


@dataclass(frozen=True)
class Alternative:
    """A datum that is known but not used, and why."""

    property: Property
    reason: str


@dataclass(frozen=True, eq=False)
class Record:
    """The data of one material of the database.

    Parameters
    ----------
    name, title, summary
        Identifier, name in words, one sentence.
    kind
        ``"cloth"``, ``"film"``, ``"metal"``, ``"composite"`` or ``"coating"``.
    path
        The file it came from.
    weave, yarn
        Construction of a cloth; empty otherwise.
    components
        Fibres of a blended yarn.
    properties
        By ``name`` or ``name.direction``.
    surface_states
        By name.
    alternatives
        Data of other sources that are kept beside the preferred ones.
    not_applicable
        Properties that the material does not have, such as a glass transition of a metal.

    """

    name: str
    title: str
    kind: str
    path: Path
    summary: str = ""
    weave: str = ""
    yarn: str = ""
    components: tuple[Component, ...] = ()
    properties: Mapping[str, Property] = field(default_factory=dict)
    surface_states: Mapping[str, Surface] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()
    not_applicable: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str, direction: str = "") -> Property | None:
        """Return a property, or None where there is no datum.

        A material whose datum has no direction is isotropic: it answers for every direction.
        """
        wanted = normal_direction(direction)
        found = self.properties.get(f"{name}.{wanted}" if wanted else name)
        return found if found is not None else self.properties.get(name)

    def property(self, name: str, direction: str = "") -> Property:
        """Return a property.

        Raises
        ------
        NoDataError
            When the database has no such datum.
        MaterialError
            When there is no property of that name at all.

        """
        found = self.get(name, direction)
        if found is None:
            raise self.missing(name, direction)
        return found

    def missing(self, name: str, direction: str) -> MaterialError:
        """Make the error that says what there is instead of a datum that is not."""
        asked = f"{name}.{direction}" if direction else name
        where = f"{self.name}: {asked}"
        if name not in QUANTITIES:
            message = f"there is no property {name!r}"
            return MaterialError(Problem("unknown-property", where, message, name_advice(name)))
        others = [key for key in self.properties if key.startswith(f"{name}.")]
        if name in self.not_applicable:
            message = f"this material has no {name.replace('_', ' ')}"
        elif others:
            message = f"no datum in that direction; there is {', '.join(others)}"
        else:
            message = "the database has no such datum"
        return NoDataError(Problem("no-data", where, message, "add the datum to a material file of your own"))

    @builtins.property
    def surfaces(self) -> tuple[str, ...]:
        """Names of the surface states, aliases after them."""
        aliases = [alias for state in self.surface_states.values() for alias in state.aliases]
        return (*self.surface_states, *aliases)

    def surface(self, name: str) -> Surface:
        """Return a surface state by its name or an alias.

        Raises
        ------
        MaterialError
            When the material has no such state; the message names those it has.

        """
        wanted = normal_direction(name)
        for state in self.surface_states.values():
            if wanted == state.name or wanted in state.aliases:
                return state
        close = close_words(wanted, self.surfaces)
        remedy = f"did you mean {close[0]!r}?" if close else ""
        choice = f"it has {', '.join(self.surfaces)}" if self.surfaces else "none of its surfaces is known"
        raise MaterialError(
            Problem("unknown-surface", f"{self.name}: {name}", f"there is no such surface; {choice}", remedy)
        )

    @builtins.property
    def density(self) -> float:
        """Density of the solid (of the fibre for a cloth), kg/m3."""
        return self.property("density").level

    def every_property(self) -> Iterator[Property]:
        """All properties, those of the surfaces after the others."""
        yield from self.properties.values()
        for state in self.surface_states.values():
            yield from state.properties.values()

    def with_property(self, name: str, direction: str, prop: Property) -> Self:
        """Return the material with one property put in, as studies do.

        Parameters
        ----------
        name
            Property name; for a surface property ``direction`` is the state.
        direction
            Direction or surface state.
        prop
            What takes its place.

        """
        place = normal_direction(direction)
        if name in SURFACE_QUANTITIES:
            state = self.surface(place)
            changed = state.with_property(replace(prop, name=name, direction=state.name))
            return replace(self, surface_states={**self.surface_states, state.name: changed})
        put = replace(prop, name=name, direction=place)
        return replace(self, properties={**self.properties, put.key: put})

    def describe(self) -> dict[str, Any]:
        """Plain data about the material, for lists and provenance."""
        return {
            "name": self.name,
            "title": self.title,
            "kind": self.kind,
            "summary": self.summary,
            "surfaces": list(self.surfaces),
            "file": self.path.name,
        }
