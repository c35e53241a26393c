"""From the material database to the laws of a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.model.law import Law
from thermal.heat.model.part import Face

if TYPE_CHECKING:
    from materials import Material, Property

REFERENCE_K = 300.0
"""Where optics are read: most sources give one value."""


def law(prop: Property, factor: float, name: str) -> Law:
    """Tabulate a property times a constant inside the range of its data."""
    low, high = prop.range_k
    if not prop.varies:
        return Law.constant(prop.level * factor, name)
    return Law.of(lambda T: np.asarray(prop(T)), (low, high), name).scaled(factor)


def cloth_laws(material: Material) -> tuple[Law, tuple[Law, Law], float, float]:
    """Areal capacity, sheet conductance along warp and weft, thickness and through conductivity of a cloth.

    The in-plane conductance of a weave comes from its fibres and its mass, not from a nominal thickness
    (theory W5).
    """
    name = material.name
    capacity = law(material.property("specific_heat"), material.areal_density, f"specific heat of {name}")
    warp, weft = (
        law(material.sheet_conductance(d), 1.0, f"sheet conductance of {name}") for d in ("warp", "weft")
    )
    through = float(material.through_conductivity(REFERENCE_K))
    return capacity, (warp, weft), material.thickness, through


def tube_laws(material: Material, wall: float) -> tuple[Law, tuple[Law, Law]]:
    """Areal capacity and sheet conductance (axial, round) of a tube's wall ``wall`` m thick."""
    name = material.name
    capacity = law(material.property("specific_heat"), material.density * wall, f"specific heat of {name}")
    axial = law(material.along_wall("thermal_conductivity"), wall, f"conductivity of {name} along the tube")
    across = material.get("thermal_conductivity", "transverse")
    around = axial if across is None else law(across, wall, f"conductivity of {name} round the tube")
    return capacity, (axial, around)


def face(material: Material, state: str) -> Face:
    """Optics of a surface state."""
    surface = material.surface(state)
    return Face(
        absorptance=float(surface.solar_absorptance(REFERENCE_K)),
        emissivity=float(surface.ir_emissivity(REFERENCE_K)),
        transmittance=0.0 if surface.opaque else float(surface.solar_transmittance(REFERENCE_K)),
    )
