"""Every shipped case runs: coarse, one day, the ledger closed, temperatures that the Moon can give."""

from pathlib import Path

import numpy as np
import pytest

CASES = sorted(file.stem for file in (Path(__file__).parents[2] / "cases").glob("*.toml"))


@pytest.mark.parametrize("name", CASES)
def test_a_case_runs_for_a_day_with_its_ledger_closed(coarse, last_state, name):
    case = coarse(name)
    state = last_state(case)
    assert state.time_s == pytest.approx(case.run.duration)
    assert state.ledger.residual_fraction < 1e-6
    ground = {"ground"} if name == "apollo-11" else set()
    assert set(state.temperature) == {"flag", *(tube.name for tube in case.tube)} | ground
    for field in (state.temperature, state.front, state.back):
        values = np.concatenate(list(field.values()))
        assert values.min() > 60.0
        assert values.max() < 420.0
