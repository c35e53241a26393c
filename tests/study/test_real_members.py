"""Members of the reference case on every engine, each with a worker killed: one table, to the byte."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import h5py
import pytest
from sweep_command import ROOT, SLURM, Sweep

from thermal.study.execution.store import Reader

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from slurm_cluster import SlurmCluster

STUDY = """\
schema_version = 1
title = "Conductance of the first joint"
base = "{base}"
[set]
"mesh.size" = "100 mm"
"run.duration" = "{duration}"
"output.every" = "1 day"
[[axis]]
kind = "list"
key = "joint.0.conductance"
values = [{values}]
"""
BASE = ROOT / "cases" / "change5-reference.toml"
FEW, TEN = 4, 10


def plan(folder: Path, members: int, environment: dict[str, str] | None = None) -> Sweep:
    sweep = Sweep(folder, environment)
    values = ", ".join(f'"{0.1 * (number + 1):.1f} W/K"' for number in range(members))
    duration = "6 day" if members == FEW else "1 lunation"
    study = folder / "study.toml"
    study.write_text(STUDY.format(base=BASE, duration=duration, values=values))
    sweep.call("plan", str(study), "-o", str(sweep.directory))
    return sweep


def tables(sweep: Sweep) -> tuple[bytes, bytes]:
    csv = sweep.collect()
    assert {row["status"] for row in sweep.rows()} == {"ok"}
    return csv, (sweep.directory / "table.h5").read_bytes()


def kill_one_worker(sweep: Sweep, process: subprocess.Popen[bytes]) -> None:
    """Kill the worker that wrote the first record, while members are open."""
    sweep.wait_for(1, process)
    worker = next(iter(Reader(sweep.directory).refresh().values())).worker
    os.kill(int(worker.rpartition(":")[2]), signal.SIGKILL)


def on_processes(folder: Path, members: int) -> tuple[bytes, bytes]:
    sweep = plan(folder, members)
    process = sweep.start("--jobs", "2", "--chunk", "1")
    kill_one_worker(sweep, process)
    assert process.wait(300) == 0, (folder / "run.log").read_text()
    return tables(sweep)


def on_dask(folder: Path, members: int) -> tuple[bytes, bytes]:
    sweep = plan(folder, members)
    process = sweep.start("--dask", "--jobs", "2", "--chunk", "1")
    kill_one_worker(sweep, process)
    assert process.wait(300) == 0, (folder / "run.log").read_text()
    return tables(sweep)


def on_slurm(folder: Path, members: int, slurm: SlurmCluster) -> tuple[bytes, bytes]:
    sweep = plan(folder, members, slurm.environment)
    process = sweep.start(*SLURM, "--chunk", "1")
    kill_one_worker(sweep, process)
    assert process.wait(300) == 0, (folder / "run.log").read_text()
    return tables(sweep)


def test_members_of_the_reference_case_give_one_table_on_every_engine(
    slurm: SlurmCluster, tmp_path: Path
) -> None:
    assert_one_table(slurm, tmp_path, FEW)


@pytest.mark.slow
def test_ten_members_over_a_lunation_give_one_table_on_every_engine(
    slurm: SlurmCluster, tmp_path: Path
) -> None:
    assert_one_table(slurm, tmp_path, TEN)


def assert_one_table(slurm: SlurmCluster, folder: Path, members: int) -> None:
    for name in ("processes", "dask", "slurm"):
        (folder / name).mkdir()
    expected = on_processes(folder / "processes", members)
    assert on_dask(folder / "dask", members) == expected
    assert on_slurm(folder / "slurm", members, slurm) == expected


def test_the_table_has_numbers_with_units_and_the_same_bytes_at_another_time(sweep: Sweep) -> None:
    sweep.plan([2.0, 1.0])
    sweep.run("--jobs", "1")
    sweep.collect()
    file = sweep.directory / "table.h5"
    first = file.read_bytes()
    time.sleep(1.1)  # HDF5's stamps have whole seconds
    sweep.collect()
    assert file.read_bytes() == first
    with h5py.File(file) as table:
        assert table["inputs/x"][()].tolist() == [2.0, 1.0]
        assert table["inputs/x"].attrs["units"] == ""
        assert list(table["inputs"].attrs["columns"]) == ["x"]
