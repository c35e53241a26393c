"""Patches of tubes: short enough for an arm whose temperature falls along it."""

import numpy as np
import pytest

from thermal.scene.bodies import TUBE_PATCH_M
from thermal.simulation import Simulation


@pytest.fixture
def scene(coarse):
    return Simulation(
        coarse("change5-reference", overrides={"mesh.size": "20 mm", "run.duration": "1 h"})
    ).scene


def test_every_patch_has_vertices_outside_and_none_is_long(scene):
    for wall, ray in zip(scene.walls[1:], scene.rays[1:], strict=True):
        count = ray.front_patch.max() + 1
        soup, owner = ray.body.soup, ray.body.patches
        for patch in range(count):
            assert wall.exposed[ray.front_patch == patch].max() > 0.0
            along = soup.vertices[soup.triangles[owner == patch]].reshape(-1, 3)[:, 1]
            covered = 0.1 if patch in {0, count - 1} else 0.0  # the overlap belongs to the patch beside it
            assert np.ptp(along) < 1.5 * TUBE_PATCH_M + covered


def test_a_patch_is_hit_where_its_vertices_are(scene):
    for ray in scene.rays[1:]:
        soup, owner = ray.body.soup, ray.body.patches
        for patch in range(ray.front_patch.max() + 1):
            along = soup.vertices[soup.triangles[owner == patch]].reshape(-1, 3)[:, 1]
            mine = ray.points[ray.front_patch == patch, 1]
            assert along.min() - 2e-3 < mine.min()
            assert mine.max() < along.max() + 2e-3


def test_a_coarse_tube_has_a_patch_a_ring(coarse):
    tube = Simulation(coarse("change5-reference", overrides={"run.duration": "1 h"})).scene.rays[1]
    stations = np.unique(tube.points[:, 1].round(4))
    assert 2 < tube.front_patch.max() + 1 <= len(stations)
