"""A material: its data and what follows from them."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

from materials.laws import ageing_makers, derived
from materials.record import Record
from materials.schema.quantities import QUANTITIES, SURFACE_QUANTITIES, normal_direction

if TYPE_CHECKING:
    from materials.laws.ageing import AgeingLaw
    from materials.prop import Property


@dataclass(frozen=True, eq=False)
class Material(Record):
    """One material of the database; see :class:`~materials.record.Record` for its data."""

    @builtins.property
    def areal_density(self) -> float:
        """Mass per area of a cloth or film, kg/m2."""
        return derived.sheet_datum(self, "areal_density").level

    @builtins.property
    def thickness(self) -> float:
        """Thickness of a cloth or film, m."""
        return derived.thickness(self)

    @builtins.property
    def specific_heat(self) -> Property:
        """Specific heat, J/(kg K)."""
        return self.property("specific_heat")

    @builtins.property
    def through_conductivity(self) -> Property:
        """Conductivity through the thickness of a cloth or film in vacuum, W/(m K)."""
        return self.property("thermal_conductivity", "through")

    def sheet_conductance(self, direction: str) -> Property:
        """In-plane conductance of a cloth or film, thickness times conductivity, W/K.

        Parameters
        ----------
        direction
            ``"warp"`` or ``"weft"``.

        """
        return derived.sheet_conductance(self, direction)

    def strength(self, direction: str = "axial") -> Property:
        """Tensile strength of the solid or fibre against temperature, Pa."""
        return derived.strength(self, direction)

    def strip_strength(self, direction: str) -> Property:
        """Strength of a strip of cloth per width against temperature, N/m."""
        return derived.strip_strength(self, direction)

    def membrane_stiffness(self, direction: str) -> Property:
        """Stiffness of a strip of cloth or film per width against temperature, N/m."""
        return derived.membrane_stiffness(self, direction)

    def expansion(self, direction: str = "") -> Property:
        """Length change from 293 K over the length at 293 K, against temperature, 1.

        Without a direction it is that along the fibre or in the plane.
        """
        return derived.expansion(self, direction)

    def along_wall(self, name: str) -> Property:
        """Datum along the axis of a tube made of this: ``axial``, or what a laminate or alloy calls it.

        Raises
        ------
        NoDataError
            When the database has no such datum.

        """
        return derived.along_wall(self, name)

    def find_along_wall(self, name: str) -> Property | None:
        """Datum along the axis of a tube made of this, or None."""
        return derived.find_along_wall(self, name)

    def ageing(self, mechanism: str, surface: str = "") -> AgeingLaw | None:
        """Return an ageing law, or None where its constants are not known.

        Parameters
        ----------
        mechanism
            ``"uv_strength"``, ``"absorptance"``, ``"fading"``, ``"arrhenius"``, ``"strain_life"``,
            ``"design_curve"`` or ``"cycling"``.
        surface
            State whose laws are wanted, for ``"absorptance"`` and ``"fading"``.

        """
        return ageing_makers.build(self, mechanism, self.surface(surface) if surface else None)

    def find(self, key: str) -> Property | None:
        """Return a property by its key, ``name``, ``name.direction`` or ``name.surface``; None where unknown.

        A name alone finds the direction or surface whose data reach furthest.
        """
        name, _, direction = key.partition(".")
        if name in SURFACE_QUANTITIES and direction in self.surfaces:
            return self.surface(direction).properties.get(name)
        if name not in QUANTITIES:
            raise self.missing(name, direction)
        found = self.get(name, direction)
        if found is not None:
            return found
        every = {prop.key: prop for prop in (*self.every_property(), *derived.sheet_properties(self))}
        if direction:
            return every.get(f"{name}.{normal_direction(direction)}")
        named = [prop for prop in every.values() if prop.name == name]
        return max(named, key=lambda prop: prop.range_k[1] - prop.range_k[0], default=None)
