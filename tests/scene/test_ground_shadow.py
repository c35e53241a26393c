"""Ground in the shadow of bodies: its columns, and what the flag loses by them."""

import numpy as np
import pytest

from thermal.case import load_case
from thermal.heat.loads.shaded_ground import GroundInShadow
from thermal.radiation import view_factors
from thermal.scene.ground_patches import lay_patches
from thermal.scene.surroundings import see
from thermal.simulation import Simulation

DAYS = {"run.duration": "2 day", "output.every": "1 day", "solver.tolerance": "0.1 K"}


def shaded(simulation):
    return next(load.ground for load in simulation.model.loads if isinstance(load, GroundInShadow))


@pytest.fixture
def lander(coarse):
    return Simulation(coarse("change5-lander", overrides=DAYS))


def test_patches_in_shadow_are_colder_and_darker_by_day(lander):
    ground = shaded(lander)
    deep = int(np.argmin(ground.infrared[-1]))
    assert ground.infrared[-1, deep] < -100.0
    open_k = lander.environment.ground.at(ground.times[-1])
    assert ground.temperature[-1, deep] < open_k - 20.0
    assert ground.light.max() < 20.0  # what the lit side of the lander sends down
    assert ground.share_lost.max() > 0.9
    assert ground.share_lost.min() >= 0.0


def test_faces_see_no_more_of_the_patches_than_of_the_ground(lander):
    ground = shaded(lander)
    normals = np.concatenate([part.normals for part in lander.scene.rays])
    for factors, sign in ((ground.front, 1.0), (ground.back, -1.0)):
        assert (factors.sum(axis=1) <= 0.5 * (1.0 - sign * normals[:, 2]) + 1e-4).all()


def test_what_bodies_hide_of_the_patches_is_missing_from_their_factors(lander):
    scene = lander.scene
    flag, patches = scene.rays[0], lay_patches(lander.case, scene.rays[0])
    areas = np.concatenate([wall.surface.area * wall.exposed for wall in scene.walls])
    occluders, views, _ = see(scene.rays, scene.boxes, areas, patches)
    for sign, seen in ((1.0, views.front_patches), (-1.0, views.back_patches)):
        many = view_factors(occluders, flag.points, sign * flag.normals, ground=patches, rays=8192).patches
        error = seen[: len(flag.points)].sum(axis=1) - many.sum(axis=1)
        assert abs(error.mean()) < 1e-3
        assert np.sqrt((error**2).mean()) < 5e-3
    open_ground = patches.factors(flag.points, -flag.normals).sum(axis=1).mean()
    assert many.sum(axis=1).mean() < open_ground - 0.02


def test_a_lander_is_cooler_over_the_ground_it_shades(lander, coarse):
    """Its base, 0.4 m up, sees little but its own shadow."""
    box, time_s = lander.scene.boxes[0], 6.0 * 3600.0
    sky = lander.environment.at(time_s)
    light, infrared = box.lack.at(time_s)
    base = int(np.argmin(box.normals[:, 2]))
    deepest = shaded(lander)
    assert -sky.ground_reflected <= light[base] < -0.5 * sky.ground_reflected
    assert deepest.infrared.min() < infrared[base] < -0.2 * sky.ground_infrared
    assert abs(light[int(np.argmax(box.normals[:, 2]))]) < 1e-9
    bright = Simulation(coarse("change5-lander", overrides=DAYS | {"ground.shadow_patches": "false"}))
    warmer = bright.scene.boxes[0].mean_temperature(time_s, sky) - box.mean_temperature(time_s, sky)
    assert 5.0 < warmer < 20.0


def test_the_shadow_cools_the_flag_and_the_ledger_stays_closed(lander, coarse, last_state):
    dark = last_state(lander)
    light = last_state(coarse("change5-lander", overrides=DAYS | {"ground.shadow_patches": "false"}))
    colder = light.temperature["flag"].mean() - dark.temperature["flag"].mean()
    assert 0.5 < colder < 15.0
    assert "ground in shadow" not in light.powers_w
    lost = -dark.powers_w["ground in shadow"]
    assert 0.0 < lost < 0.5 * (dark.powers_w["ground infrared"] + dark.powers_w["reflected sunlight"])
    assert dark.ledger.residual_fraction < 1e-6


def test_a_flag_alone_shades_the_ground_too(written, last_state):
    file = written("change5-reference")
    text = file.read_text()
    parts = text.split("[[tube]]")[0], text[text.index("[mesh]") :]
    file.write_text(parts[0] + "[ground]\nshadow_patches = true\n" + parts[1])
    coarse_mesh = {"mesh.size": "100 mm", "mesh.edge_size": "20 mm", "run.duration": "1 day"}
    simulation = Simulation(load_case(file, coarse_mesh))
    assert shaded(simulation).share_lost.max() > 0.05
    powers = last_state(simulation).powers_w
    assert 0.0 < abs(powers["ground in shadow"]) < 0.05 * powers["ground infrared"]
