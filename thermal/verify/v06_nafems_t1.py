"""V6: NAFEMS T1, a membrane with a hot spot (theory V6): E a T/2 = 50 MPa just outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thermal.verify.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from thermal.endurance.mechanics.membrane import Edge, Hold

TITLE = "NAFEMS T1: membrane with a hot spot"
SPOT_MM, HALF_SIDE_MM = 2.0, 10.0
STRAIN: Final = 1e-3
MODULUS_PA, POISSON = 100e9, 0.3
RINGS_INSIDE, RINGS_OUTSIDE, SECTORS = 14, 40, 36
RADIAL_GROWTH = 61.0
"""Of the cells from the spot to the edge."""


def run() -> Iterator[Check]:
    """Let the square's edges move as an infinite sheet does there, for which the target is exact."""

    def infinite(places: NDArray[np.float64]) -> NDArray[np.float64]:
        reach = (1.0 + POISSON) * STRAIN * SPOT_MM**2 / 2.0
        return np.asarray(reach * places / np.sum(places**2, axis=1)[:, None])

    stress = hot_spot_stress({"left": None, "bottom": None, "right": infinite, "top": infinite})
    yield Check("hoop stress outside the spot", stress, 50.0, 1.0, "MPa")


def hot_spot_stress(held: Mapping[Edge, Hold]) -> float:
    """Hoop stress in MPa just outside the spot on y = 0, averaged over the two cells that meet there.

    Parameters
    ----------
    held
        How the edges of a quarter of the square are held:
        see `thermal.endurance.mechanics.membrane.solve_membrane`.

    """
    from thermal.endurance.mechanics.membrane import solve_membrane
    from thermal.endurance.mechanics.weave import isotropic

    def spot(x: NDArray[np.float64]) -> NDArray[np.float64]:
        inside = np.hypot(x[0], x[1]) < SPOT_MM
        return np.stack([STRAIN * inside, STRAIN * inside, 0.0 * inside])

    stiffness = isotropic(MODULUS_PA, POISSON, 1.0)
    forces = solve_membrane(_quarter(), stiffness, spot, held, strain_degree=0)
    middle = forces.corners.mean(axis=1)
    outside = np.hypot(middle[:, 0], middle[:, 1]) > SPOT_MM
    corner = np.hypot(forces.corners[..., 0] - SPOT_MM, forces.corners[..., 1]) < 1e-9
    return float(forces.at_corners[corner & outside[:, None]][:, 1].mean()) / 1e6


def _quarter() -> Any:
    """Mesh of a quarter of the square in mm: rings from circles to squares, finer next to the spot."""
    from basix.ufl import element
    from dolfinx import mesh
    from mpi4py import MPI

    angles = np.linspace(0.0, np.pi / 2.0, SECTORS + 1)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    square = circle / np.abs(circle).max(axis=1)[:, None]
    inside = np.linspace(0.0, 1.0, RINGS_INSIDE + 1)[1:]
    outside = (np.geomspace(1.0, RADIAL_GROWTH, RINGS_OUTSIDE + 1)[1:] - 1.0) / (RADIAL_GROWTH - 1.0)
    rings = [share * SPOT_MM * circle for share in inside]
    rings += [(1.0 - share) * SPOT_MM * circle + share * HALF_SIDE_MM * square for share in outside]
    row = SECTORS + 1
    cells = [[0, 1 + k, 2 + k] for k in range(SECTORS)]
    for ring in range(len(rings) - 1):
        for k in range(SECTORS):
            a, b = 1 + ring * row + k, 1 + (ring + 1) * row + k
            cells += [[a, b, b + 1], [a, b + 1, a + 1]]
    points = np.concatenate([np.zeros((1, 2)), *rings])
    coordinate = element("Lagrange", "triangle", 1, shape=(2,))
    return mesh.create_mesh(MPI.COMM_SELF, cells=np.array(cells), x=points, e=coordinate)
