"""Opens a result file, or says in one sentence why not."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import h5py

from thermal.core.errors import CaseError, Problem, ProblemError
from thermal.results.layout.head import FILE_TYPE, VERSION
from thermal.results.reading.reader import Result, python_value

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS_OF_DAMAGE: Final = (
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    MemoryError,
)
"""What HDF5, and what takes numbers and texts from it, raise where bytes are not as they were written."""


@contextmanager
def read_result(path: str | Path) -> Iterator[Result]:
    """Open a result file for everything that is done with it, and blame the file for what fails inside.

    Raises
    ------
    CaseError
        As :func:`open_result`, or if the file proves damaged inside the ``with`` block.

    """
    with damage_named(path), open_result(path) as result:
        yield result


@contextmanager
def damage_named(path: str | Path) -> Iterator[None]:
    """Turn what a damaged file does to its readers into one sentence that names the file.

    Raises
    ------
    CaseError
        If anything inside the ``with`` block fails other than by a problem of its own, or of the system.

    """
    try:
        yield
    except (ProblemError, ImportError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and (error.errno is not None or type(error) is not OSError):
            raise  # the system speaks, as of a full disk or a broken pipe; HDF5's errors have no number
        words = f"{type(error).__name__}: {error}".splitlines()[0]
        problem = Problem("result-damaged", str(path), f"the file is damaged ({words})", "run the case again")
        raise CaseError(problem) from error


def open_result(path: str | Path) -> Result:
    """Open a result file.

    Parameters
    ----------
    path
        The file; a ``.partial`` one can be read as far as it goes.

    Raises
    ------
    CaseError
        If there is no such file, or it is locked, truncated, damaged, not a result of lunarflag, or too new.

    """
    path = Path(path)
    if not path.is_file():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise CaseError(Problem("cannot-read", str(path), what, "name a file that `lunarflag run` wrote"))
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise CaseError(_open_problem(path, str(error))) from error
    with ExitStack() as unless_good:
        unless_good.callback(file.close)
        _check_content(path, file)
        unless_good.pop_all()
    return Result(path, file)


def _check_content(path: Path, file: h5py.File) -> None:
    with damage_named(path):
        problem = _content_problem(path, file)
    if problem is not None:
        raise CaseError(problem)


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
