"""The batch script on a real Slurm: arrays that start anywhere, and some of their tasks again."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sweep_command import ROOT, Sweep, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from slurm_cluster import SlurmCluster

SCRIPT = ROOT / "containers" / "slurm" / "array.sbatch"
MEMBERS = [float(number) for number in range(20)]


@pytest.fixture
def site(slurm: SlurmCluster, tmp_path: Path) -> Sweep:
    """A planned study on a cluster whose `apptainer run IMAGE` starts this very Python."""
    tools = tmp_path / "tools"
    tools.mkdir()
    starter = tools / "apptainer"
    starter.write_text(
        "#!/bin/bash\n"
        'while [ "$1" != sweep ]; do shift; done\n'
        f'exec {sys.executable} -m thermal.cli.main "$@"\n'
    )
    starter.chmod(0o755)
    sweep = Sweep(tmp_path, slurm.environment)
    sweep.environment["PATH"] = f"{tools}:{sweep.environment['PATH']}"
    sweep.plan(MEMBERS)
    return sweep


def submit(sweep: Sweep, slurm: SlurmCluster, array: str, *more: str) -> None:
    words = ["sbatch", "--parsable", f"--array={array}", f"--chdir={sweep.folder}", str(SCRIPT)]
    done = subprocess.run(
        [*words, str(sweep.directory), str(len(MEMBERS)), *more],
        env=sweep.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    job = done.stdout.strip()
    wait_until(lambda: not slurm.ask("squeue", "--noheader", f"--jobs={job}"))


@pytest.mark.parametrize("array", ["0-3", "1-10", "2-8:2"])
def test_an_array_covers_all_members_wherever_it_starts(site: Sweep, slurm: SlurmCluster, array: str) -> None:
    submit(site, slurm, array)
    assert sorted(site.done()) == list(range(len(MEMBERS)))


def test_tasks_that_are_submitted_again_run_their_own_shares(site: Sweep, slurm: SlurmCluster) -> None:
    submit(site, slurm, "3,7", "10")
    assert sorted(site.done()) == [6, 7, 14, 15]


def test_gaps_without_the_number_of_tasks_are_refused(site: Sweep, slurm: SlurmCluster) -> None:
    submit(site, slurm, "3,7")
    assert not site.done()
    logs = [file.read_text() for file in site.folder.glob("lunarflag-*.log")]
    assert len(logs) == 2
    assert all("the array has gaps: give the number of tasks" in log for log in logs)
