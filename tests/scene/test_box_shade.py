"""Boxes in the shadow of one another."""

import numpy as np
import pytest

from thermal.case import load_case
from thermal.radiation import Body, parallelogram
from thermal.scene.bodies import BoxBody
from thermal.scene.box_shade import shade_boxes
from thermal.simulation import Simulation

GAP, SIZE = 1.5, 2.0


def block(name, x, size=SIZE):
    return BoxBody.upright(name, (x, 0.0, 0.0), (size, SIZE, SIZE), 0.0, 0.4, 0.6, None)


def sun(elevation, azimuth=0.0):
    """Unit vector, azimuth from east to north."""
    level = np.cos(elevation) * np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
    return level + np.array([0.0, 0.0, np.sin(elevation)])


def sunlit(box, direction):
    """Sunlit share of each face that looks at the Sun, by its normal."""
    share = box.sunlit(direction)
    return {
        tuple(normal.round().astype(int)): share[k]
        for k, normal in enumerate(box.normals)
        if normal @ direction > 0.1
    }


@pytest.mark.parametrize("degrees", [10.0, 25.0, 40.0, 60.0])
def test_a_wall_in_the_shadow_of_another(degrees):
    """The edge of a long wall's shadow stands d tan(e) below its height at the distance d."""
    west, _ = shade_boxes([block("west", 0.0), block("east", SIZE + GAP, size=200.0)], [])
    share = sunlit(west, sun(np.radians(degrees)))
    assert share[(1, 0, 0)] == pytest.approx(min(1.0, GAP * np.tan(np.radians(degrees)) / SIZE), abs=0.01)
    assert share[(0, 0, 1)] == pytest.approx(1.0, abs=1e-9)


def test_a_shadow_moves_aside_with_the_sun():
    """Walls of one width: at the azimuth a the shadow is moved by d tan(a), at a low Sun it is as high."""
    west, _ = shade_boxes([block("west", 0.0), block("east", SIZE + GAP)], [])
    for degrees in (5.0, 20.0, 35.0, 50.0, 35.0):
        azimuth = np.radians(degrees)
        share = sunlit(west, sun(np.radians(0.3), azimuth))
        assert share[(1, 0, 0)] == pytest.approx(min(1.0, GAP * np.tan(azimuth) / SIZE), abs=0.012)


def test_cloth_lets_its_share_through():
    cloth = Body("flag", parallelogram([2.0, -9.0, -1.0], [0, 18.0, 0], [0, 0, 9.0]), transmittance=0.1)
    (box,) = shade_boxes([block("box", 0.0)], [cloth])
    assert sunlit(box, sun(0.2))[(1, 0, 0)] == pytest.approx(0.1, abs=1e-9)
    assert sunlit(box, sun(0.2, np.pi))[(-1, 0, 0)] == pytest.approx(1.0)


def test_a_box_of_a_case_in_the_shadow_of_a_second_one_is_colder(written):
    short = {"mesh.size": "200 mm", "mesh.edge_size": "50 mm", "mesh.around": "12"} | {
        "ground.shadow_patches": "false",
        "run.duration": "14 days",
    }
    second = (
        '[[box]]\nname = "mast"\nbase = ["-3.5 m", "-1.4 m", "0 m"]\nsize = ["1 m", "9 m", "9 m"]\n'
        'temperature = "250 K"\nsolar_absorptance = 0.4\nir_emissivity = 0.6\n'
    )
    found = []
    for add in ("", second):
        scene = Simulation(load_case(written("change5-lander", add=add), short))
        box, day = scene.scene.boxes[0], scene.environment
        evening = next(
            t for t in np.arange(0.0, day.duration_s, 3600.0)
            if day.at(t).sun_direction @ [-1.0, 0.0, 0.0] > 0.9 and day.at(t).irradiance > 1300.0
        )  # fmt: skip
        found.append(box.mean_temperature(evening, day.at(evening)))
    assert found[1] < found[0] - 20.0
