"""Sensitivities through the whole machinery, against the Ishigami function's closed form."""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING

import numpy as np

from thermal.study.answers.sensitivity import sensitivities
from thermal.study.answers.table import Row, Table
from thermal.study.design.plan import read_plan
from thermal.study.design.study_file import load_study
from thermal.study.evaluation.ishigami import indices

if TYPE_CHECKING:
    from sweep_command import Sweep

INPUTS = "".join(
    f'[[axis.input]]\nkey = "{key}"\ndistribution = "uniform"\nlow = {-math.pi!r}\nhigh = {math.pi!r}\n'
    for key in ("x1", "x2", "x3")
)


def analysed(sweep: Sweep, axis: str) -> list[dict[str, float | str | None]]:
    path = sweep.folder / "s.toml"
    path.write_text(f'schema_version = 1\nmodel = "ishigami"\n[[axis]]\n{axis}\n{INPUTS}')
    sweep.call("plan", str(path), "-o", str(sweep.directory))
    sweep.run("--jobs", "2")
    said = json.loads(sweep.call("collect", str(sweep.directory), "--json").stdout)
    assert said["schema"] == "lunarflag.sweep-collect/1"
    with (sweep.directory / "sensitivity.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 3
    rows: list[dict[str, float | str | None]] = said["sensitivities"]
    return rows


def test_sobol_indices_of_ishigami_at_a_base_sample_of_8192(sweep: Sweep) -> None:
    rows = analysed(sweep, 'kind = "sobol"\ncount = 8192\nseed = 1')
    first, total = indices()
    for row in rows:
        name = str(row["input"])
        assert abs(float(row["first"]) - first[name]) < 0.02
        assert abs(float(row["total"]) - total[name]) < 0.02
        assert 0.0 < float(row["first_confidence"]) < 0.05
    assert [row["input"] for row in rows] == ["x2", "x1", "x3"]
    variance = 0.5 * (1 + 0.1 * math.pi**4 / 5) ** 2 + 49 / 8 + 0.01 * math.pi**8 * (1 / 18 - 1 / 50)
    assert math.isclose(float(rows[0]["spread"]), math.sqrt(variance), rel_tol=0.01)
    assert math.isclose(
        float(rows[0]["spread_if_known"]), math.sqrt(variance * (1 - first["x2"])), rel_tol=0.02
    )


def test_morris_finds_all_three_inputs_of_ishigami(sweep: Sweep) -> None:
    rows = analysed(sweep, 'kind = "morris"\ncount = 200\nseed = 1')
    effects = {str(row["input"]): float(row["effect"]) for row in rows}
    # On four levels a step is 2/3: sin^2 x2 always changes by 3/4; the others follow from means over levels.
    assert math.isclose(effects["x2"], 7.0 * 0.75 * 1.5, rel_tol=1e-9)
    third, whole = (math.pi / 3) ** 4, math.pi**4
    sine = math.sin(math.pi / 3)
    assert math.isclose(effects["x1"], 1.5 * sine * (1.0 + 0.1 * (third + whole) / 2), rel_tol=0.1)
    assert math.isclose(effects["x3"], 1.5 * 0.1 * (whole - third) * sine / 2, rel_tol=0.1)
    assert all(row["first"] is None for row in rows)
    assert float(rows[0]["effect_confidence"]) > 0.0
    # x2 enters as sin^2: on four levels it goes up as often as down, so that mu is far below mu*.
    x2 = next(row for row in rows if row["input"] == "x2")
    assert abs(float(x2["mean_effect"])) < 0.3 * float(x2["effect"])
    assert float(x2["effect_deviation"]) > 0.9 * float(x2["effect"])


def test_blocks_with_a_failed_member_are_left_out_and_counted(sweep: Sweep) -> None:
    path = sweep.folder / "s.toml"
    path.write_text(
        'schema_version = 1\nmodel = "study_models:Square"\n[[axis]]\nkind = "sobol"\ncount = 64\nseed = 1\n'
        '[[axis.input]]\nkey = "x"\ndistribution = "uniform"\nlow = -1\nhigh = 9\n'
    )
    sweep.call("plan", str(path), "-o", str(sweep.directory))
    sweep.run("--jobs", "1", expect=8)
    said = json.loads(sweep.call("collect", str(sweep.directory), "--json", expect=8).stdout)
    row = next(row for row in said["sensitivities"] if row["answer"] == "y")
    assert row["blocks"] + row["dropped"] == 64
    assert 5 <= row["dropped"] <= 20
    assert abs(row["total"] - 1.0) < 0.1


def test_a_morris_design_that_is_too_small_says_how_many_more_it_needs(sweep: Sweep) -> None:
    path = sweep.folder / "s.toml"
    path.write_text(
        f'schema_version = 1\nmodel = "ishigami"\n[[axis]]\nkind = "morris"\ncount = 2\nseed = 1\n{INPUTS}'
    )
    sweep.call("plan", str(path), "-o", str(sweep.directory))
    sweep.run("--jobs", "1")
    said = sweep.call("collect", str(sweep.directory)).stdout
    assert "no sensitivities from 2 trajectories: at least 4 are needed; write count = 4 and extend" in said
    path.write_text(path.read_text().replace("count = 2", "count = 4"))
    sweep.call("plan", str(path), "-o", str(sweep.directory), "--extend")
    sweep.run("--jobs", "1")
    assert "y: spread" in sweep.call("collect", str(sweep.directory)).stdout


def test_lives_without_end_and_answers_that_do_not_vary(sweep: Sweep) -> None:
    path = sweep.folder / "s.toml"
    path.write_text(
        f'schema_version = 1\nmodel = "ishigami"\n[[axis]]\nkind = "sobol"\ncount = 256\nseed = 1\n{INPUTS}'
    )
    sweep.call("plan", str(path), "-o", str(sweep.directory))
    members = read_plan(sweep.directory).members
    rows = []
    for number, member in enumerate(members):
        x1 = float(member.patch["x1"])
        values = {
            "life_years": math.inf if x1 > 2.0 else math.exp(x1),
            "noise": 300.0 * (1.0 + 2e-15 * (number % 3)),
        }
        rows.append(Row(member, "ok", values, ""))
    analysis = sensitivities(
        load_study(path), Table(("x1", "x2", "x3"), ("life_years", "noise"), tuple(rows))
    )
    assert analysis.notes == ("noise: constant at 300: no input has an effect",)
    by_name = {(one.answer, one.input): one for one in analysis.found}
    assert by_name["life_years", "x1"].dropped > 50
    bounded = by_name["log10 of life_years, at most 30", "x1"]
    assert bounded.dropped == 0
    assert abs(bounded.first - 1.0) < 0.1
    assert np.isclose(by_name["log10 of life_years, at most 30", "x2"].total, 0.0, atol=1e-9)
