"""Workers that start together: one compiles, the others wait for it and find the cache filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sweep_command import Sweep


@pytest.mark.parametrize("deadly", [False, True], ids=["undisturbed", "killed at it"])
def test_one_worker_compiles_and_no_member_runs_before(sweep: Sweep, *, deadly: bool) -> None:
    log, trap = sweep.folder / "log", sweep.folder / "trap"
    sweep.environment |= {"COMPILED": str(log), "DEADLY": str(trap)}
    sweep.plan([float(x) for x in range(40)], pause=0.02, model="Compiled")
    if deadly:
        trap.touch()
    sweep.run("--jobs", "3")
    sweep.collect()
    assert {row["found"] for row in sweep.rows()} == {"compiled"}
    assert len(log.read_text().splitlines()) == 1
    assert not trap.exists()
    sweep.run("--jobs", "3", "--retry-failed")
    assert len(log.read_text().splitlines()) == 1
