"""The page on verification is the one that the cases print."""

import re
from pathlib import Path

from thermal import verify

PAGE = (Path(__file__).parents[2] / "docs" / "verification.md").read_text("utf-8")


def test_every_case_has_its_rows_on_the_page():
    sections = dict(re.findall(r"### (\w+)\n(.*?)(?=\n### |\Z)", PAGE, re.DOTALL))
    assert sorted(sections) == sorted(verify.cases())
    for name in ("v17_shadow_edge", "v18_kirchhoff", "colour_difference", "rainflow_of_astm"):
        printed = re.findall(r"^\| (.+?) \| .+? \| (\S+) \| \S+ \| .*\|$", sections[name], re.MULTILINE)[1:]
        checks = list(verify.load(name).run())
        assert printed == [(check.quantity, f"{check.target:.7g}") for check in checks]
