"""Shadows of a disc: exact covers of half-planes and bars, the width of penumbra, translucent cloth."""

import numpy as np
import pytest

from thermal.radiation import Body, Occluders, cylinder, disc_cosine, parallelogram, sun_visibility

RADIUS = np.radians(0.26645)  # 1 AU
UP = np.array([0.0, 0.0, 1.0])


def segment(x):
    """Visible share of a disc of unit radius whose middle is x above a straight edge."""
    x = np.clip(x, -1.0, 1.0)
    return 0.5 + (x * np.sqrt(1.0 - x * x) + np.arcsin(x)) / np.pi


def across(turn, places, height=1.0):
    """Points on the ground along a line, places in radii of the disc's image ``height`` m above."""
    line = np.array([-np.sin(turn), np.cos(turn), 0.0])
    return np.outer(places, height * np.tan(RADIUS) * line), line


@pytest.mark.parametrize("turn", [0.0, 0.4, 0.5 * np.pi, 2.0, 4.1])
def test_edge_of_a_half_plane(turn):
    places = np.linspace(-1.3, 1.3, 131)
    points, line = across(turn, places)
    edge = np.array([np.cos(turn), np.sin(turn), 0.0])
    occluders = Occluders([Body("roof", parallelogram(UP - 3.0 * edge, 6.0 * edge, 3.0 * line))])
    share = sun_visibility(occluders, points, np.tile(UP, (131, 1)), UP, RADIUS)
    error = share - segment(-places)
    assert np.abs(error).max() < 0.007
    assert np.sqrt(np.mean(error**2)) < 0.002


@pytest.mark.parametrize("half_width", [0.3, 0.6, 1.0, 1.5])
@pytest.mark.parametrize("turn", [0.0, 0.9, 2.5])
def test_bar_narrower_and_wider_than_the_disc(half_width, turn):
    places = np.linspace(-3.0, 3.0, 151)
    points, line = across(turn, places)
    edge = np.array([np.cos(turn), np.sin(turn), 0.0])
    half = half_width * np.tan(RADIUS) * line
    occluders = Occluders([Body("bar", parallelogram(UP - 3.0 * edge - half, 6.0 * edge, 2.0 * half))])
    share = sun_visibility(occluders, points, np.tile(UP, (151, 1)), UP, RADIUS)
    error = share - 1.0 + segment(half_width - places) - segment(-half_width - places)
    assert np.abs(error).max() < 0.010
    assert np.sqrt(np.mean(error**2)) < 0.002


@pytest.mark.parametrize("distance", [0.5, 1.0, 2.0])
def test_penumbra_of_an_arm_is_nine_millimetres_a_metre(distance):
    arm = Occluders([Body("arm", cylinder([-3, 0, 1.0], [3, 0, 1.0], 0.03, sides=256))])
    y = np.linspace(0.0, 0.03, 3001)
    points = np.stack([0 * y, y, np.full_like(y, 1.0 - distance)], axis=1)
    share = sun_visibility(arm, points, np.tile(UP, (len(y), 1)), UP, RADIUS)
    inside = (share > 0.0) & (share < 1.0)
    width = y[inside][-1] - y[inside][0]
    exact = 2.0 * np.tan(RADIUS) * distance
    assert exact == pytest.approx(9.3e-3 * distance, rel=2e-3)
    if distance == 2.0:  # the two penumbrae of a 30 mm arm are still apart: half of it 15 mm, umbra 5.7 mm
        assert share[0] == 0.0
    assert width == pytest.approx(exact, rel=0.02)
    assert y[np.searchsorted(share, 0.5)] == pytest.approx(0.015, abs=2e-4)


def test_umbra_ends_where_the_arm_is_as_wide_as_the_sun():
    # 107.3 widths at 1 AU
    arm = Occluders([Body("arm", parallelogram([-5, -0.005, 0.0], [10, 0, 0], [0, 0.01, 0]))])
    for distance, dark in ((1.06, True), (1.12, False)):
        share = sun_visibility(arm, [[0.0, 0.0, -distance]], [UP], UP, RADIUS)
        assert (share[0] < 1e-6) == dark


def test_own_sheet_does_not_shade_itself_at_any_angle():
    rng = np.random.default_rng(5)
    for _ in range(20):
        frame = np.linalg.qr(rng.normal(size=(3, 3)))[0]
        corner = rng.uniform(-1.0, 1.0, 3) + np.array([0.0, 0.0, 2.0])
        normal = np.cross(2.0 * frame[0], 0.9 * frame[1])
        normal /= np.linalg.norm(normal)
        occluders = Occluders(
            [Body("flag", parallelogram(corner, 2.0 * frame[0], 0.9 * frame[1]), back="back")]
        )
        u = rng.uniform(0.0, 1.0, (50, 2))
        points = corner + u[:, :1] * 2.0 * frame[0] + u[:, 1:] * 0.9 * frame[1]
        for cosine in (1.0, 0.1, 0.004, 1e-5):
            sun = cosine * normal + np.sqrt(1.0 - cosine**2) * frame[1]
            assert np.all(sun_visibility(occluders, points, np.tile(normal, (50, 1)), sun, RADIUS) == 1.0)
            back = sun_visibility(occluders, points, np.tile(-normal, (50, 1)), sun, RADIUS)
            assert np.all(back == (1.0 if cosine < np.sin(RADIUS) else 0.0))


def test_fold_of_a_sheet_shades_another():
    fold = [parallelogram([0, 0, 0], [0, 1, 0], [0, 0, 1]), parallelogram([0.2, 0, 0], [0, 1, 0], [0, 0, 1])]
    sheets = [Body(f"fold{i}", soup, back=f"back{i}", transmittance=0.1) for i, soup in enumerate(fold)]
    point, east = [[0.0, 0.5, 0.5]], [[1.0, 0.0, 0.0]]
    assert sun_visibility(Occluders(sheets), point, east, east[0], RADIUS) == pytest.approx([0.1], abs=1e-7)
    opaque = Body("box", parallelogram([0.4, 0, 0], [0, 1, 0], [0, 0, 1]))
    assert sun_visibility(Occluders([*sheets, opaque]), point, east, east[0], RADIUS) == pytest.approx([0.0])
    third = Body("third", opaque.soup, transmittance=0.5)
    assert sun_visibility(Occluders([*sheets, third]), point, east, east[0], RADIUS) == pytest.approx(
        [0.05], abs=1e-7
    )


def test_any_split_and_order_gives_the_same_shadow():
    arm = Occluders([Body("arm", cylinder([-3, 0.2, 1.0], [3, -0.1, 1.4], 0.03))])
    rng = np.random.default_rng(0)
    points = np.column_stack([rng.uniform(-1, 1, 4000), rng.uniform(-0.2, 0.2, 4000), np.zeros(4000)])
    normals = np.tile(UP, (4000, 1))
    whole = sun_visibility(arm, points, normals, UP, RADIUS)
    assert np.any((whole > 0) & (whole < 1))
    order = rng.permutation(4000)
    assert np.array_equal(sun_visibility(arm, points[order], normals[order], UP, RADIUS), whole[order])
    for i in range(3):
        assert np.array_equal(sun_visibility(arm, points[i::3], normals[i::3], UP, RADIUS), whole[i::3])


def test_shadow_turns_and_mirrors_with_the_scene():
    rng = np.random.default_rng(0)
    points = np.column_stack([np.zeros(3000), rng.uniform(0, 2, 3000), rng.uniform(1.2, 2.1, 3000)])
    soup = cylinder([0.5, -0.3, 2.1], [0.3, 2.0, 2.3], 0.03)
    sun = np.array([0.8, 0.1, 0.59])
    sun /= np.linalg.norm(sun)

    def shadow(transform):
        turned = type(soup)(soup.vertices @ transform.T, soup.triangles)
        normals = np.tile(transform @ [1.0, 0.0, 0.0], (3000, 1))
        return sun_visibility(
            Occluders([Body("arm", turned)]), points @ transform.T, normals, transform @ sun, RADIUS
        )

    base = shadow(np.eye(3))
    assert np.count_nonzero((base > 0) & (base < 1)) > 30
    c, s = np.cos(0.7), np.sin(0.7)
    assert np.abs(shadow(np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])) - base).max() < 1e-3
    assert np.abs(shadow(np.diag([1.0, -1.0, 1.0])) - base).max() < 1e-3


def test_disc_at_a_face_s_own_horizon():
    rng = np.random.default_rng(1)
    disc = np.sqrt(rng.uniform(size=400_000)) * np.cos(2.0 * np.pi * rng.uniform(size=400_000))
    size = np.sin(RADIUS)
    for u in (-1.5, -0.6, 0.0, 0.3, 1.0, 2.0):
        exact = size * np.mean(np.maximum(0.0, u + disc))
        assert disc_cosine(np.array([u * size]), RADIUS)[0] == pytest.approx(exact, abs=1e-5)


def test_nothing_in_the_way_and_bad_transmittance():
    assert sun_visibility(Occluders([]), [[0, 0, 1]], [UP], UP, RADIUS) == pytest.approx([1.0])
    with pytest.raises(ValueError, match="transmittances"):
        Occluders([Body("cloth", parallelogram([0, 0, 0], [1, 0, 0], [0, 1, 0]), transmittance=1.5)])
