"""Membrane forces against closed solutions and NAFEMS T1."""

from __future__ import annotations

import numpy as np
import pytest
from basix.ufl import element
from dolfinx import mesh
from mpi4py import MPI

from thermal.endurance.membrane import rectangle, solve_membrane
from thermal.endurance.weave import cloth, isotropic, orthotropic

WIDTH, HEIGHT = 2.0, 0.9


def _uniform(warp, weft, shear=0.0):
    return lambda x: np.stack([np.full(x.shape[1], value) for value in (warp, weft, shear)])


def _hot_spot_mesh(rings_inside=14, rings_outside=40, sectors=36, radius=2.0, half=10.0):
    """Quarter of the square: rings that change from circles to squares, finer next to the spot."""
    angles = np.linspace(0.0, np.pi / 2.0, sectors + 1)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    square = circle / np.abs(circle).max(axis=1)[:, None]
    inside = np.linspace(0.0, 1.0, rings_inside + 1)[1:]
    outside = np.geomspace(1.0, 1.0 + 60.0, rings_outside + 1)[1:]
    outside = (outside - 1.0) / 60.0
    points = [[0.0, 0.0]]
    for share in inside:
        points += (share * radius * circle).tolist()
    for share in outside:
        points += ((1.0 - share) * radius * circle + share * half * square).tolist()
    row = sectors + 1
    cells = [[0, 1 + k, 2 + k] for k in range(sectors)]
    for ring in range(rings_inside + rings_outside - 1):
        for k in range(sectors):
            a, b = 1 + ring * row + k, 1 + (ring + 1) * row + k
            cells += [[a, b, b + 1], [a, b + 1, a + 1]]
    coordinate = element("Lagrange", "triangle", 1, shape=(2,))
    return mesh.create_mesh(MPI.COMM_SELF, cells=np.array(cells), x=np.array(points), e=coordinate)


def test_a_free_sheet_at_uniform_temperature_has_no_stress():
    strain = -22e-6 * 200.0
    stiffness = cloth(2e5, 1.5e5)
    forces = solve_membrane(rectangle(WIDTH, HEIGHT, 0.1), stiffness, _uniform(strain, 2.0 * strain))
    assert np.abs(forces.at_corners).max() < 1e-9 * np.abs(stiffness @ [strain, 2.0 * strain, 0.0]).max()
    assert forces.displacement[..., 0].min() == pytest.approx(strain * WIDTH)


def test_a_clamped_sheet_has_the_closed_force():
    strain = np.array([-2e-3, -3e-3, 0.0])
    stiffness = orthotropic(2e5, 1.5e5, 0.2, 4e4)
    edges = dict.fromkeys(("left", "right", "bottom", "top"), 0.0)
    forces = solve_membrane(rectangle(WIDTH, HEIGHT, 0.1), stiffness, _uniform(*strain), edges)
    assert forces.at_corners.reshape(-1, 3) == pytest.approx(
        np.tile(-stiffness @ strain, (forces.at_corners.shape[0] * 3, 1)), rel=1e-9, abs=1e-6
    )


def test_a_sheet_between_two_edges_pulls_like_a_strip_in_its_middle():
    """Long strip held at its short edges: N = strip stiffness x strain away from them."""
    stiffness = orthotropic(2e5, 1.5e5, 0.2, 4e4)
    strain = -2e-3
    forces = solve_membrane(
        rectangle(2.0, 0.1, 0.02), stiffness, _uniform(strain, strain), {"left": 0.0, "right": 0.0}
    )
    middle = np.abs(forces.corners[..., 0].mean(axis=1) - 1.0) < 0.2
    assert forces.at_centres[middle, 0] == pytest.approx(2e5 * 2e-3, rel=5e-3)
    assert np.abs(forces.at_centres[middle, 1]).max() < 1e-3 * 2e5 * 2e-3


def test_an_arm_that_shrinks_with_the_cloth_leaves_no_stress():
    strain = -4e-3
    forces = solve_membrane(
        rectangle(WIDTH, HEIGHT, 0.1), cloth(2e5, 1.5e5), _uniform(strain, strain), {"top": strain}
    )
    assert np.abs(forces.at_corners).max() < 1e-6 * 2e5 * 4e-3


def test_wrinkling_lets_go_of_compression():
    """All edges held, warp shrinks, weft grows: a uniform tension field with the strip's own stiffness."""
    stiffness = orthotropic(2e5, 1.5e5, 0.3, 4e4)
    edges = dict.fromkeys(("left", "right", "bottom", "top"), 0.0)
    domain, strain = rectangle(WIDTH, HEIGHT, 0.15), _uniform(-2e-3, 3e-3)
    taut = solve_membrane(domain, stiffness, strain, edges)
    assert taut.at_centres[:, 1].max() < 0.0
    wrinkled = solve_membrane(domain, stiffness, strain, edges, wrinkling=True)
    assert wrinkled.change < 1e-3
    assert wrinkled.at_centres[:, 0] == pytest.approx(2e5 * 2e-3, rel=2e-3)
    assert np.abs(wrinkled.at_centres[:, 1]).max() < 2e-3 * 2e5 * 2e-3


def _hot_spot_stress(edges):
    """Hoop stress in MPa just outside the spot on y = 0, averaged over the two cells that meet there."""

    def spot(x):
        inside = np.hypot(x[0], x[1]) < 2.0
        return np.stack([1e-3 * inside, 1e-3 * inside, 0.0 * inside])

    forces = solve_membrane(_hot_spot_mesh(), isotropic(100e9, 0.3, 1.0), spot, edges, strain_degree=0)
    middle = forces.corners.mean(axis=1)
    outside = np.hypot(middle[:, 0], middle[:, 1]) > 2.0
    corner = np.hypot(forces.corners[..., 0] - 2.0, forces.corners[..., 1]) < 1e-9
    return forces.at_corners[corner & outside[:, None]][:, 1].mean() / 1e6


def test_nafems_t1_in_an_infinite_sheet():
    """The target of 50 MPa is E a T / 2 of an infinite sheet: the square's edges move with it."""

    def infinite(places):
        return 1.3 * 1e-3 * 2.0**2 / 2.0 * places / np.sum(places**2, axis=1)[:, None]

    stress = _hot_spot_stress({"left": None, "bottom": None, "right": infinite, "top": infinite})
    assert stress == pytest.approx(50.0, rel=0.02)


def test_nafems_t1_with_free_edges_lies_between_infinite_sheet_and_inscribed_disc():
    """A free disc of radius b has E a T / 2 (1 + R^2 / b^2): 52 MPa for b = 10 mm; a square is larger."""
    assert 50.0 < _hot_spot_stress({"left": None, "bottom": None}) < 52.0
