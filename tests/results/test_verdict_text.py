"""The verdict on a terminal: what was never tested is marked, not passed over."""

import io

from rich.console import Console

from thermal.endurance.finding import Finding, Place, Verdict
from thermal.report import text


def shown(*findings):
    verdict = Verdict("lasts", findings, horizon_years=30.0, observed_years=0.1, samples=1, seed=1)
    console = Console(width=80, file=io.StringIO())
    console.print(text._verdict(verdict.to_json()))
    return console.file.getvalue()


def finding(cause, *, extrapolated, now):
    return Finding(
        "service_margin", cause, 0.0, "K", Place("flag"), "lasts", now=now, extrapolated=extrapolated
    )


def test_a_limit_that_is_only_the_coldest_test_is_marked():
    lines = shown(
        finding("cold limit", extrapolated=True, now=-3.09),
        finding("hot limit", extrapolated=False, now=145.0),
    ).splitlines()
    assert "lasts*" in next(line for line in lines if line.startswith("cold limit"))
    assert "lasts*" not in next(line for line in lines if line.startswith("hot limit"))
    assert any(line.startswith("* beyond what the material was tested to") for line in lines)


def test_without_such_a_limit_there_is_no_footnote():
    assert "*" not in shown(finding("hot limit", extrapolated=False, now=145.0))
