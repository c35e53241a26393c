"""Engine for Dask: a local cluster, or any scheduler whose workers see the study directory."""

from __future__ import annotations

import contextlib
import importlib.util
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thermal.core.errors import EnvironmentProblemError, Problem
from thermal.study.engines import Range, limit_threads
from thermal.study.execution.worker import run_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

RANGES_A_WORKER = 32
"""Ranges that each worker gets in the mean."""

QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
}
"""Diagnostics that cost time in every worker and that a sweep has no use for."""

WORKERS_ELSEWHERE = 32
"""Workers that a scheduler elsewhere is thought to have: it sets the size of the ranges alone."""


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """Workers of a Dask cluster.

    Parameters
    ----------
    scheduler
        Address such as ``"tcp://node1:8786"``; empty for a cluster of our own on this machine.
    jobs
        Worker processes of our own cluster.
    threads
        Threads that each member may use.
    tell
        Receives one line about the dashboard.

    """

    scheduler: str
    jobs: int
    threads: int
    tell: Callable[[str], None]

    def chunk(self, members: int) -> int:
        """Members that one range should have."""
        workers = WORKERS_ELSEWHERE if self.scheduler else self.jobs
        return max(1, members // (workers * RANGES_A_WORKER))

    def run(self, directory: Path, rounds: Iterator[list[Range]]) -> None:
        """Have each range of every round tried by the cluster's workers.

        Raises
        ------
        EnvironmentProblemError
            No scheduler answers at the address, or its workers do not see the study directory.
        ProblemError
            A worker could not open the study.

        """
        from distributed import as_completed

        limit_threads(self.threads)
        where = str(directory.resolve())
        with self._client() as client:
            dashboard = _dashboard(client, local=not self.scheduler)
            if dashboard:
                self.tell(f"Dask dashboard: {dashboard}")
            _check_sight(client, where)
            for ranges in rounds:
                # Impure: a range that is given out again must not be answered from Dask's memory.
                futures = [client.submit(run_range, where, start, stop, pure=False) for start, stop in ranges]
                for future in as_completed(futures):
                    _raise_unless_worker_died(future)

    @contextlib.contextmanager
    def _client(self) -> Iterator[Any]:
        import dask
        from distributed import Client, LocalCluster

        if not self.scheduler:
            # Without bokeh there is no dashboard, only its address.
            dashboard = ":0" if importlib.util.find_spec("bokeh") else None
            with (
                dask.config.set(QUIET),
                LocalCluster(
                    n_workers=self.jobs, threads_per_worker=1, dashboard_address=dashboard
                ) as cluster,
                Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = Client(self.scheduler, timeout="5s")
        except (OSError, ValueError) as error:
            raise EnvironmentProblemError(
                Problem(
                    "dask-unreachable",
                    self.scheduler,
                    f"no Dask scheduler answers there ({error})",
                    "start one by: dask scheduler; dask worker ADDRESS --nworkers 2 --nthreads 1",
                )
            ) from error
        with client:
            yield client


def _dashboard(client: Any, *, local: bool) -> str:
    """Address of the dashboard; empty where there is none: without bokeh Dask only reserves the port."""
    services = client.scheduler_info().get("services", {})
    there = "dashboard" in services and not (local and importlib.util.find_spec("bokeh") is None)
    return str(client.dashboard_link) if there else ""


def _check_sight(client: Any, directory: str) -> None:
    """Raise unless every worker sees the study directory.

    Raises
    ------
    EnvironmentProblemError
        Some do not.

    """
    sight = client.run(os.path.isfile, os.path.join(directory, "plan.json"))  # noqa: PTH118  (runs on workers)
    blind = sorted(worker for worker, sees in sight.items() if not sees)
    if blind:
        raise EnvironmentProblemError(
            Problem(
                "study-not-shared",
                directory,
                f"the Dask worker {blind[0]} does not see it",
                "put the study on a file system that all workers share",
            )
        )


def _raise_unless_worker_died(future: Any) -> None:
    from distributed import KilledWorker

    error = future.exception()
    if error is not None and not isinstance(error, KilledWorker):
        raise error
