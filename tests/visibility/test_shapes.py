"""Triangulated boxes and cylinders: closed, right-sized, normals outward."""

import numpy as np
import pytest

from thermal.radiation import Soup, box, cylinder, merge, parallelogram


def volume(soup: Soup) -> float:
    a, b, c = np.moveaxis(soup.vertices[soup.triangles], 1, 0)
    return float(np.sum(a * np.cross(b, c)) / 6.0)


def test_box_has_its_volume_faces_and_place():
    soup = box([1.0, 2.0, 0.5], [3.0, 2.0, 1.5], azimuth=np.radians(30.0))
    assert volume(soup) == pytest.approx(9.0)  # positive: normals point outward
    assert soup.areas().reshape(6, 2).sum(axis=1) == pytest.approx([3.0, 3.0, 4.5, 4.5, 6.0, 6.0])
    assert soup.normals()[0] == pytest.approx([np.sin(np.radians(30.0)), np.cos(np.radians(30.0)), 0.0])
    assert soup.vertices.min(axis=0)[2] == 0.5
    assert soup.vertices.mean(axis=0) == pytest.approx([1.0, 2.0, 1.25])


@pytest.mark.parametrize("end", [[0.0, 0.0, 2.0], [0.0, 2.0, 0.0], [-1.0, 1.0, 1.0]])
def test_cylinder_is_closed_and_nearly_round(end):
    soup = cylinder([0.0, 0.0, 0.0], end, 0.03, sides=64)
    length = float(np.linalg.norm(end))
    assert volume(soup) == pytest.approx(np.pi * 0.015**2 * length, rel=2e-3)
    assert np.sum(soup.normals() * soup.areas()[:, None], axis=0) == pytest.approx(np.zeros(3), abs=1e-15)
    sides = soup.normals()[:128] @ (np.asarray(end) / length)
    assert sides == pytest.approx(np.zeros(128), abs=1e-12)


def test_cylinder_without_length_is_refused():
    with pytest.raises(ValueError, match="length"):
        cylinder([0.0, 0.0, 1.0], [0.0, 0.0, 1.0], 0.03)


def test_merge_keeps_order_and_indices():
    both = merge(
        [parallelogram([0, 0, 0], [1, 0, 0], [0, 1, 0]), parallelogram([0, 0, 1], [1, 0, 0], [0, 1, 0])]
    )
    assert both.centroids()[:, 2] == pytest.approx([0.0, 0.0, 1.0, 1.0])
    assert len(merge([]).triangles) == 0
