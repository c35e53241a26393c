"""The verdict on a terminal: what was never tested is marked, not passed over."""

import io

from rich.console import Console

from thermal.report.text import render


def shown(*findings):
    summary = {
        "case": {"title": "t", "name": "n", "start": "2020-12-03T15:10:00Z", "latitude_deg": 43.06}
        | {"longitude_deg": -51.92, "stack": "nominal"},
        "run": {"complete": True, "time_s": 86400.0, "vertices": 4, "outputs": 2, "steps": 3, "rejected": 0},
        "cycle": None,
        "years": None,
        "summary": {},
        "probes": {},
        "ledger": {},
        "verdict": {"line": "lasts", "findings": findings, "notes": []},
    }
    console = Console(width=80, file=io.StringIO())
    console.print(render(summary, provenance=False))
    return console.file.getvalue()


def finding(cause, *, extrapolated, now):
    times = dict.fromkeys(("years", "low_years", "high_years"))
    numbers = {"unit": "K", "now": now, "limit": 0.0, **times}
    return {"cause": cause, "status": "lasts", "extrapolated": extrapolated, **numbers}


def test_a_limit_that_is_only_the_coldest_test_is_marked():
    text = shown(
        finding("cold limit", extrapolated=True, now=-3.09),
        finding("hot limit", extrapolated=False, now=145.0),
    )
    assert "lasts*" in next(line for line in text.splitlines() if line.startswith("cold limit"))
    assert "lasts*" not in next(line for line in text.splitlines() if line.startswith("hot limit"))
    assert "* beyond what the material was tested to" in text


def test_without_such_a_limit_there_is_no_footnote():
    assert "*" not in shown(finding("hot limit", extrapolated=False, now=145.0))
