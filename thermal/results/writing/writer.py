"""The one writer of result files."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Self

import h5py
import numpy as np

from thermal.core.errors import CaseError, EnvironmentProblemError, Problem
from thermal.results.groups.checkpoint import (
    Checkpoint,
    checkpoint_path,
    cut_back,
    growing_rows,
    write_checkpoint,
)
from thermal.results.groups.series import Series
from thermal.results.groups.sky import EnvironmentLike, SkyTable
from thermal.results.groups.snapshots import put_snapshot
from thermal.results.layout.hdf import put, put_text
from thermal.results.layout.head import write_head
from thermal.results.layout.plain import plain
from thermal.results.layout.quantities import FieldInfo
from thermal.results.layout.vtkhdf import VtkHdf
from thermal.results.writing.disk import DiskReserve, is_written_to, reason
from thermal.results.writing.paths import partial_path

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from thermal.heat.time.snapshot import Snapshot
    from thermal.results.groups.inputs import Inputs
    from thermal.results.groups.steps import StepLog
    from thermal.results.layout.field import Field
    from thermal.results.writing.state import StateLike

_READABLE_BY: Final = ("earliest", "v110")
"""HDF5 releases that can open the file: ParaView and cluster installations lag behind."""


_FIELDS: Final = ("temperature", "front_temperature", "back_temperature")

_OVERHEAD: Final = 2_000_000
"""Bytes that an output may need beside its fields: a new chunk of every column, and texts."""


class ResultWriter:
    """Writes a run to ``NAME.partial`` and renames it to ``NAME`` when the run is complete.

    Use it as a context manager, in one process only (rank 0). Every output is flushed, so that a killed run
    leaves a file that can be read; memory does not grow with the length of the run.

    Parameters
    ----------
    path
        The result file to be; see :func:`thermal.results.check_output` for what is refused beforehand.
    inputs
        The case and its data.
    log
        Parts, probes and the rows of the steps between outputs; it must observe the run.
    environment
        The sky, or None for a run under loads of one's own.
    ranks
        Processes of the run, for the record.
    resume
        Rows at the checkpoint from which a partial file goes on; None starts a new one.

    """

    def __init__(
        self,
        path: Path,
        inputs: Inputs,
        log: StepLog,
        *,
        environment: EnvironmentLike | None = None,
        ranks: int = 1,
        resume: Mapping[str, int] | None = None,
    ) -> None:
        self.path = path
        self.partial, self.checkpoint = partial_path(path), checkpoint_path(path)
        self._resume = resume
        self.mesh = log.mesh
        self._log = log
        self._inputs, self._environment, self._ranks = inputs, environment, ranks
        self._file: h5py.File | None = None
        self._vtk: VtkHdf | None = None
        self._series: Series | None = None
        self._sky: SkyTable | None = None
        self.outputs = 0

    def __enter__(self) -> Self:
        with self._on_disk():
            self._check_free()
            if self._resume is not None:
                self._reopen(self._resume)
                return self
            self.checkpoint.unlink(missing_ok=True)
            self.partial.unlink(missing_ok=True)
            self._file = h5py.File(self.partial, "w", libver=_READABLE_BY)
            self._reserve = DiskReserve(self.partial)
            try:
                self._take(self.mesh.points.nbytes + 4 * self.mesh.triangles.nbytes)
            except OSError:
                self._discard()
                raise
            write_head(self._file, self._inputs, self.mesh, self._ranks)
            self._file.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            with self._on_disk():
                self._take(0)
                self._log.write(self._open())
                self._open().attrs["complete"] = True
                self._close()
                self.partial.replace(self.path)
                self.checkpoint.unlink(missing_ok=True)
            return
        with suppress(OSError):  # the error of the run counts
            self._take(0)
            self._log.write(self._open())
        if self.outputs or self.checkpoint.exists():
            self._close()
        else:
            self._discard()

    def _check_free(self) -> None:
        """Refuse to touch the file of a run that goes on."""
        if self.partial.exists() and is_written_to(self.partial):
            message = "another run is writing to this file"
            raise CaseError(
                Problem("result-locked", str(self.partial), message, "wait for it, or name another")
            )

    def _reopen(self, rows: Mapping[str, int]) -> None:
        """Go on with a partial file from its checkpoint."""
        self._file = h5py.File(self.partial, "r+", libver=_READABLE_BY)
        self._reserve = DiskReserve(self.partial)
        self._take(0)
        cut_back(self._file, rows)
        if "series/time" in self._file:
            self._vtk = VtkHdf(self._file, self.mesh, _FIELDS)
            self.outputs = len(self._file["series/time"])

    def _discard(self) -> None:
        """Close and remove a file that holds nothing."""
        self._close()
        self.partial.unlink(missing_ok=True)

    def _close(self) -> None:
        """Close the file and give back the room it did not need."""
        file = self._open()
        file.flush()
        size = file.id.get_filesize()
        file.close()
        self._reserve.release(size)

    def _take(self, size: int) -> None:
        """Set room aside for arrays of a size in bytes and for what HDF5 adds to them."""
        self._reserve.take(self._open(), size + _OVERHEAD)

    def write(self, state: StateLike) -> None:
        """Add an output and flush it.

        Parameters
        ----------
        state
            A state that the run yielded.

        Raises
        ------
        EnvironmentProblemError
            If the disk takes no more.

        """
        parts = (state.temperature, state.front, state.back)
        fields = {name: self.mesh.join(values) for name, values in zip(_FIELDS, parts, strict=True)}
        with self._on_disk():
            file = self._open()
            self._take(sum(field.nbytes for field in fields.values()))
            if self._vtk is None or self._series is None:
                self._vtk = VtkHdf(file, self.mesh, _FIELDS)
                self._series = Series(file, self.mesh, self._log.probes, self._inputs.start_text, state)
                if self._environment is not None:
                    self._sky = SkyTable(file, self._environment, self._inputs.latitude)
            hour = self._sky.append_until(state.time_s) if self._sky else math.nan
            self._vtk.append(state.time_s, fields)
            self._series.append(state, fields["temperature"], hour)
            self._log.write(file)
            file.flush()
            self.outputs += 1

    def write_checkpoint(self, snapshot: Snapshot, observer: Mapping[str, NDArray[np.generic]]) -> None:
        """Write down what it takes to go on from here, beside the file; the group ``checkpoint`` leads there.

        Parameters
        ----------
        snapshot
            The integrator.
        observer
            State of the observer that judges endurance.

        Raises
        ------
        EnvironmentProblemError
            If the disk takes no more.

        """
        with self._on_disk():
            file = self._open()
            self._take(0)
            self._log.write(file)
            if "checkpoint" not in file:
                file["checkpoint"] = h5py.ExternalLink(self.checkpoint.name, "/")
            file.flush()
            rows = growing_rows(file)
            write_checkpoint(self.checkpoint, Checkpoint(self._inputs.sha256, snapshot, rows, observer))

    def write_end(self, snapshot: Snapshot) -> None:
        """Store the integrator at the end of the run in the group ``checkpoint`` of the result itself."""
        with self._on_disk():
            file = self._open()
            self._take(sum(values.nbytes for values in snapshot.fields.values()))
            if "checkpoint" in file:
                del file["checkpoint"]
            put_snapshot(file.create_group("checkpoint"), snapshot)

    def write_group(self, name: str, fields: Mapping[str, Field]) -> None:
        """Add a group of arrays, once; one value a vertex also shows in ParaView.

        Parameters
        ----------
        name
            Name of the group, such as ``"endurance"``.
        fields
            Arrays with unit and long name. An array of as many values as the joint mesh has vertices, in
            the order of its parts, becomes point data of every step.

        """
        with self._on_disk():
            self._take(sum(np.asarray(field.values).nbytes for field in fields.values()))
            group = self._open().require_group(name)
            for key, field in fields.items():
                info = FieldInfo(key, "", field.long_name, field.unit)
                dataset = put(group, info, field.values, compress=np.ndim(field.values) > 0)
                if self._vtk is not None and np.shape(field.values) == (len(self.mesh.points),):
                    self._vtk.add_static(info, dataset)
            self._open().flush()

    def write_verdict(self, verdict: Mapping[str, Any]) -> None:
        """Store the verdict, any nesting of mappings, lists, texts and numbers, as JSON."""
        text = json.dumps(plain(verdict), indent=1)
        with self._on_disk():
            self._take(len(text))
            group = self._open().require_group("verdict")
            put_text(
                group, FieldInfo("json", "", "verdict on the flag, JSON; units end the names", "1"), text
            )
            group.attrs["line"] = str(verdict.get("line", ""))
            self._open().flush()

    def _open(self) -> h5py.File:
        if self._file is None:
            raise RuntimeError("ResultWriter writes inside its `with` block only")
        return self._file

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        """Turn what the disk says into one sentence."""
        try:
            yield
        except OSError as error:
            kept = f"; {self.partial} holds the {self.outputs} outputs written before" if self.outputs else ""
            raise EnvironmentProblemError(
                Problem(
                    "disk-full",
                    str(self.path),
                    f"the result cannot be written ({reason(error)}){kept}",
                    "make room or take another folder by -o",
                )
            ) from error
