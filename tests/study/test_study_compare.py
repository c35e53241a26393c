"""Rankings whose answer is known: separated, identical, tied, without data."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sweep_command import ROOT, SHEET

import materials
from thermal.study.comparison.candidates import Entry, rank, read_candidates
from thermal.study.comparison.draws import Draws
from thermal.study.comparison.ranking import interval, limiting, probability_of_best
from thermal.study.comparison.show import COLUMNS, page, ranking_json, table_lines

if TYPE_CHECKING:
    from pathlib import Path

    from thermal.study.evaluation.evaluator import Values

DRAWS = 4000


def lognormal(draws: Draws, median: float, factor: float) -> np.ndarray:
    return median * factor ** draws.deviates("life")


def test_separated_candidates_are_ranked_with_certainty() -> None:
    shared = Draws(1, DRAWS)
    lives = [lognormal(shared.of(str(i)), median, 1.2) for i, median in enumerate((1.0, 10.0, 100.0))]
    assert probability_of_best(np.array(lives)).tolist() == [0.0, 0.0, 1.0]


def test_identical_candidates_share_within_sampling_error() -> None:
    shared = Draws(1, DRAWS)
    lives = np.array([lognormal(shared.of(name), 3.0, 3.0) for name in ("a", "b")])
    chances = probability_of_best(lives)
    assert math.isclose(chances.sum(), 1.0)
    assert abs(chances[0] - 0.5) < 3.0 * 0.5 / math.sqrt(DRAWS)


def test_a_known_probability_between_is_met() -> None:
    # P(X > Y) of two lognormals is Phi(ln(median ratio) / (sqrt 2 sigma)).
    shared = Draws(2, DRAWS)
    lives = np.array([lognormal(shared.of("a"), 2.0, 3.0), lognormal(shared.of("b"), 1.0, 3.0)])
    exact = 0.5 * (1.0 + math.erf(math.log(2.0) / (math.sqrt(2.0) * math.log(3.0)) / math.sqrt(2.0)))
    error = math.sqrt(exact * (1.0 - exact) / DRAWS)
    assert abs(probability_of_best(lives)[0] - exact) < 3.0 * error


def test_ties_are_split_also_beyond_the_horizon_and_at_never() -> None:
    lives = np.array([[40.0, math.inf, 1.0], [50.0, math.inf, 2.0], [1.0, math.inf, 2.0]])
    assert probability_of_best(lives, horizon=30.0) == pytest.approx([5 / 18, 8 / 18, 5 / 18], abs=1e-12)


def test_draws_are_shared_by_name_and_own_by_candidate() -> None:
    shared = Draws(7, 100)
    assert (shared.deviates("arm") == Draws(7, 100).deviates("arm")).all()
    one, two = shared.of("a").deviates("cloth"), shared.of("b").deviates("cloth")
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.3
    cloth = materials.load_database()["nylon66"]
    first, second = (shared.of(name).material(cloth, 3) for name in ("a", "b"))
    assert first.areal_density != second.areal_density
    assert shared.of("a").material(cloth, 3).areal_density == first.areal_density


def entry(name: str, **lives: float) -> Entry:
    return Entry(name, {"flag_min_k": 100.0}, {key: np.full(3, years) for key, years in lives.items()})


def test_candidates_without_data_stand_apart_and_say_what_is_missing() -> None:
    ranking = rank(
        [
            entry("good", strength=9.0, colour=8.0, fatigue=math.nan),
            entry("blank", strength=99.0, colour=math.nan, fatigue=math.nan),
            entry("bad", strength=1.0, colour=2.0, fatigue=math.nan),
            Entry("broken", error="there is no material"),
        ],
        30.0,
    )
    assert [row.entry.name for row in ranking.ranked] == ["good", "bad"]
    assert [row.probability_best for row in ranking.ranked] == [1.0, 0.0]
    assert ranking.ranked[0].life == (8.0, 8.0, 8.0)
    assert {row.entry.name: row.missing for row in ranking.apart} == {
        "broken": ("there is no material",),
        "blank": ("colour",),
    }
    assert [row.limited_by for row in ranking.ranked] == ["colour", "strength"]
    assert ranking.ignored == ("fatigue",)
    text = "\n".join(table_lines(ranking))
    assert "blank: colour" in text
    assert "fatigue" in text
    rows = json.loads(ranking_json(ranking))["rows"]
    assert [(row["name"], row["status"]) for row in rows] == [
        ("good", "ranked"),
        ("bad", "ranked"),
        ("broken", "failed"),
        ("blank", "no data"),
    ]
    html = page(ranking, "<Flags> & more")
    assert "&lt;Flags&gt; &amp; more" in html
    assert "http" not in html


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_ranking_fits_the_terminal_and_loses_nothing(width: int) -> None:
    answers: Values = {column.answer: 12.5 for column in COLUMNS}
    lives = {"strength of flag": np.array([1.0, 9.0]), "colour of a very long name": np.array([2.0, 3.0])}
    ranking = rank([Entry("kevlar49", answers, lives), Entry("pet", error="no datum " * 20)], 30.0)
    lines = "\n".join(table_lines(ranking, width)).splitlines()
    assert max(map(len, lines)) <= width
    whole = "\n".join(table_lines(ranking)).split()
    assert set(whole) == set("\n".join(lines).split())
    assert sum(line.startswith("kevlar49") for line in lines) > 1


def test_nothing_to_rank_is_said_not_invented() -> None:
    ranking = rank([Entry("a", error="x"), Entry("b", error="y")], 30.0)
    assert ranking.ranked == ()
    assert "a: x" in "\n".join(table_lines(ranking))


def test_what_limits_is_what_ends_most_draws_first() -> None:
    lives = {
        "light": np.array([5.0, 5.0, 5.0, 50.0]),
        "cold": np.array([math.inf, 0.1, 0.1, math.inf]),
        "nobody knows": np.full(4, math.nan),
    }
    assert limiting(lives, 30.0) == "cold"
    assert limiting({"light": lives["light"]}, 1.0) == ""


def test_candidates_named_twice_get_numbers() -> None:
    found = read_candidates(["nylon66", "pet:natural", "nylon66"])
    assert [(one.label, one.material, one.surface) for one in found] == [
        ("nylon66", "nylon66", ""),
        ("pet:natural", "pet", "natural"),
        ("nylon66 (2)", "nylon66", ""),
    ]


def test_intervals_keep_infinities() -> None:
    years = np.array([1.0] * 10 + [math.inf] * 90)
    assert interval(years) == (1.0, math.inf, math.inf)


def test_real_cloths_that_light_spares_or_kills_are_told_apart(tmp_path: Path) -> None:
    case = tmp_path / "sheet.toml"
    case.write_text(SHEET)
    flags = [word for name in ("zylon_hm", "silica", "carbon_t300") for word in ("--flag", name)]
    options = ["--runs", "1", "--draws", "40", "--json", "--page", str(tmp_path / "page.html")]
    answer = json.loads(lunarflag("compare", str(case), *flags, *options))
    assert answer["schema"] == "lunarflag.compare/1"
    rows = {row["name"]: row for row in answer["rows"]}
    assert (rows["silica"]["probability_best"], rows["zylon_hm"]["probability_best"]) == (1.0, 0.0)
    assert "UV strength" in rows["zylon_hm"]["limited_by"]
    assert rows["carbon_t300"]["status"] == "failed"
    assert "no such surface" in rows["carbon_t300"]["missing"][0]
    assert 300.0 < rows["silica"]["values"]["flag_max_k"] < 400.0
    assert "silica" in (tmp_path / "page.html").read_text()


def test_result_files_are_ranked_by_their_verdicts(tmp_path: Path) -> None:
    case = tmp_path / "sheet.toml"
    case.write_text(SHEET)
    files = []
    for material in ("silica", "zylon_hm"):
        files.append(str(tmp_path / f"{material}.h5"))
        lunarflag("run", str(case), "--set", f"flag.material={material}", "-o", files[-1])
    answer = json.loads(lunarflag("compare", *files, "--json"))
    assert [(row["name"], row["probability_best"]) for row in answer["rows"]] == [
        ("silica", 1.0),
        ("zylon_hm", 0.0),
    ]
    low, middle, high = (answer["rows"][1][f"life_{name}years"] for name in ("low_", "", "high_"))
    # The verdict draws the same constant: factor 3 either way is 3^1.645 = 6.1 at the ends of its interval.
    assert 3.0 < middle / low < 12.0
    assert 3.0 < high / middle < 12.0


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sheet.toml and its results a.h5 and, as of 2 years, two.h5."""
    folder = tmp_path_factory.mktemp("results")
    (folder / "sheet.toml").write_text(SHEET)
    lunarflag("run", str(folder / "sheet.toml"), "-o", str(folder / "a.h5"), "-q")
    lunarflag("run", str(folder / "sheet.toml"), "-o", str(folder / "two.h5"), "-q", "--years", "2")
    return folder


def test_results_with_other_horizons_are_not_compared(results: Path) -> None:
    error = refused("compare", f"{results}/a.h5", f"{results}/two.h5")
    assert f"2 years: {results}/two.h5; 30 years: {results}/a.h5" in error
    assert "[compare-horizons]" in error


def test_the_horizon_is_that_of_the_verdicts(results: Path) -> None:
    answer = json.loads(lunarflag("compare", f"{results}/two.h5", f"{results}/two.h5", "--json"))
    assert answer["horizon_years"] == 2.0
    assert "after 2 years" in lunarflag("compare", f"{results}/two.h5")


def test_extremes_of_results_are_those_that_show_gives(results: Path) -> None:
    """Of every accepted step, in double precision: not of the outputs, which have single."""
    (row,) = json.loads(lunarflag("compare", f"{results}/a.h5", "--json"))["rows"]
    shown = json.loads(lunarflag("show", f"{results}/a.h5", "--json"))["summary"]["flag"]
    assert row["values"]["flag_min_k"] == shown["min_k"]
    assert row["values"]["flag_max_k"] == shown["max_k"]


def test_a_page_replaces_nothing_unless_it_is_forced_and_never_what_is_compared(results: Path) -> None:
    one = results / "a.h5"
    before = one.read_bytes()
    for words in ((str(one),), (str(results / "sheet.toml"), "--flag", "silica")):
        assert "[cannot-write]" in refused("compare", *words, "--page", words[0], "--force")
        assert "this is a folder" in refused("compare", *words, "--page", str(results))
    page_file = results / "page.html"
    lunarflag("compare", str(one), "--page", str(page_file))
    assert "[exists]" in refused("compare", str(one), "--page", str(page_file))
    page_file.write_text("")
    lunarflag("compare", str(one), "--page", str(page_file), "--force")
    assert "<html" in page_file.read_text()
    assert one.read_bytes() == before
    assert not list(results.glob("*.new"))


def test_options_of_runs_are_refused_beside_results(results: Path) -> None:
    for words in (("--flag", "silica"), ("--all", "cloth"), ("--set", "sky.albedo=0.1"), ("--runs", "4")):
        assert f"{words[0]} belongs to a CASE" in refused("compare", f"{results}/a.h5", *words, code=2)


def test_a_candidate_with_an_unknown_surface_is_refused(results: Path) -> None:
    error = refused("compare", f"{results}/sheet.toml", "--flag", "nylon66:red_prin", "--flag", "silica")
    assert "did you mean 'red_print'?" in error
    assert "[unknown-surface]" in error


def refused(*words: str, code: int = 3) -> str:
    done = called(*words)
    assert (done.returncode, done.stdout) == (code, "")
    return done.stderr


def lunarflag(*words: str) -> str:
    done = called(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def called(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "thermal.cli.main", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
