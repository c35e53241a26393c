"""Every case that is shipped is valid, sourced line by line, and says what the makers and pictures say."""

import math
from pathlib import Path

import pytest

import materials
from thermal.case import load_case

CASES = {file.stem: file for file in (Path(__file__).parents[2] / "cases").glob("*.toml")}
APOLLO = (11, 12, 14, 15, 16, 17)
EXPECTED = {"change5-reference", "change5-flag", "change6-flag", "earth-polyester", "change5-lander"}


def test_all_cases_of_the_design_are_there():
    assert EXPECTED | {f"apollo-{number}" for number in APOLLO} <= set(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_is_valid_and_says_what_is_assumed(name):
    case = load_case(CASES[name])
    assert "[assumed]" in case.source_text
    assert "[source" in case.source_text
    assert case.output.probe
    assert "input" in case.source_text


@pytest.mark.parametrize(("name", "mass_g"), [("change5-flag", 11.8), ("change6-flag", 11.3)])
def test_the_small_flags_weigh_what_their_makers_say(name, mass_g):
    flag = load_case(CASES[name]).flag
    density = materials.load_database()[flag.material].areal_density
    assert flag.width * flag.height_of_cloth * density * 1e3 == pytest.approx(mass_g, rel=0.01)


def test_the_far_side_flag_never_sees_the_earth():
    site = load_case(CASES["change6-flag"]).site
    assert math.cos(site.latitude) * math.cos(site.longitude) < 0.0


def test_apollo_11_lies_on_the_ground_and_the_others_stand():
    for number in APOLLO:
        case = load_case(CASES[f"apollo-{number}"])
        highest = max(corner[2] for corner in case.flag.corners)
        assert (highest < 0.05) == (number == 11)
        assert case.flag.material == "nylon66"


def test_the_stripes_of_a_flag_fill_its_height():
    flag = load_case(CASES["apollo-12"]).flag
    stripes = [region for region in flag.region if region.name.startswith("white")]
    assert len(stripes) == 6
    assert sum(stripe.size[1] for stripe in stripes) == pytest.approx(flag.height_of_cloth * 6 / 13, rel=1e-3)


def test_the_polyester_flag_differs_by_its_cloth_alone():
    ours, theirs = load_case(CASES["change5-flag"]), load_case(CASES["earth-polyester"])
    assert theirs.flag.material == "pet"
    assert (ours.tube, ours.joint, ours.sky, ours.site) == (
        theirs.tube,
        theirs.joint,
        theirs.sky,
        theirs.site,
    )
    assert ours.flag.corners == theirs.flag.corners


def test_the_plume_comes_with_the_ascent():
    case = load_case(CASES["change5-lander"])
    lift_off = case.sky.start.timestamp() + case.event[0].start
    assert lift_off == load_case(CASES["change5-flag"]).sky.start.timestamp()
