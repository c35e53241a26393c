"""The regolith column's materials and grid (Hayne et al. 2017, doi 10.1002/2017JE005387).

    rho(z) cp(T) dT/dt = d/dz( k(T, z) dT/dz ),   k = kc(z) [1 + chi (T/350)^3],
    rho, kc(z) = deep - (deep - surface) exp(-z/H).

Values: heat1d 0.4.1 (phayne/heat1d), which is the authors' own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CP_COEFFICIENTS: Final = (-3.6125, 2.7431, 2.3616e-3, -1.2340e-5, 8.9093e-9)
"""J/kg/K times K^-n, n = 0 to 4; usable above about 10 K."""

CHI_OVER_T3: Final = 2.7 / 350.0**3
"""1/K3: radiative part of the conductivity against the contact part."""


@dataclass(frozen=True, slots=True)
class Regolith:
    """What the ground is made of.

    Parameters
    ----------
    h_parameter
        Scale depth H of density and contact conductivity, m.
    emissivity
        Infrared emissivity of the surface.
    heat_flow
        Heat from below, W/m2.
    surface_density, deep_density
        kg/m3.
    surface_conductivity, deep_conductivity
        Contact conductivity, W/m/K.

    """

    h_parameter: float = 0.07
    emissivity: float = 0.95
    heat_flow: float = 0.018
    surface_density: float = 1100.0
    deep_density: float = 1800.0
    surface_conductivity: float = 7.4e-4
    deep_conductivity: float = 3.4e-3

    def density(self, depth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the density in kg/m3 at `depth` in m, same shape."""
        fade: NDArray[np.float64] = np.exp(-depth / self.h_parameter)
        return self.deep_density - (self.deep_density - self.surface_density) * fade

    def contact_conductivity(self, depth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the contact part of the conductivity in W/m/K at `depth` in m, same shape."""
        fade: NDArray[np.float64] = np.exp(-depth / self.h_parameter)
        return self.deep_conductivity - (self.deep_conductivity - self.surface_conductivity) * fade

    def conductivity(
        self, temperature: NDArray[np.float64], depth: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the conductivity in W/m/K at `temperature` in K and `depth` in m."""
        return self.contact_conductivity(depth) * (1.0 + CHI_OVER_T3 * temperature**3)


def specific_heat(temperature: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the specific heat of regolith in J/kg/K at `temperature` in K, same shape."""
    return np.asarray(np.polynomial.polynomial.polyval(temperature, CP_COEFFICIENTS), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Column:
    """Vertex-centred control volumes of one column; the surface vertex owns half a cell.

    Parameters
    ----------
    depth
        Depth of the vertices in m, shape (n,), the first one 0.
    mass
        Mass of each control volume in kg/m2, shape (n,).
    coupling
        Contact conductance kc/dz between neighbours, at the interface, in W/m2/K, shape (n - 1,).
    regolith
        The material.

    """

    depth: NDArray[np.float64]
    mass: NDArray[np.float64]
    coupling: NDArray[np.float64]
    regolith: Regolith


@dataclass(frozen=True, slots=True)
class Profile:
    """Temperature of the ground over depth at an instant.

    Parameters
    ----------
    depth
        (n,) m, rising from 0.
    temperature
        (n,) K.

    """

    depth: NDArray[np.float64]
    temperature: NDArray[np.float64]

    def at(self, depth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the temperature at depths in m, K; below the last one its own."""
        return np.interp(depth, self.depth, self.temperature)


def build_column(
    regolith: Regolith, first_cell: float = 1e-4, growth: float = 1.07, bottom: float = 1.5
) -> Column:
    """Lay a geometric grid.

    Parameters
    ----------
    regolith
        The material.
    first_cell
        Distance of the first two vertices, m.  0.1 mm serves eclipses; the periodic state alone is within
        0.1 K with 4 mm.
    growth
        Ratio of neighbouring cells.
    bottom
        Depth that the last vertex reaches at least, m.

    """
    cells = 1 + int(np.ceil(np.log1p(bottom * (growth - 1.0) / first_cell) / np.log(growth)))
    sizes = first_cell * growth ** np.arange(cells)
    depth = np.concatenate([[0.0], np.cumsum(sizes)])
    middle = 0.5 * (depth[1:] + depth[:-1])
    half = 0.5 * sizes * regolith.density(0.5 * (depth[:-1] + middle))
    other_half = 0.5 * sizes * regolith.density(0.5 * (depth[1:] + middle))
    mass = np.zeros_like(depth)
    mass[:-1] += half
    mass[1:] += other_half
    return Column(depth, mass, regolith.contact_conductivity(middle) / sizes, regolith)
