"""Distributions and correlations of inputs, against closed forms."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import kstest, spearmanr, triang

from thermal.core.errors import CaseError
from thermal.study.design.latin_hypercube import nested_latin_hypercube
from thermal.study.design.plan import make_plan
from thermal.study.design.study_file import load_study

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from sweep_command import Sweep

HEAD = 'schema_version = 1\nmodel = "ishigami"\n[[axis]]\nkind = "{kind}"\ncount = {count}\nseed = 5\n'
TRIANGULAR = """\
[[axis.input]]
key = "{key}"
distribution = "triangular"
low = "{low}"
mode = "{mode}"
high = "{high}"
"""
EMPIRICAL = """\
[[axis.input]]
key = "e"
distribution = "empirical"
values = [{values}]
"""
UNIFORM = '[[axis.input]]\nkey = "{key}"\ndistribution = "uniform"\nlow = {low}\nhigh = {high}\n'
CORRELATION = '[[axis.correlation]]\nkeys = ["{one}", "{other}"]\nrank = {rank}\n'


def drawn(
    folder: Path, *inputs: str, kind: str = "latin_hypercube", count: int = 4096
) -> dict[str, list[str]]:
    path = folder / "s.toml"
    path.write_text(HEAD.format(kind=kind, count=count) + "".join(inputs))
    plan = make_plan(load_study(path))
    return {key: [member.patch[key] for member in plan.members] for key in plan.keys}


def numbers(texts: list[str]) -> NDArray[np.float64]:
    return np.array([float(text.split()[0]) for text in texts])


def refusal(folder: Path, *inputs: str, kind: str = "latin_hypercube") -> str:
    with pytest.raises(CaseError) as caught:
        drawn(folder, *inputs, kind=kind, count=4)
    return "; ".join(str(problem) for problem in caught.value.problems)


def test_a_triangular_input_has_the_triangular_distribution_in_the_unit_of_its_low_end(
    tmp_path: Path,
) -> None:
    texts = drawn(tmp_path, TRIANGULAR.format(key="t", low="10 mm", mode="2 cm", high="0.05 m"))["t"]
    assert all(text.endswith(" mm") for text in texts)
    # One point in each of 4096 slices: no quantile is off by more than a slice.
    assert kstest(numbers(texts), triang(c=0.25, loc=10.0, scale=40.0).cdf).statistic < 1.0 / 4096


@pytest.mark.parametrize("mode", ["10 mm", "50 mm"])
def test_a_triangular_input_may_have_its_mode_at_an_end(tmp_path: Path, mode: str) -> None:
    texts = drawn(tmp_path, TRIANGULAR.format(key="t", low="10 mm", mode=mode, high="50 mm"))["t"]
    third = 10.0 + 40.0 * (1.0 / 3.0 if mode.startswith("10") else 2.0 / 3.0)
    assert math.isclose(float(numbers(texts).mean()), third, rel_tol=1e-3)


def test_an_empirical_input_is_drawn_between_what_was_measured(tmp_path: Path) -> None:
    text = EMPIRICAL.format(values="5.0, 1.0, 2.0") + 'unit = "W/K"\n'
    found = np.sort(numbers(drawn(tmp_path, text)["e"]))
    # Half of the draws lie between 1 and 2, half between 2 and 5, evenly in each.
    expected = np.where(np.arange(4096) < 2048, 1.0, 2.0)
    ramp = (np.arange(4096) % 2048 + 0.5) / 2048.0
    assert np.abs(found - (expected + ramp * np.where(expected < 1.5, 1.0, 3.0))).max() < 3.0 / 2048.0
    mixed = drawn(tmp_path, EMPIRICAL.format(values='"0 degC", "283.15 K"'))["e"]
    assert all(text.endswith(" degC") for text in mixed)
    assert 9.9 < numbers(mixed).max() <= 10.0


def test_bad_distributions_are_refused_in_one_sentence(tmp_path: Path) -> None:
    assert "do not ascend" in refusal(tmp_path, TRIANGULAR.format(key="t", low="1 m", mode="3 m", high="2 m"))
    assert "all values are equal" in refusal(tmp_path, EMPIRICAL.format(values="1.0, 1.0"))
    assert "kg" in refusal(tmp_path, EMPIRICAL.format(values='"1 m", "1 kg"'))


def test_a_latin_hypercube_has_one_point_a_slice_and_grows_by_doubling() -> None:
    for count in (96, 100, 7):
        points = nested_latin_hypercube(count, 3, seed=1)
        for column in points.T:
            assert sorted(np.floor(column * count)) == list(range(count))
    assert np.array_equal(nested_latin_hypercube(192, 3, seed=1)[:48], nested_latin_hypercube(48, 3, seed=1))
    apart = nested_latin_hypercube(1024, 2, seed=1)
    assert abs(spearmanr(*apart.T).statistic) < 0.1  # a deviation of 1 / sqrt(1024) is expected


def test_correlated_inputs_keep_their_distributions_and_have_the_rank_correlation(tmp_path: Path) -> None:
    inputs = [
        UNIFORM.format(key="a", low=0, high=1),
        TRIANGULAR.format(key="b", low="0", mode="1", high="4"),
        UNIFORM.format(key="c", low=0, high=1),
        CORRELATION.format(one="b", other="a", rank=-0.6),
    ]
    texts = drawn(tmp_path, *inputs, count=16384)
    a, b, c = (numbers(texts[key]) for key in "abc")
    # The deviation of a rank correlation is (1 - 0.36) / sqrt(16384) = 0.005; 0.008 where there is none.
    assert abs(spearmanr(a, b).statistic + 0.6) < 0.02
    assert abs(spearmanr(a, c).statistic) < 0.03
    for values, cdf in ((a, "uniform"), (c, "uniform"), (b, triang(c=0.25, scale=4.0).cdf)):
        assert kstest(values, cdf).pvalue > 1e-3


def test_correlations_that_cannot_be_are_refused(tmp_path: Path) -> None:
    three = [UNIFORM.format(key=key, low=0, high=1) for key in "abc"]
    pair = CORRELATION.format(one="a", other="b", rank=0.5)
    assert "'d' is no input" in refusal(tmp_path, *three, CORRELATION.format(one="a", other="d", rank=0.5))
    assert "stands twice" in refusal(tmp_path, *three, pair, pair)
    contradiction = [
        CORRELATION.format(one=one, other=other, rank=rank)
        for one, other, rank in (("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9))
    ]
    assert "contradict each other" in refusal(tmp_path, *three, *contradiction)
    assert "one input at a time" in refusal(tmp_path, *three, pair, kind="morris")
    assert "explain all of the variance" in refusal(tmp_path, *three[:2], pair, kind="sobol")


def test_correlated_inputs_have_one_sobol_index_which_is_exact(sweep: Sweep) -> None:
    """y = g(x1, x3) + a sin^2 x2: the share of x2 follows from the variance of g, by quadrature."""
    inputs = "".join(UNIFORM.format(key=key, low=-math.pi, high=math.pi) for key in ("x1", "x2", "x3"))
    # g = sin x1 (1 + b x3^4) is even in x3, so that its correlation with x1 works through squares.
    text = HEAD.format(kind="sobol", count=4096) + inputs + CORRELATION.format(one="x1", other="x3", rank=0.8)
    path = sweep.folder / "s.toml"
    path.write_text(text)
    sweep.call("plan", str(path), "-o", str(sweep.directory))
    sweep.run("--jobs", "2")
    rows = json.loads(sweep.call("collect", str(sweep.directory), "--json").stdout)["sensitivities"]
    assert {row["input"] for row in rows} == {"x1 + x3", "x2"}
    pearson = 2.0 * math.sin(math.pi * 0.8 / 6.0)
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    weights = weights / weights.sum()
    first, second = np.meshgrid(nodes, nodes, indexing="ij")
    weight = np.outer(weights, weights)
    cdf = np.vectorize(lambda z: 0.5 * math.erfc(-z / math.sqrt(2.0)))
    x1 = math.pi * (2.0 * cdf(first) - 1.0)
    x3 = math.pi * (2.0 * cdf(pearson * first + math.sqrt(1.0 - pearson**2) * second) - 1.0)
    g = np.sin(x1) * (1.0 + 0.1 * x3**4)
    variance = float((weight * g**2).sum() - (weight * g).sum() ** 2)
    share = 49.0 / 8.0 / (49.0 / 8.0 + variance)
    found = {row["input"]: row for row in rows}
    assert abs(found["x2"]["first"] - share) < 0.02
    assert abs(found["x1 + x3"]["total"] - (1.0 - share)) < 0.02
