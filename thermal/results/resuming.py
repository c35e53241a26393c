"""Whether a run can go on, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import h5py

from thermal.errors import CaseError, Problem
from thermal.results.checkpoint import Checkpoint, checkpoint_path, read_checkpoint
from thermal.results.disk import is_written_to
from thermal.results.paths import partial_path

if TYPE_CHECKING:
    from pathlib import Path

    from thermal.case import Case
    from thermal.results.inputs import Inputs


def is_finished(path: Path, case: Case) -> bool:
    """Say whether a case has its result already.

    Raises
    ------
    CaseError
        If the file there is another case's, or no result.

    """
    if not path.exists():
        return False
    try:
        with h5py.File(path, "r") as file:
            made_from = file.attrs.get("case_sha256")
    except OSError as error:
        raise CaseError(_broken(path, "the file there is not a result")) from error
    if made_from != case.sha256:
        raise CaseError(_changed(path, "the result there is that of another case, or of other settings"))
    return True


def find_checkpoint(path: Path, case: Case) -> Checkpoint | None:
    """Find where a run that did not end goes on.

    Parameters
    ----------
    path
        The result file to be.
    case
        The case, which must be the one that was run.

    Returns
    -------
    Checkpoint or None
        None where no run has begun, or none got as far as its first output.

    Raises
    ------
    CaseError
        If the case has changed, another run is writing, or what was left cannot be used.

    """
    partial, place = partial_path(path), checkpoint_path(path)
    if not partial.exists():
        return None
    if is_written_to(partial):
        message = "another run is writing to this file"
        raise CaseError(Problem("result-locked", str(partial), message, "wait for it, or name another"))
    if not place.exists():
        if _outputs(partial):
            raise CaseError(_broken(partial, f"{place.name}, from which it would go on, is missing"))
        return None
    try:
        checkpoint = read_checkpoint(place)
    except (OSError, KeyError) as error:
        raise CaseError(_broken(place, "the checkpoint cannot be read")) from error
    if checkpoint is None:
        raise CaseError(_broken(place, "the checkpoint was made by another version of lunarflag"))
    if checkpoint.case_sha256 != case.sha256:
        raise CaseError(_changed(partial, "the case has changed since the run was stopped"))
    return checkpoint


def check_inputs(path: Path, inputs: Inputs) -> None:
    """Refuse to go on with other data than the run began with.

    Raises
    ------
    CaseError
        If a material's file has changed, or the run's inputs stood at another end of their ranges, or its
        stages were solved otherwise.

    """
    partial = partial_path(path)
    with h5py.File(partial, "r") as file:
        group = file["inputs/materials"]
        before = {name: group[name].asstr()[()] for name in group}
        stack, reproducible = str(file.attrs["stack"]), bool(file.attrs["reproducible"])
    if stack != inputs.stack:
        raise CaseError(_changed(partial, f"the run began with the stack {stack or 'nominal'!r}"))
    if reproducible != inputs.reproducible:
        how = "with" if reproducible else "without"
        raise CaseError(_changed(partial, f"the run began {how} --reproducible"))
    changed = sorted(name for name in before if inputs.materials.get(name) != before[name])
    if changed:
        raise CaseError(
            _changed(partial, f"the data of {', '.join(changed)} have changed since the run began")
        )


def _outputs(partial: Path) -> int:
    try:
        with h5py.File(partial, "r") as file:
            return len(file["series/time"]) if "series/time" in file else 0
    except OSError:  # killed while it wrote its first bytes
        return 0


def _changed(path: Path, message: str) -> Problem:
    return Problem(
        "case-changed", str(path), message, "take the case as it was, name another file by -o, or use --force"
    )


def _broken(path: Path, message: str) -> Problem:
    return Problem("checkpoint-broken", str(path), message, "run the case anew with --force")
