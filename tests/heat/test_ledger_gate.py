"""The ledger gates a run, but not one that absorbs next to nothing."""

import pytest

import thermal
from thermal import simulation
from thermal.core.errors import LedgerError

CASE = "cases/change5-reference.toml"
COARSE = {"mesh.size": '"100 mm"', "mesh.edge_size": '"20 mm"'}


def test_a_minute_at_night_is_not_failed_for_a_trifle(pytestconfig):
    night = {**COARSE, "sky.start": "2020-12-26T10:00:00Z", "run.duration": '"1 min"'}
    case = thermal.load_case(pytestconfig.rootpath / CASE, night)
    states = list(thermal.simulate(case))
    assert states[-1].time_s == pytest.approx(60.0)


def test_an_open_ledger_fails_the_run(pytestconfig, monkeypatch):
    case = thermal.load_case(pytestconfig.rootpath / CASE, {**COARSE, "run.duration": '"2 h"'})
    monkeypatch.setattr(simulation, "LEDGER_TOLERANCE", 1e-18)
    monkeypatch.setattr(simulation, "LEDGER_K", 1e-18)
    with pytest.raises(LedgerError, match="open"):
        list(thermal.simulate(case))
