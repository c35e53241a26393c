"""Where a result may be written, settled before a run spends any time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTIAL = ".partial"
"""Ending of a result that is not complete."""


def partial_path(path: Path) -> Path:
    """Name of the file while the run goes on: ``change5.h5.partial``."""
    return path.with_name(path.name + PARTIAL)


def default_output(case: Path) -> Path:
    """Name the result of a case when no output is given: ``change5.toml`` gives ``./change5.h5``."""
    return Path(case.stem + ".h5")


def check_output(path: Path, *, force: bool = False, kept: Mapping[Path, str] | None = None) -> None:
    """Refuse a place where a result, a page or a picture cannot go.

    Parameters
    ----------
    path
        The file to be.
    force
        Whether an older one, complete or partial, may be replaced.
    kept
        Files that are never overwritten, and what they are, such as "the case file".

    Raises
    ------
    CaseError
        If the path is a folder or one of the files that are kept, its folder is missing or cannot be written
        to, or a file is there already.

    """
    problem = _place_problem(path, kept or {}) or (None if force else _older_problem(path))
    if problem is not None:
        raise CaseError(problem)


def write_whole(path: Path, text: str) -> None:
    """Write a text in place of what is there, in one move: no reader ever finds half of it.

    Raises
    ------
    OSError
        If it cannot be written; what was there stays.

    """
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _place_problem(path: Path, kept: Mapping[Path, str]) -> Problem | None:
    folder = path.parent
    taken = next((what for other, what in kept.items() if path.resolve() == other.resolve()), "")
    checks = (
        (path.is_dir(), "this is a folder", "give the name of a file, such as out/run.h5"),
        (bool(taken), f"this is {taken}", "give another name"),
        (path.exists() and not path.is_file(), "this is not an ordinary file", "give another name"),
        (not folder.exists(), f"the folder {folder} does not exist", f"make it: mkdir -p {folder}"),
        (folder.exists() and not folder.is_dir(), f"{folder} is not a folder", "give another name"),
        (not os.access(folder, os.W_OK | os.X_OK), f"{folder} cannot be written to", "take another folder"),
    )
    for wrong, message, remedy in checks:
        if wrong:
            return Problem("cannot-write", str(path), message, remedy)
    try:
        # Rights say nothing of folders such as /proc, nor of disks that were mounted read-only.
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        message = f"{folder} takes no files ({error.strerror or error})"
        return Problem("cannot-write", str(path), message, "take another folder")


def _older_problem(path: Path) -> Problem | None:
    if path.exists():
        return Problem(
            "exists", str(path), "this file exists already", "name another, or replace it by --force"
        )
    partial = partial_path(path)
    if partial.exists():
        return Problem(
            "exists",
            str(partial),
            "a run that did not end, or still goes on, left this",
            "go on with it by --resume, read it with `lunarflag show`, or replace it by --force",
        )
    return None
