"""Forces in the cloth of a real run, and the hot and cold stacks."""

from __future__ import annotations

import numpy as np
import pytest
from small_flag import flag_on_its_arm, small_case

from materials import load_database
from thermal.case import load_case
from thermal.core.constants import LUNATION
from thermal.endurance import Endurance
from thermal.endurance.mechanics.sheet import sheet_forces
from thermal.endurance.verdict.stacks import stacked
from thermal.simulation import Simulation

ARM = """
[[tube]]
name = "arm"
start = ["0 m", "0 m", "1.4 m"]
end = ["0 m", "0.3 m", "1.4 m"]
diameter = "20 mm"
wall = "1.0 mm"
material = "al6061_t6"
surface = "anodised"
[[joint]]
between = ["flag:top", "arm"]
conductance_per_length = "1 W/m/K"
"""


def test_a_cloth_on_its_arm_is_stressed_by_the_difference_of_their_expansions(tmp_path):
    case, database = small_case(tmp_path, "kevlar49", more=ARM), load_database()
    parts = {"flag": database["kevlar49"], "arm": database["al6061_t6"]}
    surfaces = flag_on_its_arm()
    cold = {"flag": np.full(9, 100.0), "arm": np.full(20, 100.0)}
    found = sheet_forces(case, parts, surfaces, cold)
    arm = float(parts["arm"].expansion("")(100.0))
    fibre = float(parts["flag"].expansion("axial")(100.0))
    assert found.hem_mismatch == pytest.approx(arm - fibre, rel=1e-3)
    assert found.smallest_n_m < 0.0  # aluminium shrinks, the aramid grows: the hem is pushed together
    loose = sheet_forces(case, parts, surfaces, cold, wrinkling=True)
    assert loose.smallest_n_m > 0.02 * found.smallest_n_m
    warm = {"flag": np.full(9, 293.0), "arm": np.full(20, 293.0)}
    assert abs(sheet_forces(case, parts, surfaces, warm).largest_n_m) < 1e-3 * abs(found.smallest_n_m)


def _extremes(case, database):
    simulation = Simulation(case, database)
    endurance = Endurance(case, simulation.scene, database)
    list(simulation.run([endurance]))
    fields = endurance.fields()
    return fields["temperature_lowest"].values.min(), fields["temperature_highest"].values.max(), endurance


def test_stacks_enclose_the_nominal_run(tmp_path):
    case, database = small_case(tmp_path, "ce5_flag", sky="ephemeris"), load_database()
    cold, nominal, hot = (
        _extremes(*(stacked(case, database, end) if end else (case, database))) for end in ("cold", "", "hot")
    )
    assert cold[1] < nominal[1] - 5.0
    assert nominal[1] + 5.0 < hot[1]
    assert cold[0] < nominal[0] < hot[0]
    # Printed cloth takes less light than it emits: darker ground, which is warmer, heats it more.
    for end, worst in (("cold", cold[0]), ("hot", hot[1])):
        other, data = stacked(case, database, end)
        assert (other.sky.albedo < case.sky.albedo) == (end == "hot")
        reversed_sky = other.sky.model_copy(update={"albedo": 2.0 * case.sky.albedo - other.sky.albedo})
        kinder = _extremes(other.model_copy(update={"sky": reversed_sky}), data)
        assert kinder[0] > worst if end == "cold" else kinder[1] < worst
    forces = nominal[2].sheet_forces()
    assert forces.largest_n_m == pytest.approx(
        0.0, abs=50.0
    )  # nothing holds it: only its own gradients count


def test_a_stack_moves_joints_sky_and_optics(tmp_path):
    case, database = small_case(tmp_path, "ce5_flag", more=ARM), load_database()
    hot, data = stacked(case, database, "hot")
    assert hot.sky.albedo == pytest.approx(case.sky.albedo - 0.02)
    moved = (hot.sky.start - case.sky.start).total_seconds() / LUNATION
    assert moved == pytest.approx(1.0)  # to early January 2021, at the same local hour
    cold, _data = stacked(case, database, "cold")
    assert (cold.sky.start.year, cold.sky.start.month) in {(2020, 7), (2021, 7), (2020, 6), (2021, 6)}
    assert hot.joint[0].conductance_per_length == pytest.approx(1.0 / 3.0)
    for name, sign in (("solar_absorptance", 1.0), ("ir_emissivity", -1.0)):
        new = getattr(data["ce5_flag"].surface("red_print"), name).level
        old = getattr(database["ce5_flag"].surface("red_print"), name).level
        assert sign * (new - old) > 0.0
    keys = "thermal_conductivity", "through"
    through = [one["ce5_flag"].property(*keys).level for one in (data, database)]
    assert through[0] < 0.8 * through[1]
    assert load_case(case.path).sky.albedo == case.sky.albedo
