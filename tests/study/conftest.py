"""What the tests of studies share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from slurm_cluster import SlurmCluster, why_not
from sweep_command import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def sweep(tmp_path: Path) -> Sweep:
    return Sweep(tmp_path)


@pytest.fixture(scope="session")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlurmCluster]:
    reason = why_not()
    if reason and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"in CI Slurm may not be missing: {reason}")
    if reason:
        pytest.skip(reason)
    with SlurmCluster(tmp_path_factory.mktemp("slurm")) as cluster:
        yield cluster
