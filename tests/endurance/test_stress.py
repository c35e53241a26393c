"""Stress of held expansion: closed forms at joints, and what a run makes of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_flag import small_case

from materials import load_database
from thermal.core.constants import DAY, LUNATION, YEAR
from thermal.core.errors import MaterialError
from thermal.endurance import Endurance
from thermal.endurance.mechanics.contact import Contact, Side
from thermal.endurance.mechanics.sheet import frame
from thermal.endurance.observe.joint_strain import JointStrains, Strain
from thermal.endurance.requirements.fatigue import joint_fatigue
from thermal.endurance.requirements.stress import joint_margins, share_used
from thermal.endurance.verdict.finding import require_data
from thermal.endurance.verdict.sampling import Outlook
from thermal.simulation import Simulation

ARM = """
[[tube]]
name = "arm1"
start = ["0 m", "0 m", "1.4 m"]
end = ["0 m", "0.2 m", "1.4 m"]
diameter = "20 mm"
wall = "1.0 mm"
material = "al6061_t6"
surface = "anodised"
[[tube]]
name = "arm2"
start = ["0 m", "0.15 m", "1.4 m"]
end = ["0 m", "0.3 m", "1.4 m"]
diameter = "16 mm"
wall = "0.5 mm"
material = "al6061_t6"
surface = "anodised"
[[joint]]
between = ["arm1", "arm2"]
conductance = "0.05 W/K"
[[joint]]
between = ["flag:top", "arm1"]
conductance_per_length = "1 W/m/K"
"""


def _tube(name, material, wall):
    own, every = load_database()[material], np.arange(4)
    strength = own.get("yield_strength") or own.property("tensile_strength", "axial")
    stiffness = own.property("youngs_modulus", "axial")
    return Side(name, own, every, np.full(4, 0.25), own.expansion(""), stiffness, strength, wall)


def _cloth(material):
    own, every = load_database()[material], np.arange(4)
    laws = own.membrane_stiffness("warp"), own.strip_strength("warp")
    return Side("flag", own, every, np.full(4, 0.25), own.expansion("axial"), *laws, 1.0)


def _nominal(datum, at_k):
    return datum.clamped()(at_k)


def _run(folder, material, more=ARM, duration=LUNATION):
    case, database = small_case(folder, material, more=more), load_database()
    case = case.model_copy(update={"run": case.run.model_copy(update={"duration": duration})})
    simulation = Simulation(case, database)
    endurance = Endurance(case, simulation.scene, database)
    list(simulation.run([endurance]))
    return endurance


@pytest.fixture(scope="module")
def nylon(tmp_path_factory):
    return _run(tmp_path_factory.mktemp("nylon"), "nylon66")


def test_two_walls_share_the_difference_of_their_expansions():
    """Equal walls of one alloy at 200 K and 294 K: each takes half of it."""
    alloy = load_database()["al6061_t6"]
    contact = Contact(_tube("a", "al6061_t6", 1e-3), _tube("b", "al6061_t6", 1e-3), is_hem=False)
    apart = alloy.expansion("")(294.0) - alloy.expansion("")(200.0)
    stiff = [float(alloy.property("youngs_modulus")(at_k)) for at_k in (200.0, 294.0)]
    stress = apart * stiff[0] * stiff[1] / sum(stiff)
    share = share_used(contact, Strain(apart, 0.0, 200.0, 294.0), _nominal)
    assert share == pytest.approx(stress / 276e6, rel=1e-6)  # the warmer wall yields first
    assert 0.2 < share < 0.3


def test_a_thin_wall_takes_most_of_the_difference_of_a_thick_one():
    strain = Strain(0.0, 0.0, 250.0, 350.0)
    shares = [
        float(
            share_used(
                Contact(_tube("a", "al6061_t6", 1e-3), _tube("b", "al6061_t6", wall), is_hem=False),
                strain,
                _nominal,
            )
        )
        for wall in (1e-6, 1e-3)
    ]
    assert shares[0] == pytest.approx(2.0 * shares[1], rel=0.05)


def test_an_arm_pulls_a_cloth_that_grows_less_and_slackens_one_that_grows_more():
    contact = Contact(_cloth("nylon66"), _tube("arm", "al6061_t6", 1e-3), is_hem=True)
    own = contact.first
    hot, cold = Strain(0.0, 0.0, 350.0, 350.0), Strain(0.0, 0.0, 100.0, 100.0)
    pull = float(contact.second.expansion(350.0) - own.expansion(350.0))
    assert pull > 0.0
    expected = pull * float(own.stiffness(350.0)) / float(own.strength(350.0))
    assert float(share_used(contact, hot, _nominal)) == pytest.approx(expected)
    assert float(share_used(contact, cold, _nominal)) == 0.0


def test_cycles_of_a_joint_wear_it_by_the_law_of_its_wall():
    """A tube that swings between 100 K and 400 K in one at 293 K, one cycle a lunation, and is worn by it."""
    contact = Contact(_tube("a", "al6061_t6", 1e-3), _tube("b", "al6061_t6", 1e-6), is_hem=False)
    strains = JointStrains([contact])
    for lunation in range(3):
        for place, at_k in enumerate((293.0, 100.0, 293.0, 400.0)):
            time_s = (lunation + place / 4.0) * LUNATION
            strains.observe(time_s, LUNATION / 4.0, {"a": np.full(4, 293.0), "b": np.full(4, at_k)})
    copy = JointStrains([contact])
    copy.restore(strains.snapshot())
    (seen,) = copy.seen(3.0 * LUNATION)
    law = load_database()["al6061_t6"].expansion("")
    assert seen.largest.size - seen.smallest.size == pytest.approx(float(law(400.0) - law(100.0)))
    assert seen.cycles.sum() * 3.0 * LUNATION / YEAR == pytest.approx(3.0)
    (found,) = joint_fatigue((seen,), 1.0, Outlook(samples=10))
    modulus = load_database()["al6061_t6"].property("youngs_modulus", "axial").level
    amplitude = modulus * float(law(400.0) - law(100.0)) / 2.0 * 1000.0 / 1001.0
    cycles = (14479e6 / (amplitude - 96.5e6)) ** 2
    assert found.years == pytest.approx(cycles * LUNATION / YEAR, rel=0.01)


def test_a_frame_that_shrinks_with_the_cloth_moves_as_one():
    places = np.array([[0.0, 0.0], [0.0, 0.9], [1.5, 0.9]])
    held = frame({"top": -4e-3, "left": -4e-3}, 1.5, 0.9)
    assert held["top"](places) == pytest.approx(-4e-3 * (places - [0.0, 0.9]))
    assert held["top"] is held["left"]
    middle = frame({"top": -4e-3}, 1.5, 0.9)["top"](places)
    assert middle[:, 0] == pytest.approx(-4e-3 * (places[:, 0] - 0.75))
    assert np.all(middle[:, 1] == 0.0)


def test_the_margins_of_a_run_follow_from_its_extremes(nylon):
    verdict = nylon.verdict(30.0)
    found = {finding.cause: finding for finding in verdict.findings}
    hem, arm, sheet = (
        found[f"stress margin {words}"] for words in ("at the hem", "at the arm's joints", "of the field")
    )
    strains = {one.contact.is_hem: one for one in nylon.joints()}
    (tube,) = (one for one in nylon.joints() if not one.contact.is_hem)
    shares = [float(share_used(tube.contact, one, _nominal)) for one in (tube.largest, tube.smallest)]
    assert arm.now == pytest.approx(1.0 / max(shares) - 1.0)
    pull = float(share_used(strains[True].contact, strains[True].largest, _nominal))
    # Light has taken a lunation's share: 112.8 ESH of a half-strength dose of 300 at most.
    assert 2.0 ** (-112.8 / 300.0) / pull - 1.0 == pytest.approx(hem.now, rel=0.05)
    years = -np.log2(pull) * 300.0 / (112.8 * 12.3685)
    assert hem.years == pytest.approx(years, rel=0.05)
    assert hem.extrapolated
    assert hem.low_years < hem.years < hem.high_years
    # The membrane's middle is pulled like the strip along the hem; its corners somewhat more or less.
    assert sheet.now == pytest.approx(hem.now, rel=0.7)
    assert sheet.place.words == "next to its hem"
    assert "thermal fatigue of the arm's joints" in found


def test_a_pull_that_grows_a_little_later_does_not_put_a_failure_off(nylon):
    """Almost the same stress has come every day before: light has long taken what it needs."""
    joints, cloth = nylon.joints(), nylon.evidence()[0]
    stress, outlook = nylon.mechanics.stress(nylon.snapshots(), joints), Outlook()
    hem = next(one for one in joints if one.contact.is_hem)
    later = replace(hem.largest, size=1.01 * hem.largest.size, time_s=10.0 * YEAR)
    grown = tuple(replace(one, later=(later,)) if one is hem else one for one in joints)
    new, old = (
        {f.cause: f for f in joint_margins(cloth, replace(stress, joints=some), 0.0, outlook)}
        for some in (grown, joints)
    )
    cause = "stress margin at the hem"
    assert new[cause].years == pytest.approx(old[cause].years)
    assert new[cause].low_years == pytest.approx(old[cause].low_years)
    worse = replace(later, second_k=later.second_k + 150.0, time_s=1.0 * YEAR)
    soon = tuple(replace(one, later=(worse,)) if one is hem else one for one in joints)
    (found,) = (
        f for f in joint_margins(cloth, replace(stress, joints=soon), 0.0, outlook) if f.cause == cause
    )
    assert 1.0 <= found.years < old[cause].years


def test_a_cloth_is_pulled_most_after_sunset_when_the_arm_is_still_warm(tmp_path):
    """Its hem follows the arm: only the cloth as a whole shows it."""
    endurance = _run(tmp_path, "ce5_flag")
    pulled = endurance.mechanics.pulled
    shares = {one.time_s: endurance.mechanics.forces(one).strength_share for one in endurance.snapshots()}
    worst = shares.pop(pulled.time_s)
    assert worst > 2.0 * max(shares.values())
    assert pulled.time_s == pytest.approx(0.25 * LUNATION, rel=1e-2)
    verdict = {finding.cause: finding for finding in endurance.verdict(30.0).findings}
    assert verdict["stress margin of the field"].now < 1.0 / worst - 1.0


def test_a_margin_above_the_strength_fails_when_the_stress_comes(tmp_path):
    endurance = _run(tmp_path, "nylon66", f"{ARM}\n[requirements]\njoint_margin = 1e6\n", DAY)
    found = {finding.cause: finding for finding in endurance.verdict(30.0).findings}
    assert found["stress margin at the arm's joints"].status == "fails"
    assert found["stress margin at the arm's joints"].years < LUNATION / YEAR


def test_a_cloth_without_stiffness_gives_no_data_and_strict_refuses_it(tmp_path):
    verdict = _run(tmp_path, "beta_cloth", duration=DAY).verdict(30.0)
    gaps = {f.requirement for f in verdict.findings if "stiffness" in f.missing}
    assert gaps == {"membrane_margin", "joint_margin"}
    assert verdict.line.count("stiffness, strength or expansion of beta_cloth") == 1
    with pytest.raises(MaterialError, match="stiffness, strength or expansion of beta_cloth") as caught:
        require_data(verdict)
    assert caught.value.exit_code == 3


def test_a_cloth_that_nothing_holds_has_no_stress_to_judge(tmp_path):
    verdict = _run(tmp_path, "nylon66", "", DAY).verdict(30.0)
    assert not any(finding.cause.startswith("stress") for finding in verdict.findings)
