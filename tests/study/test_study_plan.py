"""The study file, its problems in one pass, and the plan that comes of it."""

from __future__ import annotations

import csv
import math
import time
from typing import TYPE_CHECKING

import pytest
from sweep_command import HERE, ROOT, SHEET, SQUARES

from thermal.core.errors import CaseError
from thermal.study.design.amount import override_text
from thermal.study.design.plan import make_plan, read_plan, write_plan
from thermal.study.design.study_file import load_study
from thermal.study.execution.estimate import estimate

if TYPE_CHECKING:
    from pathlib import Path

    from sweep_command import Sweep

AXES = """\
schema_version = 1
model = "study_models:Square"
[[axis]]
kind = "grid"
key = "flag.tilt"
low = "0 deg"
high = "1.5707963267948966 rad"
count = 3
[[axis]]
kind = "list"
key = "flag.material"
values = ["a", "b"]
[[axis]]
kind = "zip"
keys = ["flag.front", "flag.position"]
rows = [["red", ["0 m", "0 m", "1 m"]], ["yellow", ["0 m", "0 m", "2 m"]]]
"""


def study(folder: Path, text: str) -> Path:
    path = folder / "s.toml"
    path.write_text(text)
    return path


def test_axes_multiply_in_the_order_of_the_file(tmp_path: Path) -> None:
    plan = make_plan(load_study(study(tmp_path, AXES)))
    assert len(plan.members) == 12
    assert [member.patch["flag.tilt"] for member in plan.members[::4]] == ["0.0 deg", "45.0 deg", "90.0 deg"]
    assert plan.members[-1].patch == {
        "flag.tilt": "90.0 deg",
        "flag.material": "b",
        "flag.front": "yellow",
        "flag.position": '["0 m", "0 m", "2 m"]',
    }
    assert len({member.sha for member in plan.members}) == 12


def test_a_plan_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = study(tmp_path, AXES)
    plan = make_plan(load_study(path))
    write_plan(plan, path.read_text(), tmp_path / "d")
    again = read_plan(tmp_path / "d")
    assert again.members == plan.members
    assert again.keys == plan.keys
    with pytest.raises(CaseError, match="study-exists"):
        write_plan(plan, path.read_text(), tmp_path / "d")


def test_the_base_is_frozen_and_part_of_the_hash(tmp_path: Path) -> None:
    base = tmp_path / "base_case.toml"
    base.write_text('[sink.lander]\ntable = "lander.csv"\n')
    (tmp_path / "lander.csv").write_text("1,2\n")
    path = study(tmp_path, AXES.replace("[[axis]]", 'base = "base_case.toml"\n[[axis]]', 1))
    first = make_plan(load_study(path))
    write_plan(first, path.read_text(), tmp_path / "d")
    assert (tmp_path / "d" / "base.toml").read_bytes() == base.read_bytes()
    assert (tmp_path / "d" / "lander.csv").is_file()
    assert read_plan(tmp_path / "d").base == tmp_path / "d" / "base.toml"
    (tmp_path / "lander.csv").write_text("1,3\n")
    changed = make_plan(load_study(path))
    assert not {m.sha for m in first.members} & {m.sha for m in changed.members}


def test_all_problems_come_in_one_pass(tmp_path: Path) -> None:
    path = study(
        tmp_path,
        """\
schema_version = 1
model = "ishigami"
titel = "x"
[[axis]]
kind = "grid"
key = "x1"
low = 0
high = "90 deg"
count = 3
[[axis]]
kind = "sobol"
count = 5
seed = 1
[[axis.input]]
key = "x2"
distribution = "uniform"
low = 3
hihg = 4
[[axis.input]]
key = "x3"
distribution = "database"
""",
    )
    with pytest.raises(CaseError) as caught:
        load_study(path)
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == 5, found
    for text in ('"titel" is unknown; did you mean "title"?', '"hihg" is unknown; did you mean "high"?'):
        assert any(text in problem for problem in found)
    assert any("high is missing" in problem for problem in found)
    assert any('"90 deg"' in problem or "deg" in problem for problem in found)
    assert any("no property of the material database" in problem for problem in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("a = ", "not-toml"),
        ("schema_version = 1\nmodel = 'ishigami'\naxis = []\n", "study-invalid"),
        (AXES.replace("flag.material", "flag.tilt"), "study-invalid"),
        (AXES.replace('"b"]', '"b"]\nvalue = 1'), "unknown-key"),
        (AXES.replace("count = 3", "count = 1"), "study-invalid"),
        (AXES.replace("count = 3", "count = 3000000"), "study-too-large"),
    ],
)
def test_a_bad_study_file_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(CaseError) as caught:
        make_plan(load_study(study(tmp_path, text)))
    assert code in {problem.code for problem in caught.value.problems}


def test_distributions_have_their_quantiles(tmp_path: Path) -> None:
    path = study(
        tmp_path,
        """\
schema_version = 1
model = "ishigami"
[[axis]]
kind = "latin_hypercube"
count = 4000
seed = 7
[[axis.input]]
key = "a"
distribution = "normal"
mean = "290 K"
deviation = "5 K"
[[axis.input]]
key = "b"
distribution = "lognormal"
median = "2 W/K"
factor = 3
[[axis.input]]
key = "material.nylon66.specific_heat"
distribution = "database"
""",
    )
    plan = make_plan(load_study(path))
    columns = {key: sorted(float(m.patch[key].split()[0]) for m in plan.members) for key in plan.keys}
    assert all(m.patch["material.nylon66.specific_heat"].endswith(" sigma") for m in plan.members)
    for key, low, middle, high in (
        ("a", 285.0, 290.0, 295.0),
        ("b", 2.0 / 3.0, 2.0, 6.0),
        ("material.nylon66.specific_heat", -1.0, 0.0, 1.0),
    ):
        for quantile, value in ((0.15866, low), (0.5, middle), (0.84134, high)):
            found = columns[key][round(quantile * 4000)]
            assert math.isclose(found, value, rel_tol=0.01, abs_tol=0.02), (key, quantile, found)
    again = make_plan(load_study(path))
    assert again.members == plan.members


def test_a_hundred_thousand_members_plan_in_seconds(sweep: Sweep) -> None:
    text = """\
schema_version = 1
model = "ishigami"
[[axis]]
kind = "latin_hypercube"
count = 100000
seed = 1
"""
    for key in ("x1", "x2", "x3"):
        text += f'[[axis.input]]\nkey = "{key}"\ndistribution = "uniform"\nlow = -3.14\nhigh = 3.14\n'
    path = study(sweep.folder, text)
    begin = time.perf_counter()
    sweep.call("plan", str(path), "-o", str(sweep.directory))
    assert time.perf_counter() - begin < 60.0
    assert len(list(sweep.directory.iterdir())) == 4  # files do not grow in number with the members
    with (sweep.directory / "members.csv").open(newline="") as file:
        assert sum(1 for _ in csv.reader(file)) == 100001


def test_a_dry_run_says_how_many_how_long_how_much_and_writes_nothing(sweep: Sweep) -> None:
    text = 'schema_version = 1\nmodel = "ishigami"\n[[axis]]\nkind = "list"\nkey = "x1"\nvalues = [1, 2]\n'
    path = study(sweep.folder, text)
    said = sweep.call("plan", str(path), "--dry-run").stdout
    assert [line.split()[0] for line in said.splitlines()] == ["members", "time", "disk"]
    assert [entry.name for entry in sweep.folder.iterdir()] == ["s.toml"]


@pytest.mark.parametrize("values", ["1, 2, -1", "-1, 1, -2", "-1, 1"])
def test_a_dry_run_times_members_that_do_not_fail(
    sweep: Sweep, values: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(HERE)
    text = SQUARES.format(model="Square", pause=0.1, values=values)
    cost = estimate(make_plan(load_study(study(sweep.folder, text))))
    assert min(cost.first_s, cost.member_s) > 0.1
    assert not cost.problems
    good = SQUARES.format(model="Square", pause=0.1, values="1, 2")
    like = estimate(make_plan(load_study(study(sweep.folder, good))))
    assert cost.bytes_ / cost.members == pytest.approx(like.bytes_ / like.members, rel=0.1)


def test_a_dry_run_skips_members_that_a_check_refuses(sweep: Sweep) -> None:
    (sweep.folder / "sheet.toml").write_text(SHEET)
    text = """\
schema_version = 1
base = "sheet.toml"
[[axis]]
kind = "list"
key = "flag.width"
values = ["-1 m", "300 mm", "-2 m"]
"""
    cost = estimate(make_plan(load_study(study(sweep.folder, text))))
    assert not cost.problems
    assert cost.members == 3


def test_a_dry_run_says_when_no_member_can_be_timed(sweep: Sweep) -> None:
    text = SQUARES.format(model="Square", pause=0, values="-1, -2")
    said = sweep.call("plan", str(study(sweep.folder, text)), "--dry-run").stderr
    assert "warning: the members that were timed fail" in said


def test_a_key_that_does_not_exist_is_refused_before_anything_runs(sweep: Sweep) -> None:
    text = 'schema_version = 1\nmodel = "ishigami"\n[[axis]]\nkind = "list"\nkey = "x4"\nvalues = [1, 2]\n'
    said = sweep.call("plan", str(study(sweep.folder, text)), expect=3).stderr
    assert "no input 'x4'" in said
    text = text.replace("x4", "x1").replace('"ishigami"', '"ishigamy"')
    assert "study-unknown-model" in sweep.call("plan", str(study(sweep.folder, text)), expect=3).stderr


@pytest.mark.parametrize(
    "model", ["os:path", "os:stat_result", "thermal.study.evaluation.evaluator:Evaluator"]
)
def test_what_is_no_evaluator_is_refused_as_a_model(sweep: Sweep, model: str) -> None:
    text = f'schema_version = 1\nmodel = "{model}"\n[[axis]]\nkind = "list"\nkey = "x"\nvalues = [1]\n'
    path = study(sweep.folder, text)
    said = sweep.call("plan", str(path), expect=3).stderr
    assert f"{path}:2: model: " in said
    assert "[study-unknown-model]" in said


WRONG_KEYS = """\
schema_version = 1
base = "sheet.toml"
[set]
"mesh.sizze" = "100 mm"
[[axis]]
kind = "list"
key = "flag.tillt"
values = ["90 deg"]
[[axis]]
kind = "zip"
keys = ["material.ce5_flag.solar_absorptence.red_print", "flag.roll"]
rows = [["1 times", "0 deg"], ["1 times", "0 m"]]
[[axis]]
kind = "latin_hypercube"
count = 2
seed = 1
[[axis.input]]
key = "flag.azimuth"
distribution = "uniform"
low = "0 deg"
high = "1 deg"
[[axis.input]]
key = "flag.tube.0.wall"
distribution = "uniform"
low = "1 mm"
high = "2 mm"
"""


def test_wrong_keys_and_values_name_their_place_in_the_study_file(sweep: Sweep) -> None:
    (sweep.folder / "sheet.toml").write_text(SHEET)
    path = study(sweep.folder, WRONG_KEYS)
    said = sweep.call("plan", str(path), expect=3).stderr
    for place in (
        ":4: set: mesh.sizze",
        ":7: axis.0: flag.tillt",
        ":11: axis.1: material.ce5_flag.solar_absorptence.red_print",
        ":23: axis.2: flag.tube.0.wall",
    ):
        assert f"{path}{place}: " in said
    assert "--set" not in said
    for right, wrong in (("size", "sizze"), ("tilt", "tillt"), ("absorptance", "absorptence")):
        path.write_text(path.read_text().replace(wrong, right))
    path.write_text(path.read_text().replace("flag.tube.0.wall", "run.duration").replace(" mm", " h"))
    said = sweep.call("plan", str(path), "-o", str(sweep.directory)).stderr
    assert f"{path}:11: axis.1: flag.roll: " in said


def test_values_of_a_study_file_become_override_texts() -> None:
    assert override_text("50 mm") == "50 mm"
    assert override_text(value=True) == "true"
    assert override_text(0.07) == "0.07"
    assert override_text(["0 m", 'a"b']) == '["0 m", "a\\"b"]'


def test_other_material_data_make_other_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base_case.toml").write_text("title = 'a'\n")
    path = study(tmp_path, AXES.replace("[[axis]]", 'base = "base_case.toml"\n[[axis]]', 1))
    first = make_plan(load_study(path))
    assert not first.stale
    own = tmp_path / "own"
    own.mkdir()
    text = (ROOT / "materials" / "data" / "nylon66.toml").read_text()
    (own / "nylon66.toml").write_text(text + "# measured anew\n")
    monkeypatch.setenv("LUNARFLAG_MATERIALS", str(own))
    assert first.stale
    assert not {m.sha for m in first.members} & {m.sha for m in make_plan(load_study(path)).members}
