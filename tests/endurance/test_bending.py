"""Thermal bending of tubes against the closed deflection of a prescribed cosine."""

from __future__ import annotations

import numpy as np
import pytest

from thermal.endurance.mechanics.bending import TipDeflection, TubeShape
from thermal.geometry.tube import tube


def _shape(start, end, radius, expansion, lines=None):
    length = np.linalg.norm(np.subtract(end, start))
    lines = np.linspace(0.0, length, 21) if lines is None else lines
    surface = tube("arm", start, end, radius, lines)
    return TubeShape(
        surface.uv[:, 0],
        surface.normals,
        np.asarray(start, float),
        np.asarray(end, float),
        radius,
        lambda at_k: expansion * (at_k - 293.0),
    )


def test_a_cosine_round_the_wall_bends_the_tube_to_a_parabola():
    shape = _shape((0, 0, 1), (0, 2.0, 1), 0.0125, 22.6e-6)
    temperature = 300.0 + 7.0 * shape.outward @ [1.0, 0.0, 0.0]
    deflection = TipDeflection([shape]).at(temperature)
    expected = 22.6e-6 * 7.0 / 0.0125 * 2.0**2 / 2.0
    assert deflection == pytest.approx([-expected, 0.0, 0.0], rel=5e-3, abs=1e-12)


def test_a_cosine_that_fades_along_the_tube():
    shape = _shape((0, 0, 1), (0, 2.0, 1), 0.0125, 22.6e-6, 2.0 * np.linspace(0, 1, 30) ** 2)
    share = 1.0 - shape.axial_m / 2.0
    temperature = 250.0 - 5.0 * share * (shape.outward @ [0.0, 0.0, 1.0])
    expected = 22.6e-6 * 5.0 / 0.0125 * 2.0**2 / 3.0  # integral of (1 - s/L)(L - s)
    assert TipDeflection([shape]).at(temperature) == pytest.approx([0.0, 0.0, expected], rel=5e-3, abs=1e-12)


def test_telescoping_tubes_bend_each_over_its_own_stretch():
    first = _shape((0, -0.3, 2.1), (0, 0.5, 2.1), 0.015, 22.6e-6)
    second = _shape((0, 0.4, 2.1), (0, 1.3, 2.1), 0.013, 22.6e-6)
    temperature = np.concatenate([300.0 + 4.0 * t.outward @ [1.0, 0.0, 0.0] for t in (first, second)])
    length, change = 1.6, 0.8
    one = 22.6e-6 * 4.0 / 0.015 * (length**2 - (length - change) ** 2) / 2.0
    two = 22.6e-6 * 4.0 / 0.013 * (length - change) ** 2 / 2.0
    arm = TipDeflection([first, second])
    assert arm.at(temperature) == pytest.approx([-(one + two), 0.0, 0.0], rel=5e-3, abs=1e-12)
    assert arm.length_m == pytest.approx(length)


def test_uniform_and_higher_harmonics_do_not_bend():
    shape = _shape((0, 0, 1), (0, 2.0, 1), 0.0125, 22.6e-6)
    angle = np.arctan2(shape.outward[:, 2], shape.outward[:, 0])
    assert np.abs(TipDeflection([shape]).at(300.0 + 20.0 * np.cos(2.0 * angle))).max() < 1e-12
