"""A plan grows: members that are done stay done, and the design is that of one made at once."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from sweep_command import Sweep

INPUT = '[[axis.input]]\nkey = "{key}"\ndistribution = "uniform"\nlow = -3\nhigh = 3\n'
SAMPLED = (
    'schema_version = 1\nmodel = "ishigami"\n[[axis]]\nkind = "list"\nkey = "x3"\nvalues = [{values}]\n'
    '[[axis]]\nkind = "{kind}"\ncount = {count}\nseed = 3\n' + INPUT.format(key="x1") + INPUT.format(key="x2")
)


def write(folder: Path, kind: str, count: int, values: str = "0, 1") -> Path:
    path = folder / "s.toml"
    path.write_text(SAMPLED.format(kind=kind, count=count, values=values))
    return path


def table(directory: Path) -> list[dict[str, str]]:
    with (directory / "table.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("kind", "large"), [("sobol", 16), ("morris", 12), ("latin_hypercube", 16)])
def test_a_sampled_study_is_extended_without_running_anything_again(
    sweep: Sweep, kind: str, large: int
) -> None:
    directory = str(sweep.directory)
    path = write(sweep.folder, kind, 8)
    sweep.call("plan", str(path), "-o", directory)
    sweep.run("--jobs", "1")
    sweep.collect()
    before = table(sweep.directory)
    path = write(sweep.folder, kind, large)
    said = sweep.call("plan", str(path), "-o", directory, "--extend").stderr
    added = len(before) * (large - 8) // 8
    assert f"planned {added} more members" in said
    sweep.run("--jobs", "1")
    sweep.collect()
    after = table(sweep.directory)
    assert after[: len(before)] == before
    assert set(sweep.done().values()) == {1}
    # What comes of it is what one study of the larger count gives.
    other = sweep.folder / "at once"
    sweep.call("plan", str(path), "-o", str(other))
    sweep.call("run", str(other), "--jobs", "1")
    sweep.call("collect", str(other))
    assert sorted(row["sha"] for row in after) == sorted(row["sha"] for row in table(other))
    if kind != "latin_hypercube":
        files = [folder / "sensitivity.csv" for folder in (sweep.directory, other)]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_values_are_added_to_a_list(sweep: Sweep) -> None:
    directory = str(sweep.directory)
    sweep.call("plan", str(write(sweep.folder, "morris", 4)), "-o", directory)
    path = write(sweep.folder, "morris", 4, "1, 2, 0")
    assert "planned 12 more members" in sweep.call("plan", str(path), "-o", directory, "--extend").stderr
    sweep.run("--jobs", "1")
    sweep.collect()
    assert [row["x3"] for row in table(sweep.directory)] == ["0"] * 12 + ["1"] * 12 + ["2"] * 12


def test_what_does_not_extend_a_plan_is_refused_and_leaves_it_alone(sweep: Sweep) -> None:
    directory = str(sweep.directory)
    path = write(sweep.folder, "latin_hypercube", 8)
    assert "study-no-plan" in sweep.call("plan", str(path), "-o", directory, "--extend", expect=3).stderr
    sweep.call("plan", str(path), "-o", directory)
    kept = (sweep.directory / "members.csv").read_bytes()
    assert "by --extend" in sweep.call("plan", str(path), "-o", directory, expect=3).stderr
    for kind, count, values, word in (
        ("latin_hypercube", 8, "0, 1", "not planned already"),
        ("latin_hypercube", 12, "0, 1", "16 of 16 members of the plan are not in the study file any more"),
        ("latin_hypercube", 16, "1, 2", "8 of 16 members"),
        ("sobol", 16, "0, 1", "16 of 16 members"),
    ):
        path = write(sweep.folder, kind, count, values)
        said = sweep.call("plan", str(path), "-o", directory, "--extend", expect=3).stderr
        assert word in said
        assert "study-not-extended" in said
    assert (sweep.directory / "members.csv").read_bytes() == kept


def test_an_extension_that_was_cut_off_leaves_the_smaller_plan(sweep: Sweep) -> None:
    directory = str(sweep.directory)
    sweep.call("plan", str(write(sweep.folder, "morris", 4)), "-o", directory)
    head = (sweep.directory / "plan.json").read_bytes()
    path = write(sweep.folder, "morris", 8)
    sweep.call("plan", str(path), "-o", directory, "--extend")
    (sweep.directory / "plan.json").write_bytes(head)  # written last
    sweep.run("--jobs", "1")
    sweep.collect()
    assert len(table(sweep.directory)) == 24
    assert "planned 24 more" in sweep.call("plan", str(path), "-o", directory, "--extend").stderr
