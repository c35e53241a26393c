"""An answer within the dose a fibre was tested to is not marked, one beyond is."""

from __future__ import annotations

import pytest
from small_flag import small_case

from materials import load_database
from thermal.endurance import Endurance
from thermal.simulation import Simulation


@pytest.mark.parametrize(
    ("material", "dose", "beyond"), [("zylon_hm", 62.0, False), ("kevlar49", 62.0, True)]
)
def test_a_life_within_the_tested_dose_is_not_marked(tmp_path, material, dose, beyond):
    """Zylon is at half after 37 ESH, Kevlar after 300; both were tested to 62."""
    case, database = small_case(tmp_path, material), load_database()
    assert database[material].property("uv_tested_dose").level == dose
    simulation = Simulation(case, database)
    endurance = Endurance(case, simulation.scene, database)
    list(simulation.run([endurance]))
    strength = next(one for one in endurance.verdict().findings if one.requirement == "strength_left")
    assert strength.status == "fails"
    assert strength.extrapolated == beyond
