"""Free strain over temperature, by hand from the published polynomials, where mechanics takes it."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest
from small_flag import flag_on_its_arm, small_case

from materials import load_database
from thermal.endurance.damage.fatigue import free_strain_ranges
from thermal.endurance.mechanics.arm import arm_of
from thermal.endurance.mechanics.free_strain import FreeStrain
from thermal.endurance.mechanics.sheet import sheet_forces
from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence
from thermal.endurance.observe.fields import miner_sum
from thermal.endurance.requirements.tip import tip_deflection
from thermal.endurance.verdict.sampling import Outlook
from thermal.scene.build import build

DATABASE = load_database()
ROOM = 22.6e-6
"""Coefficient of expansion of 6061-T6 at 293 K, 1/K."""

NIST = {
    "al6061_t6": (-412.77, -0.30389, 0.0087696, -9.9821e-06),
    "ss304": (-295.54, -0.39811, 0.0092683, -2.0261e-05, 1.7127e-08),
    "ti64": (-171.1, -0.214, 0.004807, -7.111e-06),
    "invar36": (-52.65, 0.1009, 0.0008395, -1.973e-06, 8.794e-11),
    "becu_c17200": (-311.5, -0.44498, 0.010133, -2.4718e-05, 2.6277e-08),
    "ptfe_fibre": (-2125.0, -0.8201, 0.06161, -0.0003171, 6.85e-07),
    "g10cr": (-246.9, 0.2064, 0.003072, -3.226e-06),
}
"""Coefficients of 1e5 (L - L293)/L293, NIST Cryogenic Materials Property Index."""

ARM = """
[[tube]]
name = "arm"
start = ["0 m", "0 m", "1.4 m"]
end = ["0 m", "0.3 m", "1.4 m"]
diameter = "20 mm"
wall = "1.0 mm"
material = "{material}"
surface = "{surface}"
[[joint]]
between = ["flag:top", "arm"]
conductance_per_length = "1 W/m/K"
"""


def nist(material, at_k):
    """Free strain from the published coefficients."""
    return 1e-5 * sum(c * at_k**k for k, c in enumerate(NIST[material]))


@pytest.mark.parametrize("material", NIST)
@pytest.mark.parametrize("at_k", [95.0, 150.0, 220.0, 290.0])
def test_the_strain_of_a_part_is_that_of_the_published_polynomial(material, at_k):
    strain = FreeStrain(DATABASE[material].expansion())
    # The table between its points: 2e-9 for an expansion that grows by 2e-7 a kelvin squared.
    assert float(strain(at_k)) == pytest.approx(nist(material, at_k), abs=5e-9)


def test_the_cold_arm_has_shrunk_by_less_than_its_coefficient_at_room_temperature_says():
    """95 K is where the reference case's arm ends its night."""
    strain = FreeStrain(DATABASE["al6061_t6"].expansion())
    assert float(strain(95.0)) == pytest.approx(-3.71e-3, abs=5e-6)
    constant = ROOM * (95.0 - 293.0)
    assert constant == pytest.approx(-4.475e-3, abs=5e-6)


def test_the_hem_of_the_reference_case_after_sunset(tmp_path):
    """Cloth and tubes as they stand when the arm pulls most; its cloth has 15e-6/K at all temperatures."""
    case = small_case(tmp_path, "ce5_flag", more=ARM.format(material="al6061_t6", surface="anodised"))
    parts = {"flag": DATABASE["ce5_flag"], "arm": DATABASE["al6061_t6"]}
    cloth_k, arm_k = 123.8, 190.9
    now = {"flag": np.full(9, cloth_k), "arm": np.full(20, arm_k)}
    found = sheet_forces(case, parts, flag_on_its_arm(), now)
    by_hand = nist("al6061_t6", arm_k) - 15e-6 * (cloth_k - 293.0)
    assert found.hem_mismatch == pytest.approx(by_hand, abs=1e-8)
    constant = ROOM * (arm_k - 293.0) - 15e-6 * (cloth_k - 293.0)
    assert by_hand == pytest.approx(3.4e-4, abs=0.1e-4)
    assert constant == pytest.approx(2.3e-4, abs=0.1e-4)
    # Amid the hem the force is stiffness times mismatch; a cloth held along one edge gives way a little.
    stiffness = float(parts["flag"].membrane_stiffness("warp")(cloth_k))
    middle = found.forces.at_centres[
        np.argmin(np.linalg.norm(found.forces.corners.mean(axis=1) - [0.15, 0.199], axis=1))
    ]
    assert middle[0] == pytest.approx(stiffness * by_hand, rel=0.15)


def test_a_cold_arm_bends_by_its_expansion_at_that_temperature(tmp_path):
    case = small_case(tmp_path, "ce5_flag", more=ARM.format(material="al6061_t6", surface="anodised"))
    scene = build(case, DATABASE)
    arm = arm_of(case, scene, {"arm": DATABASE["al6061_t6"]})
    outward = scene.parts["arm"].normals
    size = {}
    for mean_k in (95.0, 293.0):
        size[mean_k] = float(np.linalg.norm(arm.tip.at(mean_k + 2.0 * outward[:, 0])))
        tangent = (nist("al6061_t6", mean_k + 2.0) - nist("al6061_t6", mean_k - 2.0)) / 4.0
        expected = tangent * 2.0 / 0.0095 * 0.3**2 / 2.0
        assert size[mean_k] == pytest.approx(expected, rel=5e-3)
    assert size[95.0] / size[293.0] == pytest.approx(1.094e-5 / 2.26e-5, rel=0.02)


def test_the_scatter_of_the_bending_is_that_of_the_expansion(tmp_path):
    case = small_case(tmp_path, "ce5_flag", more=ARM.format(material="al6061_t6", surface="anodised"))
    scene = build(case, DATABASE)
    arm = arm_of(case, scene, {"arm": DATABASE["al6061_t6"]})
    arm.tip.observe(0.0, 95.0 + 2.0 * scene.parts["arm"].normals[:, 0])
    share = arm.tip.largest_m / arm.tip.length_m
    outlook = Outlook(samples=4000)
    below, above = (
        tip_deflection(arm, (1.0 + sign * 0.04) * share, outlook).probability for sign in (-1.0, 1.0)
    )
    # The datum is known to 4 %, one sigma: limits a sigma off are passed by 84 % and 16 % of the draws.
    assert below == pytest.approx(0.841, abs=0.03)
    assert above == pytest.approx(0.159, abs=0.03)


def test_cycles_strain_a_wall_by_the_curve_between_their_ends():
    strain = DATABASE["al6061_t6"].expansion()
    ranges = free_strain_ranges(strain, np.array([0.0, 50.0, 225.0, 230.0]), 95.0, 320.0)
    whole = float(strain(320.0) - strain(95.0))
    assert ranges[0] == 0.0
    assert ranges[1] == pytest.approx(float(strain(320.0) - strain(270.0)), rel=1e-9)
    assert ranges[2] == pytest.approx(whole, rel=1e-9)
    assert ranges[3] == pytest.approx(whole * 230.0 / 225.0, rel=1e-9)
    assert whole == pytest.approx(4.32e-3, abs=1e-5)  # a constant coefficient makes 5.09e-3 of it


def test_a_shrinking_and_a_growing_stretch_do_not_cancel():
    """A fibre that shrinks to 200 K and grows above: the worst cycle of 100 K lies on one side."""
    ranges = free_strain_ranges(lambda at_k: 1e-5 * np.abs(at_k - 200.0), np.array([100.0]), 100.0, 300.0)
    assert ranges[0] == pytest.approx(1e-3)


def test_miners_sum_of_a_day_is_that_of_the_curve():
    """One cycle a lunation between 95 K and 320 K: 6061 by Yahr's curve S = 14479 / sqrt(N) + 96.5 MPa."""
    low, high, time = np.array([95.0]), np.array([320.0]), np.zeros(1)
    face = FaceEvidence("front", None, time, time, high, low, time, time)
    ranges = 5.0 * np.arange(80.0)
    cycles = np.zeros((1, 80))
    cycles[0, 45] = 12.37  # 225 K
    part = PartEvidence(
        "arm",
        "arm",
        DATABASE["al6061_t6"],
        np.array([0]),
        np.zeros((1, 2)),
        (face,),
        cycles,
        ranges,
        10.0,
        is_cloth=False,
    )
    modulus = DATABASE["al6061_t6"].property("youngs_modulus").level
    extension = 6.095e-4  # 320 K lies above the polynomial: 15.81e-5 at 300 K and 22.6e-6/K beyond
    amplitude = modulus * (extension - nist("al6061_t6", 95.0)) / 2.0
    life = (14479e6 / (amplitude - 96.5e6)) ** 2
    assert float(miner_sum(part)[0]) == pytest.approx(123.7 / life, rel=2e-3)
    unknown = replace(part, material=DATABASE["black_paint"])
    assert np.isnan(miner_sum(unknown)).all()


COEFFICIENT = """
[properties.cte]
unit = "1/K"
kind = "table"
interp = "linear"
T = [73, 293, 423]
y = [10e-6, 21e-6, 25e-6]
u_rel = 0.05
confidence = "E"
method = "estimate"
source = ["est"]
note = "made up"
"""


def _own(folder, monkeypatch, coefficient):
    """Own copy of 6061 whose expansion is given as a coefficient."""
    text = DATABASE["al6061_t6"].path.read_text(encoding="utf-8")
    head, tail = text.split("[properties.delta_L_over_L293]")
    kept = tail[tail.index("[properties.youngs_modulus]") :]
    lines = [line for line in (head + kept).splitlines() if not line.startswith("cte =")]
    text = "\n".join(lines).replace('id = "al6061_t6"', 'id = "own"')
    (folder / "own.toml").write_text(text + coefficient, encoding="utf-8")
    shutil.copy(DATABASE["al6061_t6"].path.parent / "references.bib", folder)
    monkeypatch.setenv("LUNARFLAG_MATERIALS", str(folder))
    return load_database()


def test_a_coefficient_over_temperature_is_integrated(tmp_path, monkeypatch):
    database = _own(tmp_path, monkeypatch, COEFFICIENT)
    expansion = database["own"].expansion()
    # Straight between its points: trapezoids from 293 K.
    assert float(expansion(93.0)) == pytest.approx(-(11.0 + 21.0) / 2.0 * 200.0 * 1e-6, rel=1e-9)
    assert float(expansion(423.0)) == pytest.approx((21.0 + 25.0) / 2.0 * 130.0 * 1e-6, rel=1e-9)
    assert float(expansion.derivative(183.0)) == pytest.approx(15.5e-6, rel=1e-9)
    assert expansion.range_k == (73.0, 423.0)


def test_a_coefficient_near_room_temperature_alone_is_no_data(tmp_path, monkeypatch):
    room = COEFFICIENT.replace("[73, 293, 423]", "[283, 293, 303]")
    database = _own(tmp_path, monkeypatch, room)
    case = small_case(tmp_path, "ce5_flag", more=ARM.format(material="own", surface="anodised"))
    arm = arm_of(case, build(case, database), {"arm": database["own"]})
    assert arm is None
    found = tip_deflection(arm, 0.05, Outlook(samples=10))
    assert (found.status, found.missing) == ("no data", "expansion of the arm's material")
