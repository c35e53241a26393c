"""A part of the model: a surface with its wall and the optics of its two faces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.geometry.surface import Surface
    from thermal.heat.model.law import Law


@dataclass(frozen=True)
class Face:
    """Optics of one face, a number or one value a vertex.

    Parameters
    ----------
    absorptance
        Solar absorptance.
    emissivity
        Infrared emissivity, and absorptance for infrared (grey).
    transmittance
        Solar transmittance of the wall for light that falls on this face.

    """

    absorptance: float | NDArray[np.float64] = 0.0
    emissivity: float | NDArray[np.float64] = 0.0
    transmittance: float | NDArray[np.float64] = 0.0


@dataclass(frozen=True)
class Part:
    """A thin wall.

    Parameters
    ----------
    surface
        Mid-surface.
    heat_capacity
        J/m2/K of wall area, over temperature.
    conductance
        Sheet conductance t k along the two principal directions, W/K, over temperature.
    front, back
        Optics of the faces. A face with emissivity 0 exchanges through conductors alone.
    thickness
        m.
    through_conductivity
        W/m/K through the wall; infinite for the lumped sheet.
    exposed
        Share of each vertex's front face that sees the surroundings (tubes inside other tubes do not).
    layers
        Thickness of each triangle over that of the plain wall: 2 in a hem.
    judged
        Share of each vertex that counts in the error of a step.
    emission
        What ledger and series call what its faces emit.

    """

    surface: Surface
    heat_capacity: Law
    conductance: tuple[Law, Law]
    front: Face
    back: Face
    thickness: float = 0.0
    through_conductivity: float = np.inf
    exposed: float | NDArray[np.float64] = 1.0
    layers: float | NDArray[np.float64] = 1.0
    judged: float | NDArray[np.float64] = 1.0
    emission: str = "emission"

    @property
    def name(self) -> str:
        """Name of the surface."""
        return self.surface.name

    @property
    def sheltered(self) -> bool:
        """Whether some vertices exchange with their neighbours alone, on neither face with anything else."""
        front = np.multiply(self.front.emissivity, self.exposed)
        return bool(np.any((front == 0.0) & (np.asarray(self.back.emissivity) == 0.0)))

    @property
    def triangle_layers(self) -> NDArray[np.float64]:
        """:attr:`layers` of every triangle, (m,)."""
        return np.broadcast_to(self.layers, len(self.surface.triangles)).astype(float)

    @property
    def vertex_layers(self) -> NDArray[np.float64]:
        """:attr:`layers` at the vertices, (n,)."""
        return self.surface.at_vertices(self.triangle_layers)

    @property
    def through_resistance(self) -> NDArray[np.float64]:
        """Thickness over k_z at the vertices, (n,) m2 K/W: 0 for the lumped sheet."""
        if np.isinf(self.through_conductivity):
            return np.zeros(len(self.surface.points))
        return np.divide(self.vertex_layers * self.thickness, self.through_conductivity)
