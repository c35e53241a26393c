"""Membrane forces against closed solutions and NAFEMS T1."""

from __future__ import annotations

import numpy as np
import pytest

from thermal.endurance.mechanics.membrane import rectangle, solve_membrane
from thermal.endurance.mechanics.weave import cloth, orthotropic
from thermal.verify.v06_nafems_t1 import hot_spot_stress

WIDTH, HEIGHT = 2.0, 0.9


def _uniform(warp, weft, shear=0.0):
    return lambda x: np.stack([np.full(x.shape[1], value) for value in (warp, weft, shear)])


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


def test_nafems_t1_with_free_edges_lies_between_infinite_sheet_and_inscribed_disc():
    """A free disc of radius b has E a T / 2 (1 + R^2 / b^2): 52 MPa for b = 10 mm; a square is larger."""
    assert 50.0 < hot_spot_stress({"left": None, "bottom": None}) < 52.0
