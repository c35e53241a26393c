"""Dose of both faces beside a wall: the run's own shadows against the closed sum."""

from __future__ import annotations

import numpy as np
import pytest
from small_flag import small_case

from materials import load_database
from thermal.endurance import Endurance
from thermal.simulation import Simulation

WALL = """
[[box]]
name = "wall"
base = ["-2.05 m", "0 m", "0 m"]
size = ["80 m", "0.1 m", "3 m"]
temperature = "200 K"
solar_absorptance = 1.0
ir_emissivity = 1.0
"""


def test_a_wall_to_the_west_takes_the_evening_sun_from_the_back(tmp_path):
    """On the equator the Sun is in the plane of east and up: the back sees it above atan((3 m - z) / 2 m)."""
    case = small_case(tmp_path, "nylon66", more=WALL)
    case = case.model_copy(update={"site": case.site.model_copy(update={"latitude": 0.0})})
    simulation = Simulation(case, load_database())
    endurance = Endurance(case, simulation.scene, simulation.database)
    list(simulation.run([endurance]))
    fields = endurance.fields()
    height = simulation.scene.parts["flag"].points[:, 2]
    shaded = np.sin(np.arctan((3.0 - height) / 2.0))
    assert fields["sun_hours_front"].values == pytest.approx(112.80, rel=5e-3)
    assert fields["sun_hours_back"].values == pytest.approx(112.80 * (1.0 - shaded), rel=5e-3)
    both = fields["sun_hours_front"].values + fields["sun_hours_back"].values
    assert both == pytest.approx(112.80 * (2.0 - shaded), rel=5e-3)
    first = endurance.verdict(10.0).findings[0]
    assert (first.place.face, first.place.words) == ("front", "at the sunlit front face")
