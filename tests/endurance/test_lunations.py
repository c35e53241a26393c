"""The case's own model over many lunations with ageing optics: cycle jump against every lunation."""

from __future__ import annotations

import pytest
from small_flag import small_case

from materials import load_database
from thermal.core.constants import LUNATION, YEAR
from thermal.endurance.damage.dust import DustCover
from thermal.endurance.projection.lunations import AgeingCase, over_years


def test_absorptance_feeds_back_into_the_temperature(tmp_path):
    ageing = AgeingCase(small_case(tmp_path, "nylon66"), load_database())
    new = ageing.new()
    worn = {name: value + (20_000.0 if name.startswith("dose") else 0.0) for name, value in new.items()}
    ageing(new, 0)
    ageing(worn, 0)
    fresh, bleached = (seen.highest_k["flag"] for seen in ageing.seen)
    assert bleached < fresh - 3.0  # red dye gone: absorptance falls by 0.10 from 0.50


def test_dust_that_settles_heats_the_cloth(tmp_path):
    case, database = small_case(tmp_path, "nylon66"), load_database()
    clean, dusty = AgeingCase(case, database), AgeingCase(case, database, DustCover(at_start=0.3))
    for ageing in (clean, dusty):
        ageing(ageing.new(), 0)
    assert dusty.seen[0].highest_k["flag"] > clean.seen[0].highest_k["flag"] + 5.0


def test_a_year_of_the_real_model_takes_few_lunations(tmp_path):
    result, seen = over_years(small_case(tmp_path, "nylon66"), load_database(), 1.0)
    assert result.lunations[-1] == 12
    assert result.solved <= 6
    assert result.end["dose_front"] == pytest.approx(12 * 112.80, rel=5e-3)
    assert seen[-1].highest_k["flag"] < seen[0].highest_k["flag"]


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("lunations", [24, 124])
def test_jump_of_the_real_model_agrees_with_every_lunation(tmp_path, lunations):
    case, database = small_case(tmp_path, "nylon66", "ephemeris"), load_database()
    brute = AgeingCase(case, database, mean_sky=False)
    exact = brute.new()
    for number in range(lunations):
        growth = brute(exact, number)
        exact = {name: exact[name] + growth[name] for name in exact}
    result, _seen = over_years(case, database, lunations * LUNATION / YEAR)
    for name in ("dose_front", "dose_back", "heat"):
        assert result.end[name] == pytest.approx(exact[name], rel=0.02), name
    assert result.solved <= max(8, lunations // 10)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("dust", ["1 %", "5 %", "20 %"])
def test_dust_is_jumped_at_a_tenth_of_the_cost(tmp_path, dust):
    """Under one sky, so that the jumps alone make the difference."""
    case = small_case(tmp_path, "nylon66")
    case = case.model_copy(
        update={"site": case.site.model_copy(update={"dust_cover_per_year": float(dust[:-2]) / 100.0})}
    )
    every = AgeingCase(case, load_database())
    exact = every.new()
    for number in range(124):
        growth = every(exact, number)
        exact = {name: exact[name] + growth[name] for name in exact}
    result, _seen = over_years(case, load_database(), 124 * LUNATION / YEAR)
    for name in ("dose_front", "dose_back", "heat"):
        assert result.end[name] == pytest.approx(exact[name], rel=0.02), name
    assert result.solved <= 12
