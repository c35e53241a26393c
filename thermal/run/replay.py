"""The steps of an earlier result, for a run that takes the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import h5py
import numpy as np

from thermal.core.errors import CaseError, Problem
from thermal.results.reading.opening import SIGNS_OF_DAMAGE

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.case import Case


def recorded_steps(path: Path, case: Case) -> NDArray[np.float64]:
    """Read the lengths of all steps that a run of the same case took.

    Parameters
    ----------
    path
        Its complete result.
    case
        The case to be run.

    Returns
    -------
    numpy.ndarray
        (n,) s.

    Raises
    ------
    CaseError
        If there is no such result, or it is of another case.

    """
    try:
        with h5py.File(path, "r") as file:
            complete, made_from = file.attrs.get("complete", False), file.attrs.get("case_sha256")
            steps = np.asarray(file["steps/step_size"], np.float64)
    except SIGNS_OF_DAMAGE as error:
        message = "no result of a run can be read there"
        raise CaseError(_problem(path, message)) from error
    if not complete:
        raise CaseError(_problem(path, "this run did not end: its steps do not reach as far"))
    if made_from != case.sha256:
        raise CaseError(_problem(path, "its steps are those of another case, or of other settings"))
    return steps


def _problem(path: Path, message: str) -> Problem:
    return Problem("other-steps", str(path), message, "give --steps a complete result of the same case")
