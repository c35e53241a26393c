"""Tables of text keep within the terminal and lose nothing."""

import pytest

from materials.views.layout import columns, paragraph, table

HEAD = ["name", "title", "value"]
ROWS = [["silk", "Silk cloth of the finest and the longest threads", "1.0"], ["pet", "Polyester", "20.0"]]


def words(text):
    return sorted(text.split())


def test_a_table_that_fits_is_one_line_a_row():
    lines = table(HEAD, ROWS, 100).splitlines()
    assert len(lines) == 3
    assert lines[2] == "pet   Polyester" + " " * 39 + "  20.0"


@pytest.mark.parametrize("width", [30, 40, 55])
def test_a_folded_table_keeps_within_its_width_and_has_every_word(width):
    text = table(HEAD, ROWS, width, fold=1)
    assert max(map(len, text.splitlines())) <= width
    assert words(text) == words(table(HEAD, ROWS))
    assert text.splitlines()[1].endswith("1.0")


def test_a_table_that_cannot_be_folded_is_written_in_parts_that_begin_with_the_names():
    head = ["name", *(f"column {k}" for k in range(6))]
    rows = [[name, *(f"{name}{k}" for k in range(6))] for name in ("a", "b")]
    text = table(head, rows, 30)
    parts = [part.splitlines() for part in text.split("\n\n")]
    assert [len(part) for part in parts] == [3, 3, 3]
    assert all(
        line.startswith(name) for part in parts for line, name in zip(part, ("name", "a", "b"), strict=True)
    )
    assert max(len(line) for part in parts for line in part) <= 30
    assert {f"b{k}" for k in range(6)} <= set(text.split())


def test_a_column_wider_than_the_terminal_still_comes_whole():
    assert table(["name", "word"], [["a", "x" * 50]], 20).splitlines()[1] == "a     " + "x" * 50


def test_paragraphs_are_folded_and_what_is_no_terminal_is_wide():
    assert max(map(len, paragraph("word " * 50, 40).splitlines())) <= 40
    assert columns() == 1000
