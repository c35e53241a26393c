"""The theory pages and the code point at each other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "theory").glob("*.md"))
SOURCES = sorted(
    [*ROOT.glob("thermal/**/*.py"), *ROOT.glob("materials/**/*.py"), *ROOT.glob("tests/**/*.py")]
)
CITED = re.compile(r"[Tt]heory ((?:[SGWRJDEV]\d+(?:, | to | and )?)+)")


def equations():
    found = [
        label
        for page in PAGES
        for label in re.findall(r"(?:\\tag\{|\()([A-Z]\d+)[})]", page.read_text("utf-8"))
    ]
    return set(found)


def test_labels_are_given_once():
    tags = [t for page in PAGES for t in re.findall(r"\\tag\{(\w+)\}", page.read_text("utf-8"))]
    assert len(tags) > 40
    assert sorted(tags) == sorted(set(tags))


def test_every_citation_is_an_equation():
    known = equations()
    cited = {
        (path.relative_to(ROOT).as_posix(), label)
        for path in SOURCES
        for group in CITED.findall(path.read_text("utf-8"))
        for label in re.findall(r"[A-Z]\d+", group)
    }
    assert len(cited) > 30
    assert {entry for entry in cited if entry[1] not in known} == set()


def test_nothing_cites_a_page_that_is_not_here():
    outside = re.compile(
        r"\b(?:physics|materials|strength|flight|house|anchors)\.md\b|\bDESIGN\b|\bINTERFACE\b"
    )
    me = Path(__file__).resolve()
    found = [path for path in SOURCES if path.resolve() != me and outside.search(path.read_text("utf-8"))]
    assert found == []
