"""Colour difference against the published pairs and the colour-science package; fading by Kubelka and
Munk."""

from __future__ import annotations

import numpy as np
import pytest

from thermal.endurance.colour.cie import ciede2000, lab_from_srgb, srgb_from_lab
from thermal.endurance.colour.fading import DyedColour, dose_to_dye, kubelka_munk, reflectance

SHARMA_PAIRS = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("first", "second", "expected"), SHARMA_PAIRS)
def test_pairs_of_sharma_wu_and_dalal(first, second, expected):
    assert ciede2000(first, second) == pytest.approx(expected, abs=5e-5)
    assert ciede2000(second, first) == pytest.approx(expected, abs=5e-5)


def test_agrees_with_colour_science():
    colour = pytest.importorskip("colour")
    rng = np.random.default_rng(4)
    first = rng.uniform([0, -100, -100], [100, 100, 100], (500, 3))
    second = rng.uniform([0, -100, -100], [100, 100, 100], (500, 3))
    assert ciede2000(first, second) == pytest.approx(
        colour.delta_E(first, second, method="CIE 2000"), abs=1e-9
    )


def test_flag_red_to_white_is_the_bleached_scale():
    red = lab_from_srgb(np.array([238, 28, 37]) / 255.0)
    assert red == pytest.approx([50.86, 73.62, 51.38], abs=0.02)
    assert ciede2000(red, [100.0, 0.0, 0.0]) == pytest.approx(46.49, abs=0.02)


def test_srgb_and_lab_return():
    values = np.random.default_rng(2).uniform(0.0, 1.0, (50, 3))
    assert srgb_from_lab(lab_from_srgb(values)) == pytest.approx(values, abs=1e-9)


def test_kubelka_munk_returns_and_fading_is_monotone():
    values = np.linspace(0.01, 1.0, 40)
    assert reflectance(kubelka_munk(values)) == pytest.approx(values)
    print_red = DyedColour(tuple(lab_from_srgb(np.array([238, 28, 37]) / 255.0)))
    left = np.linspace(1.0, 0.0, 50)
    difference = print_red.difference(left)
    assert difference[0] == pytest.approx(0.0, abs=1e-9)
    assert np.all(np.diff(difference) > 0.0)
    assert difference[-1] == pytest.approx(46.5, abs=1.5)


def test_dose_to_a_colour_difference_is_the_inverse_of_fading():
    print_red = DyedColour((50.86, 73.62, 51.38))
    share = print_red.dye_at_difference(10.0)
    assert print_red.difference(share) == pytest.approx(10.0, abs=0.02)
    assert float(np.exp(-dose_to_dye(share, 2000.0) / 2000.0)) == pytest.approx(share)
    assert print_red.dye_at_difference(90.0) == -1.0
    assert dose_to_dye(-1.0, 2000.0) == np.inf
