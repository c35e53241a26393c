"""The studies that docs/studies.md shows plan without a warning, and their members run."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from sweep_command import ROOT

if TYPE_CHECKING:
    from sweep_command import Sweep

PAGE = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")
STUDIES = [text for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if "[[axis]]" in text]
BASE = f'base = "{ROOT / "cases" / "change5-reference.toml"}"\n'
COARSE = '"run.duration" = "1 h"\n"output.every" = "1 h"\n'
"""A study of the page is run on a coarse mesh and over an hour: what fails, fails at once."""


def runnable(text: str) -> str:
    """Complete a block that shows axes alone, and make its members short; the axes stay as they stand."""
    if "schema_version" not in text:
        return f'schema_version = 1\n{BASE}[set]\n"mesh.size" = "200 mm"\n{COARSE}{text}'
    text = re.sub(r'base = "[^"]*"\n', lambda _: BASE, text)
    return text.replace('"mesh.size" = "20 mm"\n', f'"mesh.size" = "200 mm"\n{COARSE}')


def test_the_page_shows_studies() -> None:
    assert len(STUDIES) >= 3
    first = tomllib.loads(STUDIES[0])
    assert (ROOT / "docs" / first["base"]).is_file()


@pytest.mark.parametrize("number", range(len(STUDIES)))
def test_a_study_of_the_page_runs_as_it_stands(sweep: Sweep, number: int) -> None:
    path = sweep.folder / "s.toml"
    path.write_text(runnable(STUDIES[number]))
    assert "warning" not in sweep.call("plan", str(path), "-o", str(sweep.directory)).stderr
    members = len((sweep.directory / "members.csv").read_text().splitlines()) - 1
    # The first, the last, and every seventh between them: each value of each axis.
    chosen = sorted({*range(0, members, 7 if members <= 20 else 64), members - 1})
    sweep.run("--index", ",".join(map(str, chosen)))
    sweep.collect()
    rows = sweep.rows()
    assert {rows[index]["status"] for index in chosen} == {"ok"}
