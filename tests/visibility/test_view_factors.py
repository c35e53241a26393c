"""View factors against closed solutions (theory V12)."""

import numpy as np
import pytest

from thermal.radiation import (
    Body,
    GroundPatches,
    Occluders,
    box,
    cylinder,
    parallelogram,
    polygon_factor,
    view_factors,
)
from thermal.radiation.view_factors import closed_forms


def grid(corner, first, second, count):
    """Middles of count[0] x count[1] equal cells of a parallelogram, and its normal."""
    a, b = np.meshgrid((np.arange(count[0]) + 0.5) / count[0], (np.arange(count[1]) + 0.5) / count[1])
    corner, first, second = (np.asarray(v, dtype=float) for v in (corner, first, second))
    points = corner + a.reshape(-1, 1) * first + b.reshape(-1, 1) * second
    normal = np.cross(first, second)
    return points, np.tile(normal / np.linalg.norm(normal), (len(points), 1))


def disc(centre, radius, rings=24):
    """Equal-area points on a level disc."""
    radii = radius * np.sqrt((np.arange(rings * 24) + 0.5) / (rings * 24))
    turn = np.arange(rings * 24) * np.pi * (3.0 - np.sqrt(5.0))
    return np.asarray(centre) + np.stack([radii * np.cos(turn), radii * np.sin(turn), 0.0 * turn], axis=1)


def mean_factor(body, points, normals, rays=1024):
    factors = view_factors(Occluders([body]), points, normals, rays=rays)
    share = factors.bodies[:, 0].mean()
    return share, np.sqrt(np.mean(factors.standard_error[:, 0] ** 2) / len(points))


def check(value, error, exact):
    assert abs(value - exact) < 1e-3
    assert error < 1e-3


def test_closed_forms_have_the_reference_values():
    assert closed_forms.parallel_rectangles(1.0, 1.0, 1.0) == pytest.approx(0.19982490, abs=1e-8)
    for gap, exact in ((0.1, 0.85647482), (0.5, 0.48579873), (1.0, 0.26564374)):
        assert closed_forms.parallel_rectangles(2.0, 0.9, gap) == pytest.approx(exact, abs=1e-8)
    assert closed_forms.perpendicular_rectangles(1.0, 1.0, 1.0) == pytest.approx(0.20004378, abs=1e-8)
    assert closed_forms.perpendicular_rectangles(2.0, 0.9, 3.0) == pytest.approx(0.31990973, abs=1e-8)
    assert closed_forms.perpendicular_rectangles(2.0, 3.0, 0.9) == pytest.approx(0.09597292, abs=1e-8)
    assert closed_forms.coaxial_discs(1.0, 1.0, 1.0) == pytest.approx(0.38196601, abs=1e-8)
    assert closed_forms.coaxial_discs(0.5, 1.0, 1.0) == pytest.approx(0.46887113, abs=1e-8)
    assert closed_forms.cylinder_to_strip(0.1, -0.45, 0.45) == pytest.approx(0.43039551, abs=1e-8)
    assert closed_forms.parallel_strips(1.0, 1.0) == pytest.approx(0.41421356, abs=1e-8)
    assert closed_forms.hinged_strips(0.5 * np.pi) == pytest.approx(0.29289322, abs=1e-8)


@pytest.mark.parametrize("gap", [0.1, 0.5, 1.0])
def test_parallel_rectangles(gap):
    points, normals = grid([0, 0, 0], [2, 0, 0], [0, 0.9, 0], (40, 18))
    body = Body("plate", parallelogram([0, 0, gap], [0, 0.9, 0], [2, 0, 0]))
    value, error = mean_factor(body, points, normals)
    check(value, error, closed_forms.parallel_rectangles(2.0, 0.9, gap))


def test_perpendicular_squares():
    points, normals = grid([0, 0, 0], [1, 0, 0], [0, 1, 0], (32, 32))
    value, error = mean_factor(Body("wall", parallelogram([0, 0, 0], [0, 1, 0], [0, 0, 1])), points, normals)
    check(value, error, 0.20004378)


def test_flag_on_a_ground_patch_both_ways():
    points, normals = grid([0, 0, 0], [2, 0, 0], [0, 0, 0.9], (40, 18))
    value, error = mean_factor(
        Body("patch", parallelogram([0, -3, 0], [2, 0, 0], [0, 3, 0])), points, normals
    )
    check(value, error, 0.31990973)
    points, normals = grid([0, -3, 0], [2, 0, 0], [0, 3, 0], (30, 45))
    value, error = mean_factor(
        Body("flag", parallelogram([0, 0, 0], [2, 0, 0], [0, 0, 0.9])), points, normals
    )
    check(value, error, 0.09597292)


@pytest.mark.parametrize(("radius", "exact"), [(1.0, 0.38196601), (0.5, 0.46887113)])
def test_coaxial_discs(radius, exact):
    points = disc([0.0, 0.0, 0.0], radius)
    # The cap of a flat cylinder of 256 sides is the disc; its area is 1e-4 short.
    body = Body("disc", cylinder([0, 0, 1], [0, 0, 1.001], 2.0, sides=256))
    value, error = mean_factor(body, points, np.tile([0.0, 0.0, 1.0], (len(points), 1)))
    check(value, error, exact)


def test_strip_to_cylinder():
    points, normals = grid([-0.45, -0.01, 0.0], [0.9, 0, 0], [0, 0.02, 0], (1800, 1))
    body = Body("rod", cylinder([0, -60, 0.1], [0, 60, 0.1], 0.02, sides=128))
    value, error = mean_factor(body, points, normals)
    check(value, error, 0.03004728)


def test_element_to_rectangle_is_exact():
    up = [[0.0, 0.0, 1.0]]
    corner = polygon_factor([[0, 0, 0]], up, [[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]])
    centred = polygon_factor([[0, 0, 0]], up, [[-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]])
    assert corner == pytest.approx([0.13853161], abs=1e-8)
    assert centred == pytest.approx([0.55412642], abs=1e-8)


@pytest.mark.parametrize("tilt", [20.0, 65.0, 90.0, 130.0])
def test_polygon_below_the_horizon_is_cut(tilt):
    # A wide plane cut by the element's own plane leaves (1 - cos tilt)/2, whatever the tilt.
    normal = [[np.sin(np.radians(tilt)), 0.0, np.cos(np.radians(tilt))]]
    wide = 1e4 * np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
    factor = polygon_factor([[0.0, 0.0, 1.0]], normal, wide)
    assert factor == pytest.approx([0.5 * (1.0 - np.cos(np.radians(tilt)))], abs=2e-4)


def test_flat_flag_alone_is_exact():
    points, _ = grid([0, 0, 1.2], [0, 2, 0], [0, 0, 0.9], (20, 9))
    normal = np.array([np.cos(0.2), 0.0, np.sin(0.2)])
    occluders = Occluders(
        [Body("flag", parallelogram([0, 0, 1.2], [0, 2, 0], [-0.2, 0, 0.9]), back="flag:back")]
    )
    factors = view_factors(occluders, points, np.tile(normal, (len(points), 1)), rays=64)
    assert np.all(factors.ground == 0.5 * (1.0 - np.sin(0.2)))
    assert np.all(factors.sky == 0.5 * (1.0 + np.sin(0.2)))
    assert not factors.bodies.any()


def test_rows_close_in_a_scene_and_bodies_take_from_the_right_half():
    points, normals = grid([0, 0, 1.2], [0, 2, 0], [0, 0, 0.9], (20, 9))
    bodies = [
        Body("lander", box([2.0, 1.0, 0.0], [2.0, 2.0, 0.6])),
        Body("arm", cylinder([0.02, 0, 2.12], [0.02, 2, 2.12], 0.03)),
    ]
    factors = view_factors(Occluders(bodies), points, normals)
    total = factors.ground + factors.sky + factors.bodies.sum(axis=1)
    assert total == pytest.approx(np.ones(len(points)), abs=1e-14)
    assert factors.ground + factors.bodies[:, 0] == pytest.approx(np.full(len(points), 0.5), abs=1e-14)
    assert factors.sky + factors.bodies[:, 1] == pytest.approx(np.full(len(points), 0.5), abs=1e-14)
    assert factors.bodies[:, 0].min() > 0.0


def test_ground_patches_exact_alone_and_obstructed_behind_a_lander():
    patches = GroundPatches.around((-1.0, 1.0), (-3.0, 0.0), 1.0)
    point, normal = [[0.0, 0.0, 0.7]], [[0.0, -1.0, 0.0]]
    free = view_factors(Occluders([]), point, normal, ground=patches, rays=16)
    assert free.patches.sum() == pytest.approx(
        closed_forms.vertical_element_to_ground(0.7, 1.0, 3.0), abs=1e-12
    )
    wall = Body("wall", parallelogram([-50, -1.0, 0], [100, 0, 0], [0, 0, 5.0]))
    hidden = view_factors(Occluders([wall]), point, normal, ground=patches, rays=4096)
    behind = 3  # x 0 to 1, y -2 to -1: the second of the second row
    assert hidden.patches[0, behind] == pytest.approx(0, abs=1e-2)
    assert hidden.ground[0] == pytest.approx(
        closed_forms.vertical_element_to_ground(0.7, 50.0, 1.0), abs=2e-3
    )


def test_a_grid_on_the_ground_has_the_factors_of_its_rectangles():
    patches = GroundPatches.around((-3.0, 3.0), (-2.5, 3.5), 0.7)
    random = np.random.default_rng(3)
    points = random.uniform([-3.0, -3.0, 0.1], [3.0, 3.0, 2.5], (600, 3))
    normals = random.normal(size=(600, 3))
    normals[:300] = np.repeat([[1, 0, 0], [0, -1, 0], [0, 0, -1]], 100, axis=0)
    points[:50, 0] = patches.x[3]  # over a line of the grid
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    exact = np.stack([polygon_factor(points, normals, corners) for corners in patches.corners()], axis=1)
    assert np.abs(patches.factors(points, normals) - exact).max() < 1e-14
    assert exact.max() > 0.1


def test_factors_turn_and_mirror_with_the_scene():
    def build(transform):
        points, _ = grid([0, 0, 1.2], [0, 2, 0], [0, 0, 0.9], (10, 5))
        normals = np.tile([1.0, 0.0, 0.0], (len(points), 1))
        soup = cylinder([0.3, 0.2, 0.1], [0.4, 1.5, 2.2], 0.1)
        turned = type(soup)(soup.vertices @ transform.T, soup.triangles)
        return view_factors(Occluders([Body("rod", turned)]), points @ transform.T, normals @ transform.T)

    base = build(np.eye(3))
    c, s = np.cos(0.7), np.sin(0.7)
    for transform in (np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]), np.diag([1.0, -1.0, 1.0])):
        other = build(transform)
        # Single rays may graze an edge on the other side of rounding.
        assert np.abs(other.bodies - base.bodies).max() <= 2.0 / 512
        assert np.abs(other.bodies - base.bodies).mean() < 1e-4


def test_any_split_gives_the_same_factors():
    points, normals = grid([0, 0, 1.2], [0, 2, 0], [0, 0, 0.9], (11, 5))
    occluders = Occluders([Body("lander", box([2.0, 1.0, 0.0], [2.0, 2.0, 1.6]))])
    whole = view_factors(occluders, points, normals, rays=64)
    parts = [view_factors(occluders, points[i::3], normals[i::3], rays=64) for i in range(3)]
    for i, part in enumerate(parts):
        assert np.array_equal(part.bodies, whole.bodies[i::3])
        assert np.array_equal(part.ground, whole.ground[i::3])


def test_odd_numbers_of_rays_are_refused():
    with pytest.raises(ValueError, match="multiple of 16"):
        view_factors(Occluders([]), [[0, 0, 1]], [[1, 0, 0]], rays=100)
