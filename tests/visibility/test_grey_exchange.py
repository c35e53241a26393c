"""Radiative exchange (theory V13) and enclosures made of measured factors."""

import numpy as np
import pytest

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.radiation import (
    Body,
    Occluders,
    Soup,
    Surface,
    aggregate,
    box,
    close_factors,
    closure_error,
    enclosure,
    grey_exchange,
    merge,
    parallelogram,
    view_factors,
)

FACING = np.array([[0.0, 1.0], [1.0, 0.0]])


def emissive(*temperatures):
    return STEFAN_BOLTZMANN * np.array(temperatures) ** 4


@pytest.mark.parametrize(
    ("emissivity", "exact"), [((0.85, 0.05), 41.892371), ((1.0, 1.0), 845.240187)], ids=["grey", "black"]
)
def test_parallel_plates(emissivity, exact):
    exchange = grey_exchange(FACING, [1.0, 1.0], emissivity)
    hot, cold = emissive(350.0, 100.0)
    assert exchange[0, 1] * (hot - cold) == pytest.approx(exact, rel=1e-8)


def test_plates_with_a_shield():
    gap = grey_exchange(FACING, [1.0, 1.0], [0.85, 0.05])[0, 1]
    hot, cold = emissive(350.0, 100.0)
    # Two equal gaps in series: the shield floats between them.
    assert 0.5 * gap * (hot - cold) == pytest.approx(20.946185, rel=1e-7)


def test_triangle_enclosure_with_an_adiabatic_face():
    factors = np.full((3, 3), 0.5) - 0.5 * np.eye(3)
    exchange = grey_exchange(factors, np.ones(3), [0.8, 0.5, 0.9])
    first, second = emissive(400.0, 300.0)
    third = (exchange[2, 0] * first + exchange[2, 1] * second) / exchange[2, :2].sum()
    power = exchange[0, 1] * (first - second) + exchange[0, 2] * (first - third)
    assert power == pytest.approx(384.12214, rel=1e-7)


def test_conductances_are_symmetric_positive_and_bounded():
    rng = np.random.default_rng(3)
    areas = rng.uniform(0.1, 3.0, 12)
    factors = close_factors(rng.uniform(0.0, 1.0, (12, 12)) / 12.0, areas)
    emissivity = rng.uniform(0.02, 1.0, 12)
    exchange = grey_exchange(factors, areas, emissivity)
    assert np.array_equal(exchange, exchange.T)
    assert exchange.min() >= 0.0
    assert not exchange.diagonal().any()
    assert np.all(exchange.sum(axis=1) <= emissivity * areas + 1e-12)
    assert not grey_exchange(factors, areas, 0.0).any()


def room(side):
    """A cube seen from inside, each wall of ``side`` x ``side`` patches, each patch of 8 x 8 points."""
    walls, points, normals, patch = [], [], [], []
    place = (np.arange(8 * side) + 0.5) / (8 * side)
    edge = np.arange(side) / side
    for axis in range(3):
        for high in (0.0, 1.0):
            inward = np.eye(3)[axis] * (1.0 - 2.0 * high)
            first, second = np.eye(3)[axis - 2], np.eye(3)[axis - 1]
            first, second = (first, second) if np.cross(first, second) @ inward > 0 else (second, first)
            corner = high * np.eye(3)[axis]
            corners = [corner + i * first + j * second for j in edge for i in edge]
            walls.extend(parallelogram(low, first / side, second / side) for low in corners)
            b, a = np.meshgrid(place, place)
            points.append(corner + b.reshape(-1, 1) * first + a.reshape(-1, 1) * second)
            normals.append(np.tile(inward, (len(points[-1]), 1)))
            owner = (np.repeat(np.arange(8 * side), 8 * side) // 8) * side + np.tile(
                np.arange(8 * side), 8 * side
            ) // 8
            patch.append(owner + (len(walls) - side * side))
    body = Body("room", merge(walls), patches=np.repeat(np.arange(len(walls)), 2))
    return body, np.concatenate(points), np.concatenate(normals), np.concatenate(patch), len(walls)


def test_room_is_reciprocal_within_a_thousandth_and_exact_when_closed():
    body, points, normals, patch, count = room(2)
    factors = view_factors(Occluders([body]), points, normals, rays=4096)
    measured = aggregate(factors.bodies, np.ones(len(points)), patch, count)
    areas = np.full(count, 0.25)
    row, reciprocity = closure_error(measured, areas)
    assert row < 1e-3
    assert reciprocity < 1e-3
    row, reciprocity = closure_error(close_factors(measured, areas), areas)
    assert row < 1e-10
    assert reciprocity < 1e-10
    facing = measured.reshape(6, 4, 6, 4).sum(axis=3).mean(axis=1)
    assert facing[0, 1] == pytest.approx(0.19982490, abs=1e-3)
    assert facing[0, 2] == pytest.approx(0.20004378, abs=1e-3)


def test_closing_trusts_what_a_small_surface_measures_of_a_large_one():
    small, large = 0.01, 1.0
    true = np.array([[0.0, 0.4, 0.6], [0.4 * small, 0.0, 1.0 - 0.4 * small], [0.0, 0.0, 0.0]])
    areas = np.array([small, large, 20.0])
    true[2, :2] = areas[:2] * true[:2, 2] / areas[2]
    true[2, 2] = 1.0 - true[2, :2].sum()
    measured = true.copy()
    measured[1, 0] *= 1.2  # few rays of the large surface find the small one
    assert close_factors(measured, areas) == pytest.approx(true, abs=2e-3)


def flag_and_lander():
    flag = parallelogram([0, 0, 1.2], [0, 2, 0], [0, 0, 0.9])
    lander = box([1.8, 1.0, 0.0], [2.0, 2.0, 2.4])
    sides = np.repeat(np.arange(6), 2)
    occluders = Occluders([Body("flag", flag, back="flag:back"), Body("lander", lander, patches=sides)])
    turned = Soup(flag.vertices, flag.triangles[:, ::-1])
    surfaces = [
        Surface.of_soup("flag", flag, divisions=12),
        Surface.of_soup("flag:back", turned, divisions=4),
        Surface.of_soup("lander", lander, sides, divisions=12),
    ]
    return occluders, surfaces


def test_flag_lander_ground_and_sky_are_one_enclosure():
    occluders, surfaces = flag_and_lander()
    scene = enclosure(occluders, surfaces)
    assert scene.row_error < 1e-3
    assert scene.reciprocity_error < 1e-3
    assert max(closure_error(scene.factors, scene.areas)) < 1e-10
    assert scene.areas[:2] == pytest.approx([1.8, 1.8])
    flag, back, ground, sky = (scene.names.index(name) for name in ("flag", "flag:back", "ground", "sky"))
    assert scene.factors[back, [ground, sky]] == pytest.approx([0.5, 0.5], abs=1e-3)
    side = int(np.argmax(scene.factors[flag, 2:-2])) + 2
    assert scene.factors[flag, side] * 1.8 == pytest.approx(scene.factors[side, flag] * 4.8, rel=1e-10)
    exchange = grey_exchange(scene.factors, scene.areas, [0.85, 0.85, *[0.05] * 6, 0.95, 1.0])
    assert exchange[flag, side] > 0.0
    temperature = np.full(len(scene.areas), 250.0)
    assert exchange @ temperature == pytest.approx(exchange.sum(axis=1) * 250.0)


def test_enclosure_with_a_hole_is_refused():
    occluders, surfaces = flag_and_lander()
    with pytest.raises(ValueError, match="flag:back"):
        enclosure(occluders, [surfaces[0], surfaces[2]])


def test_what_cannot_be_closed_is_refused():
    with pytest.raises(ValueError, match="sees nothing"):
        close_factors([[0.0, 0.0], [0.0, 1.0]], [1.0, 1.0])
    with pytest.raises(ValueError, match="smaller one"):
        close_factors(FACING, [1.0, 2.0])
    with pytest.raises(ValueError, match="sum to one"):
        grey_exchange([[0.0, 0.5], [0.5, 0.0]], [1.0, 1.0], 0.5)
    with pytest.raises(ValueError, match="symmetric"):
        grey_exchange(FACING, [1.0, 2.0], 0.5)
    with pytest.raises(ValueError, match="needs at least one point"):
        aggregate([[1.0]], [1.0], [1], 2)
