"""The surface of a material in one state: how it takes sunlight, how it emits, how it ages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from materials.errors import NoDataError
from materials.laws.combined import Mixture
from materials.problems import Problem

if TYPE_CHECKING:
    from materials.prop import Property


@dataclass(frozen=True, eq=False)
class Surface:
    """One surface state.

    Parameters
    ----------
    material, name
        What it is the surface of, and the state, such as ``"red_print"``.
    title
        In words.
    aliases
        Other names of the same state.
    properties
        Solar absorptance, infrared emissivity, solar transmittance (opaque when absent), each a function of
        temperature, those that are known.
    ageing
        Which ageing laws hold, ``"dyed"`` or ``"undyed"``; empty when none is known.
    lab
        CIE L*a*b* colour when new, D65; None when unknown.
    lab_method
        Where the colour comes from.

    """

    material: str
    name: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    properties: dict[str, Property] = field(default_factory=dict)
    ageing: str = ""
    lab: tuple[float, float, float] | None = None
    lab_method: str = ""

    @property
    def solar_absorptance(self) -> Property:
        """Share of sunlight taken up, 1."""
        return self._need("solar_absorptance")

    @property
    def ir_emissivity(self) -> Property:
        """Hemispherical total emissivity, 1."""
        return self._need("ir_emissivity")

    @property
    def solar_transmittance(self) -> Property:
        """Share of sunlight let through, 1; use :attr:`opaque` first where there may be none."""
        return self._need("solar_transmittance")

    @property
    def opaque(self) -> bool:
        """Whether no transmittance is given: metals, composites, paints."""
        return "solar_transmittance" not in self.properties

    def with_property(self, prop: Property) -> Self:
        """Return the state with one property replaced, as studies do."""
        return replace(self, properties={**self.properties, prop.name: prop})

    def under_dust(self, dust: Surface, cover: float) -> Self:
        """Return the state with a share of its area under dust.

        Area-weighted: alpha = (1 - cover) alpha_0 + cover alpha_dust, and so for the emissivity; the
        transmittance falls as the free area. A cover of 30 % on white cloth adds 0.15 to 0.25.

        Parameters
        ----------
        dust
            The surface of the dust.
        cover
            Share of the area, 0 to 1.

        """
        mixed = {}
        for name, own in self.properties.items():
            other = dust.properties.get(name)
            law = Mixture((1.0 - cover,), (own.law,))
            low, high = own.range_k
            if other is not None:
                law = Mixture((1.0 - cover, cover), (own.law, other.law))
                low, high = max(low, other.range_k[0]), min(high, other.range_k[1])
            mixed[name] = replace(own, law=law, range_k=(low, high), method="derived", regression=())
        return replace(self, properties=mixed)

    def _need(self, name: str) -> Property:
        if name in self.properties:
            return self.properties[name]
        raise NoDataError(
            Problem(
                "no-data",
                f"{self.material}: {name}.{self.name}",
                f"the database has no {name.replace('_', ' ')} for this surface",
                "use another surface, or add the datum to a material file of your own",
            )
        )
