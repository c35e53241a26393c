"""Opens a result file, or says in one sentence why not."""

from __future__ import annotations

from pathlib import Path

import h5py

from thermal.errors import CaseError, Problem
from thermal.results.head import FILE_TYPE, VERSION
from thermal.results.reader import Result, python_value


def open_result(path: str | Path) -> Result:
    """Open a result file.

    Parameters
    ----------
    path
        The file; a ``.partial`` one can be read as far as it goes.

    Raises
    ------
    CaseError
        If there is no such file, or it is locked, truncated, not a result of lunarflag, or too new.

    """
    path = Path(path)
    if not path.is_file():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise CaseError(Problem("cannot-read", str(path), what, "name a file that `lunarflag run` wrote"))
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise CaseError(_open_problem(path, str(error))) from error
    problem = _content_problem(path, file)
    if problem is not None:
        file.close()
        raise CaseError(problem)
    return Result(path, file)


def _open_problem(path: Path, text: str) -> Problem:
    where = str(path)
    if "unable to lock" in text:
        return Problem(
            "result-locked",
            where,
            "the file is locked: a run writes to it, or the file system has no locks",
            "wait for the run, or set HDF5_USE_FILE_LOCKING=FALSE",
        )
    if "truncated" in text:
        return Problem("result-truncated", where, "the file is cut short", "run the case again")
    if "permission" in text.lower():
        return Problem("cannot-read", where, "the file may not be read", "ask its owner")
    return Problem(
        "result-foreign", where, "this is not an HDF5 file", "name a file that `lunarflag run` wrote"
    )


def _content_problem(path: Path, file: h5py.File) -> Problem | None:
    where = str(path)
    if python_value(file.attrs.get("filetype")) != FILE_TYPE:
        return Problem(
            "result-foreign",
            where,
            "this is an HDF5 file, but not a result of lunarflag",
            "name a file that `lunarflag run` wrote",
        )
    version = tuple(file.attrs["version"])
    if version[0] > VERSION[0]:
        made = ".".join(map(str, version))
        return Problem(
            "result-newer",
            where,
            f"its layout is version {made}, newer than this program",
            "update lunarflag",
        )
    if "series/time" not in file or not len(file["series/time"]):
        return Problem(
            "result-truncated", where, "the run stopped before its first output", "run the case again"
        )
    return None
