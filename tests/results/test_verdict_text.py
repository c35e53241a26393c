"""The verdict on a terminal: what was never tested is marked, not passed over."""

import io

from rich.console import Console

from thermal.endurance.verdict.finding import Finding, Place, Verdict
from thermal.report import text


def shown(*findings):
    verdict = Verdict("lasts", findings, horizon_years=30.0, observed_years=0.1, samples=1, seed=1)
    console = Console(width=80, file=io.StringIO())
    console.print(text._verdict(verdict.to_json()))
    return console.file.getvalue()


def finding(cause, *, extrapolated=False, now=None, status="lasts", missing=""):
    return Finding(
        "service_margin",
        cause,
        0.0,
        "K",
        Place("flag"),
        status,
        now=now,
        extrapolated=extrapolated,
        missing=missing,
    )


def test_a_limit_that_is_only_the_coldest_test_is_marked():
    lines = shown(
        finding("cold limit of the field", extrapolated=True, now=-3.09),
        finding("hot limit of the field", now=145.0),
    ).splitlines()
    assert any(line.startswith("  cold limit of field* ") for line in lines)
    assert any(line.startswith("  hot limit of field ") for line in lines)
    assert any(line.startswith("* beyond what the material was tested to") for line in lines)


def test_without_such_a_limit_there_is_no_footnote():
    assert "*" not in shown(finding("hot limit", now=145.0))


def test_findings_stand_under_their_status_one_a_line():
    lines = shown(
        finding("cold service limit of the field", now=-3.0, status="fails"),
        finding("stress margin at the arm's joints", now=31.6),
        finding("temperature of bar1", status="no data", missing="limits of x"),
        finding("temperature of bar2", status="no data", missing="limits of x"),
        finding("temperature of pole", status="no data", missing="limits of y"),
    ).splitlines()
    found = [line.rstrip() for line in lines]
    table = found[found.index("fails") : found.index("", found.index("fails"))]
    assert [line.split("  ")[1] if line.startswith("  ") else line for line in table] == [
        "fails",
        "cold service limit of field",
        "lasts",
        "stress margin at arm's joints",
        "no data",
        "temperature of bar1, bar2",
        "temperature of pole",
    ]
    assert max(map(len, lines)) <= 80
