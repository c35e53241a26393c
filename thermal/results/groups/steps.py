"""The group ``steps``: one row an accepted step.

Between two outputs a lunar sunset takes 100 K off a flag: extremes and probes are recorded at every step.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.parallel import Communicator
from thermal.results.groups.series import PartRows
from thermal.results.groups.series_reducer import Digest
from thermal.results.layout.hdf import Column, columns
from thermal.results.layout.mesh import JointMesh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import h5py
    from numpy.typing import NDArray

    from thermal.results.layout.mesh import Probe, Surface
    from thermal.results.writing.state import StepLike


class StepLog:
    """Observer that keeps a row of every accepted step until the next output writes them.

    Parameters
    ----------
    parts
        Every part by name, in the order in which its vertices are counted.
    probes
        Places to record.
    comm
        Communicator of the run: every rank observes, rank 0 writes.

    Raises
    ------
    CaseError
        If a probe is not on its part.

    """

    sees_masses = True
    """Bodies of one temperature have their rows too."""

    def __init__(
        self, parts: Mapping[str, Surface], probes: Sequence[Probe] = (), comm: Communicator = None
    ) -> None:
        self.mesh = JointMesh.of(parts)
        self.probes = {probe: self.mesh.find(probe) for probe in probes}
        self._comm = comm
        self._digest: Digest | None = None
        self._last: NDArray[np.float64] | None = None
        self._clock: list[tuple[float, float]] = []
        self._rows: list[NDArray[np.float64]] = []
        self._columns: dict[str, Column] | None = None
        self._parts: PartRows | None = None

    def observe(self, step: StepLike) -> None:
        """Take note of a step."""
        if self._digest is None:
            self._digest = Digest(self.mesh, tuple(self.probes.values()), step.vertex, self._comm)
        row = self._last = self._digest(step.temperature)
        if self._comm is None or self._comm.rank == 0:
            self._clock.append((step.time_s, step.step_s))
            self._rows.append(row)

    @property
    def extremes(self) -> tuple[float, float]:
        """Lowest and highest temperature of all parts at the last step, K; NaN before the first."""
        if self._last is None:
            return math.nan, math.nan
        parts = self._last[: 3 * len(self.mesh.names)]
        return float(parts[0::3].min()), float(parts[2::3].max())

    def write(self, root: h5py.File) -> None:
        """Write what was noted since the last time and forget it."""
        if self._columns is None or self._parts is None:
            group = root.require_group("steps")
            self._columns = columns(group, ("time", "step_size"))
            self._parts = PartRows(group, self.mesh, self.probes)
        if self._rows:
            times = np.array(self._clock)
            self._columns["time"].append(times[:, 0])
            self._columns["step_size"].append(times[:, 1])
            self._parts.append(np.array(self._rows))
            self._clock.clear()
            self._rows.clear()
