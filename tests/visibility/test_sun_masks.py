"""Masks along the Sun's path against casting at each time."""

import numpy as np
import pytest

from thermal.core.constants import LUNATION
from thermal.geometry.drape import Wave
from thermal.radiation import (
    Body,
    GroundPatches,
    GroundShadows,
    Occluders,
    Soup,
    SunMasks,
    SunPath,
    box,
    cylinder,
    disc_cosine,
    merge,
    parallelogram,
    solid,
    sun_visibility,
)

RADIUS = np.radians(0.26645)
CHANGE5 = np.radians(43.06)


def sun_path(latitude=CHANGE5, samples=1416):
    """One lunation from midnight, declination 0."""
    times = np.linspace(0.0, LUNATION, samples)
    hour = 2.0 * np.pi * times / LUNATION - np.pi
    east, north = -np.sin(hour), -np.sin(latitude) * np.cos(hour)
    return SunPath(times, np.stack([east, north, np.cos(latitude) * np.cos(hour)], axis=1))


def flag_scene(nu=40, nv=18):
    u, v = np.meshgrid(np.linspace(0, 2, nu), np.linspace(0, 0.9, nv), indexing="ij")
    points = np.stack([0 * u, u, 1.2 + v], axis=-1).reshape(-1, 3)
    bodies = [
        Body("flag", parallelogram([0, 0, 1.2], [0, 2, 0], [0, 0, 0.9]), back="back", transmittance=0.1),
        Body("arm", cylinder([0, -0.3, 2.12], [0, 2, 2.12], 0.03)),
        Body("lander", box([-0.6, -3.2, 0], [2.0, 2.0, 2.5], 0.3)),
    ]
    return Occluders(bodies), points, np.tile([1.0, 0.0, 0.0], (len(points), 1))


@pytest.fixture(scope="module")
def scene():
    occluders, points, normals = flag_scene()
    path = sun_path()
    return occluders, points, normals, path, SunMasks(occluders, points, normals, path, RADIUS)


def test_masks_are_what_rays_find(scene):
    """Rays start a little off the sheet: moved back, they start where the mask is taken (0.005 is theirs)."""
    occluders, points, normals, path, masks = scene
    others = occluders.without("flag")
    shaded = 0
    for time in np.random.default_rng(0).uniform(0.26 * LUNATION, 0.74 * LUNATION, 60):
        sun = path.directions_at(path.way_at(time))[0]
        front, back = masks.at(time)
        for mask, outward in ((front, normals), (back, -normals)):
            exact = sun_visibility(others, points - others.offset * outward, outward, sun, RADIUS)
            shaded += np.count_nonzero((exact > 0.05) & (exact < 0.95))
            # What counts is the error times the cosine: an edge-on face receives nothing.
            assert np.abs(mask - exact).max() * min(1.0, 20.0 * abs(sun[0])) < 0.008
    assert shaded > 100


def test_sides_take_turns_and_the_night_is_dark(scene):
    masks = scene[4]
    front, back = masks.at(0.4 * LUNATION)
    assert front.max() == 1.0
    assert not back.any()
    front, back = masks.at(0.6 * LUNATION)
    assert back.max() == 1.0
    assert not front.any()
    for night in (0.0, 0.1 * LUNATION, 0.9 * LUNATION, LUNATION):
        assert not np.any(masks.at(night))


def test_masks_do_not_depend_on_the_split_or_the_order_of_asking(scene):
    occluders, points, normals, path, masks = scene
    times = np.linspace(0.3, 0.7, 9) * LUNATION
    whole = [masks.at(time) for time in times]
    for i in range(2):
        part = SunMasks(occluders, points[i::2], normals[i::2], path, RADIUS, keep=1)
        for time, (front, back) in reversed(list(zip(times, whole, strict=True))):
            mine = part.at(time)
            assert np.array_equal(mine[0], front[i::2])
            assert np.array_equal(mine[1], back[i::2])


def draped_scene():
    u, v = np.meshgrid(np.linspace(0, 2, 41), np.linspace(0, 0.9, 10), indexing="ij")
    place, normal = Wave(2.0, 0.9, 0.03, 0.4).place(np.stack([u, v], axis=-1).reshape(-1, 2))
    east = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]])  # width to the north, height up, front to the east
    points, normals = place @ east + np.array([0.0, 0.0, 1.2]), normal @ east
    index = np.arange(410).reshape(41, 10)
    a, b, c, d = (
        corner.ravel() for corner in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:])
    )
    sheet = Soup(points, np.concatenate([np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)]))
    arm = Body("arm", cylinder([0.0, -0.3, 2.13], [0.0, 2.0, 2.13], 0.03))
    return Occluders([Body("flag", sheet, back="back"), arm]), points, normals


def test_folds_shade_one_another_only_in_low_sun():
    occluders, points, normals = draped_scene()
    path = sun_path()
    whole = SunMasks(occluders, points, normals, path, RADIUS)
    quick = SunMasks(occluders, points, normals, path, RADIUS, own="flag")
    alone = SunMasks(occluders.without("flag"), points, normals, path, RADIUS)
    folded = 0
    for time in np.linspace(0.26, 0.74, 25) * LUNATION:
        sun = path.directions_at(path.way_at(time))[0]
        cosines = disc_cosine(normals @ sun, RADIUS), disc_cosine(-normals @ sun, RADIUS)
        for mask, same, free, cosine in zip(
            whole.at(time), quick.at(time), alone.at(time), cosines, strict=True
        ):
            assert np.abs((mask - same) * cosine).max() < 0.02  # of the irradiance: a lattice for the folds
            folded += np.count_nonzero((free - mask) * cosine > 0.01)
    assert folded > 20
    with pytest.raises(ValueError, match="no body"):
        SunMasks(occluders, points, normals, path, RADIUS, own="sail")


def test_what_is_cast_ahead_is_what_would_be_cast():
    occluders, points, normals = draped_scene()
    ahead, later = (SunMasks(occluders, points, normals, sun_path(), RADIUS, own="flag") for _ in range(2))
    ahead.cast_ahead()
    for time in np.linspace(0.24, 0.76, 14) * LUNATION:
        assert np.array_equal(ahead.at(time), later.at(time))


def test_shadow_of_a_box_on_the_ground():
    # Noon at 45 degrees: a box 1 m high casts 1 m to the north.
    occluders = Occluders([Body("box", box([0.0, 0.0, 0.0], [1.0, 1.0, 1.0]))])
    patches = GroundPatches.around((-0.5, 0.5), (0.5, 3.5), 1.0)
    shadows = GroundShadows(occluders, patches, sun_path(np.radians(45.0)), RADIUS, side=8)
    assert shadows.shaded(0.5 * LUNATION) == pytest.approx([1.0, 0.0, 0.0], abs=0.01)
    assert np.all(shadows.shaded(0.0) == 1.0)
    assert patches.areas().sum() == pytest.approx(3.0)
    patches = GroundPatches.around((-0.5, 0.5), (0.75, 3.75), 1.0)
    shadows = GroundShadows(occluders, patches, sun_path(np.radians(45.0)), RADIUS, side=8)
    assert shadows.shaded(0.5 * LUNATION) == pytest.approx([0.75, 0.0, 0.0], abs=0.01)


def test_path_goes_round_once_and_refuses_gaps():
    path = sun_path()
    assert path.length == pytest.approx(2.0 * np.pi, rel=1e-5)
    assert path.directions_at(path.way_at(0.5 * LUNATION))[0, 2] == pytest.approx(np.cos(CHANGE5), abs=1e-6)
    with pytest.raises(ValueError, match="apart"):
        sun_path(samples=100)
    with pytest.raises(ValueError, match="increasing"):
        SunPath([0.0, 0.0], [[0, 0, 1], [0, 0, 1]])


def test_masks_have_no_steps_in_time():
    """A shadow's edge crosses the disc in 63 min: in a second a mask changes by 3.4e-4 at most."""
    fastest = 2.0 / np.pi * (2.0 * np.pi / LUNATION) / RADIUS
    path = sun_path()
    for occluders, points, normals in (flag_scene(6, 5), draped_scene()):
        masks = SunMasks(occluders, points, normals, path, RADIUS, own="flag")
        changed = 0.0
        for start in (0.489 * LUNATION, 0.496 * LUNATION, 0.507 * LUNATION):
            seen = np.array([masks.at(start + second) for second in range(900)])
            sun = path.directions_at(path.way_at(start))[0]
            seen = seen[:, :, np.abs(normals @ sun) > 2.0 * RADIUS]  # where no sides take turns
            changed = max(changed, float(np.ptp(seen, axis=0).max()))
            assert np.abs(np.diff(seen, axis=0)).max() < 2.0 * fastest  # arm and fold together
        assert changed > 0.2


def solids():
    block = box([0.0, 0.0, 0.0], [1.0, 2.0, 0.5], 0.3)
    return {
        "box": (block, 6, 12),
        "tube in pieces": (
            merge([cylinder([0, 0, 0], [0, 1, 0], 0.1, 12), cylinder([0, 1, 0], [0, 2, 0], 0.1, 12)]),
            14,
            36,
        ),
        "sheet": (parallelogram([0, 0, 1], [2, 0, 0], [0, 0.6, 0.8]), 2, 4),
    }


@pytest.mark.parametrize("name", list(solids()))
def test_convex_shapes_are_recognised(name):
    soup, faces, edges = solids()[name]
    shape = solid(soup)
    assert (len(shape.faces), len(shape.edges)) == (faces, edges)
    assert np.max(soup.vertices @ shape.faces[:, :3].T - shape.faces[:, 3]) < 1e-9


def test_other_shapes_are_not_taken_for_convex():
    corner = merge(
        [parallelogram([0, 0, 0], [1, 0, 0], [0, 1, 0]), parallelogram([0, 0, 0], [0, 1, 0], [0, 0, 1])]
    )
    ell = merge(
        [parallelogram([0, 0, 0], [1, 0, 0], [0, 2, 0]), parallelogram([1, 0, 0], [1, 0, 0], [0, 1, 0])]
    )
    two = merge([box([0, 0, 0], [1, 1, 1]), box([3, 0, 0], [1, 1, 1])])
    assert [solid(soup) for soup in (corner, ell, two, Soup(np.zeros((0, 3)), np.zeros((0, 3), int)))] == [
        None
    ] * 4


def test_bodies_that_overlap_in_the_disc_are_not_counted_twice():
    """Two halves of a roof that meet before the disc's middle, opaque, and one that lets a tenth through."""
    halves = [
        parallelogram([-1, -1, 1], [1, 0, 0], [0, 2, 0]),
        parallelogram([0, -1, 1], [1, 0, 0], [0, 2, 0]),
    ]
    for through, other, exact in ((0.0, 0.0, 0.0), (0.1, 0.0, 0.05), (0.1, 0.3, 0.2)):
        bodies = [
            Body(str(k), soup, transmittance=t)
            for k, (soup, t) in enumerate(zip(halves, (through, other), strict=True))
        ]
        # The Sun stands still at the zenith.
        path = SunPath([0.0, 1.0], [[0, 0, 1], [0, 1e-9, 1]])
        front, _ = SunMasks(Occluders(bodies), [[0, 0, 0]], [[0, 0, 1]], path, RADIUS).at(0.0)
        assert front == pytest.approx([exact], abs=1e-6)
