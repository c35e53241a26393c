"""The same table whoever runs the members, and whatever is killed meanwhile."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from distributed import LocalCluster
from sweep_command import SLURM, Sweep, wait_until

from thermal.study.execution.store import Reader

if TYPE_CHECKING:
    import subprocess

    from slurm_cluster import SlurmCluster

MEMBERS = [float(number) for number in range(200)]
PAUSE = 0.015


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table of an undisturbed sweep on processes."""
    sweep = Sweep(tmp_path_factory.mktemp("undisturbed"))
    sweep.plan(MEMBERS, pause=PAUSE)
    sweep.run("--jobs", "2")
    table = sweep.collect()
    rows = sweep.rows()
    assert [float(row["y"]) for row in rows] == [x * x for x in MEMBERS]
    assert {row["status"] for row in rows} == {"ok"}
    assert len(list((sweep.directory / "results").glob("*.jsonl"))) == 2
    return table


def assert_complete(sweep: Sweep, expected: bytes) -> None:
    """The table is the expected one; no member is lost, none was run twice to completion."""
    assert sweep.collect() == expected
    counts = sweep.done()
    assert sorted(counts) == list(range(len(MEMBERS)))
    assert set(counts.values()) == {1}


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """Worker processes below a sweep."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                words = (entry / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == process.pid and b"spawn_main" in words:
                found.append(int(entry.name))
    return sorted(found)


def test_processes_survive_the_death_of_a_worker_and_of_the_command(sweep: Sweep, expected: bytes) -> None:
    sweep.plan(MEMBERS, pause=PAUSE)
    process = sweep.start("--jobs", "2")
    sweep.wait_for(30, process)
    os.kill(children(process)[0], signal.SIGKILL)
    sweep.wait_for(80, process)
    process.kill()
    process.wait()
    assert len(sweep.done()) < len(MEMBERS)
    sweep.run("--jobs", "2")
    assert_complete(sweep, expected)


def test_two_commands_beside_each_other_share_the_work(sweep: Sweep, expected: bytes) -> None:
    sweep.plan(MEMBERS, pause=PAUSE)
    processes = [sweep.start("--jobs", "1") for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert_complete(sweep, expected)


def test_sigterm_stops_resumably(sweep: Sweep, expected: bytes) -> None:
    sweep.plan(MEMBERS, pause=PAUSE)
    process = sweep.start("--jobs", "2")
    sweep.wait_for(20, process)
    process.terminate()
    assert process.wait(10) == 7
    assert "members open" in (sweep.folder / "run.log").read_text()
    sweep.run("--jobs", "2")
    assert_complete(sweep, expected)


def test_dask_gives_the_same_table_though_a_worker_is_killed(sweep: Sweep, expected: bytes) -> None:
    sweep.plan(MEMBERS, pause=PAUSE)
    process = sweep.start("--dask", "--jobs", "2", "--chunk", "10")
    sweep.wait_for(40, process)
    workers = {int(record.rpartition(":")[2]) for record in _workers(sweep)}
    os.kill(workers.pop(), signal.SIGKILL)
    assert process.wait(60) == 0, (sweep.folder / "run.log").read_text()
    assert_complete(sweep, expected)


def _workers(sweep: Sweep) -> set[str]:
    return {record.worker for record in Reader(sweep.directory).refresh().values()}


def test_slurm_gives_the_same_table(slurm: SlurmCluster, tmp_path: Path, expected: bytes) -> None:
    sweep = Sweep(tmp_path, slurm.environment)
    sweep.plan(MEMBERS, pause=PAUSE)
    said = sweep.run(*SLURM, "--chunk", "50").stderr
    assert "submitted Slurm job" in said
    assert_complete(sweep, expected)


def test_slurm_survives_the_death_of_its_node_and_of_the_command(
    slurm: SlurmCluster, tmp_path: Path, expected: bytes
) -> None:
    sweep = Sweep(tmp_path, slurm.environment)
    sweep.plan(MEMBERS, pause=PAUSE)
    process = sweep.start(*SLURM, "--chunk", "50")
    sweep.wait_for(10, process)
    slurm.kill_node()
    process.kill()
    process.wait()
    slurm.start_node()
    assert "which is still queued" in sweep.run(*SLURM, "--chunk", "50").stderr
    assert_complete(sweep, expected)


def test_slurm_job_that_is_cancelled_can_be_resumed(
    slurm: SlurmCluster, tmp_path: Path, expected: bytes
) -> None:
    sweep = Sweep(tmp_path, slurm.environment)
    sweep.plan(MEMBERS, pause=PAUSE)
    process = sweep.start(*SLURM, "--chunk", "50")
    sweep.wait_for(5, process)
    process.terminate()
    assert process.wait(10) == 7
    slurm.ask("scancel", (sweep.directory / "slurm" / "job").read_text())
    wait_until(lambda: not slurm.ask("squeue", "--noheader"))
    sweep.run("--jobs", "2")
    assert_complete(sweep, expected)


def test_dask_cluster_elsewhere_runs_members_and_its_dashboard_is_named(sweep: Sweep) -> None:
    sweep.plan([1.0, 2.0, 3.0])
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        said = sweep.run("--scheduler", cluster.scheduler_address).stderr
    assert f"Dask dashboard: {cluster.dashboard_link}" in said
    assert sweep.done() == {0: 1, 1: 1, 2: 1}
    assert "dask-unreachable" in sweep.run("--scheduler", "tcp://127.0.0.1:9", expect=6).stderr


def test_slurm_that_is_not_there_is_said_in_one_sentence(sweep: Sweep) -> None:
    sweep.plan([1.0])
    sweep.environment["PATH"] = "/nonexistent"
    assert "Slurm is not on this machine" in sweep.run("--slurm", expect=6).stderr
    assert sweep.run("--slurm", "--dask", expect=2).stderr
