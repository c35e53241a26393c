"""Checkpoints of a run: what it takes to go on after a kill.

A checkpoint is a file of its own beside ``NAME.partial``, written whole and put in place in one move: when a
run is killed, the last one is intact. It says how many rows every growing dataset of the partial file had;
what was written behind them is cut off before the run goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import h5py
import numpy as np

from thermal.core.errors import CaseError, Problem
from thermal.results.groups.snapshots import get_snapshot, put_snapshot
from thermal.results.layout.hdf import put, put_text
from thermal.results.layout.quantities import FieldInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.heat.time.snapshot import Snapshot

VERSION: Final = 5
"""Of the layout of checkpoints: a program goes on from its own layout only."""
AFTER_THE_LAST: Final = ("endurance", "years", "verdict")
"""Groups that are written when the run is over."""


@dataclass(frozen=True)
class Checkpoint:
    """A run between two steps.

    Parameters
    ----------
    case_sha256
        Hash of the resolved case.
    snapshot
        The integrator.
    rows
        Length of every growing dataset of the partial file, by path.
    observer
        State of the observer that judges endurance, arrays by name.

    """

    case_sha256: str
    snapshot: Snapshot
    rows: Mapping[str, int]
    observer: Mapping[str, NDArray[np.generic]]


def checkpoint_path(path: Path) -> Path:
    """Name of the checkpoint of a result file to be: ``change5.h5.checkpoint``."""
    return path.with_name(path.name + ".checkpoint")


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Put a checkpoint in place of the one before, in one move.

    Parameters
    ----------
    path
        The checkpoint's own file.
    checkpoint
        What to write.

    Raises
    ------
    OSError
        If the disk takes no more; the one before stays.

    """
    fresh = path.with_name(path.name + ".new")
    try:
        with h5py.File(fresh, "w") as file:
            file.attrs["version"] = VERSION
            file.attrs["case_sha256"] = checkpoint.case_sha256
            put_snapshot(file.create_group("integrator"), checkpoint.snapshot)
            put_text(file, FieldInfo("dataset", "", "datasets that grow", "1"), checkpoint.rows)
            lengths = np.array(list(checkpoint.rows.values()), "i8")
            put(file, FieldInfo("rows", "", "their lengths", "1"), lengths)
            group = file.create_group("observer")
            for name, values in checkpoint.observer.items():
                put(group, FieldInfo(name, "", "record of the observer of endurance", "1"), values)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_checkpoint(path: Path) -> Checkpoint | None:
    """Read a checkpoint; None for one of another layout.

    Raises
    ------
    OSError
        If it cannot be read.

    """
    with h5py.File(path, "r") as file:
        if file.attrs["version"] != VERSION:
            return None
        names = file["dataset"].asstr()[()].tolist()
        return Checkpoint(
            case_sha256=file.attrs["case_sha256"],
            snapshot=get_snapshot(file["integrator"]),
            rows=dict(zip(names, file["rows"][()].tolist(), strict=True)),
            observer={name: np.asarray(item) for name, item in file["observer"].items()},
        )


def growing_rows(file: h5py.File) -> dict[str, int]:
    """Length of every dataset of a file that can grow, by path."""
    rows: dict[str, int] = {}

    def note(name: str, item: h5py.Group | h5py.Dataset) -> None:
        if isinstance(item, h5py.Dataset) and item.maxshape == (None,):
            rows[name] = len(item)

    file.visititems(note)
    return rows


def cut_back(file: h5py.File, rows: Mapping[str, int]) -> None:
    """Bring a partial file back to what it held at a checkpoint.

    Parameters
    ----------
    file
        The partial file, open for writing.
    rows
        As :func:`growing_rows` gave them.

    Raises
    ------
    CaseError
        If the file holds less.

    """
    for name in AFTER_THE_LAST:
        if name in file:
            del file[name]
    if isinstance(file.get("checkpoint", getlink=True), h5py.HardLink):  # the end of the run
        del file["checkpoint"]
    if "VTKHDF/Steps/Values" not in rows:  # the run had no output yet
        for name in set(file) - {"inputs", "mesh", "steps", "checkpoint"}:
            del file[name]
        return
    for folder in ("VTKHDF/PointData", "VTKHDF/Steps/PointDataOffsets"):
        for name in set(file[folder]) - {path.rpartition("/")[2] for path in rows if path.startswith(folder)}:
            del file[folder][name]
    for name, length in rows.items():
        if name not in file or len(file[name]) < length:
            message = f"{name} is shorter than it was at the checkpoint"
            raise CaseError(Problem("checkpoint-broken", file.filename, message, "run the case with --force"))
        file[name].resize((length,))
    file["VTKHDF/Steps"].attrs["NSteps"] = np.int64(rows["VTKHDF/Steps/Values"])
