"""The page of verdicts: a verdict of every flag it names, and numbers that a run of today prints too."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from thermal.case import load_case
from thermal.endurance import Endurance
from thermal.endurance.verdict.finding import years_in_words
from thermal.simulation import Simulation

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "verdicts.md").read_text("utf-8")
KNOWN = tomllib.loads((ROOT / "docs" / "verdicts.toml").read_text("utf-8"))


def test_every_flag_has_its_verdict_and_what_is_known():
    sections = PAGE.split("\n## ")[1:]
    assert [section.splitlines()[0] for section in sections] == [flag["title"] for flag in KNOWN["flag"]]
    for section, flag in zip(sections, KNOWN["flag"], strict=True):
        assert f"cases/{flag['case']}.toml" in section
        assert re.search(r"^fails after .* years: |^no failure found", section, re.MULTILINE)
        assert "\nKnown: " in section


@pytest.mark.parametrize("case", ["earth-polyester"])
def test_the_page_says_what_a_run_says(case):
    flag = next(one for one in KNOWN["flag"] if one["case"] == case)
    sets = {"mesh.size": flag["size"], "mesh.edge_size": flag["edge_size"]}
    loaded = load_case(ROOT / "cases" / f"{case}.toml", sets)
    simulation = Simulation(loaded)
    endurance = Endurance(loaded, simulation.scene, simulation.database)
    list(simulation.run([endurance]))
    first = endurance.verdict().findings[0]
    section = PAGE.split(f"\n## {flag['title']}")[1].split("\n## ")[0]
    assert f"fails after {years_in_words(first.years)} (" in section
    assert first.cause in section
