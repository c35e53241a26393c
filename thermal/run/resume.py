"""Whether a run can go on, and from where."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import h5py

from thermal.core.errors import CaseError, Problem
from thermal.results.groups.checkpoint import Checkpoint, checkpoint_path, read_checkpoint
from thermal.results.reading.opening import SIGNS_OF_DAMAGE, damage_named
from thermal.results.writing.disk import is_written_to
from thermal.results.writing.paths import partial_path

if TYPE_CHECKING:
    from pathlib import Path

    from thermal.case import Case
    from thermal.results.groups.inputs import Inputs


@dataclass(frozen=True, slots=True)
class Options:
    """How a case is run, as far as its result depends on it.

    Parameters
    ----------
    stack
        "hot" or "cold", or empty for the data as they stand.
    reproducible
        Whether stages are solved so tightly that any number of ranks gives the same numbers.
    years
        How far the run looks ahead, years; 0 where it does not.

    """

    stack: str = ""
    reproducible: bool = False
    years: float = 0.0


def is_finished(path: Path, case: Case, options: Options) -> bool:
    """Say whether a case has its result already.

    Raises
    ------
    CaseError
        If the file there is another case's, was made with other options, or is no result.

    """
    if not path.exists():
        return False
    try:
        with h5py.File(path, "r") as file:
            made_from, difference = file.attrs.get("case_sha256"), _difference(file, options)
    except SIGNS_OF_DAMAGE as error:
        raise CaseError(_broken(path, "the file there is not a result")) from error
    if difference:
        raise CaseError(_changed(path, difference))
    if made_from != case.sha256:
        raise CaseError(_changed(path, "the result there is that of another case, or of other settings"))
    return True


def find_checkpoint(path: Path, case: Case, options: Options) -> Checkpoint | None:
    """Find where a run that did not end goes on.

    Parameters
    ----------
    path
        The result file to be.
    case
        The case, which must be the one that was run.
    options
        How it is run, which must be how it was.

    Returns
    -------
    Checkpoint or None
        None where no run has begun, or none got as far as its first output.

    Raises
    ------
    CaseError
        If the case or an option has changed, another run is writing, or what was left cannot be used.

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
    except SIGNS_OF_DAMAGE as error:
        raise CaseError(_broken(place, "the checkpoint cannot be read")) from error
    if checkpoint is None:
        raise CaseError(_broken(place, "the checkpoint was made by another version of lunarflag"))
    with damage_named(partial), h5py.File(partial, "r") as file:
        difference = _difference(file, options)
    if difference:
        raise CaseError(_changed(partial, difference))
    if checkpoint.case_sha256 != case.sha256:
        raise CaseError(_changed(partial, "the case has changed since the run was stopped"))
    return checkpoint


def check_inputs(path: Path, inputs: Inputs) -> None:
    """Refuse to go on with other data than the run began with.

    Raises
    ------
    CaseError
        If a material's file has changed.

    """
    partial = partial_path(path)
    with damage_named(partial), h5py.File(partial, "r") as file:
        group = file["inputs/materials"]
        before = {name: group[name].asstr()[()] for name in group}
    changed = sorted(name for name in before if inputs.materials.get(name) != before[name])
    if changed:
        raise CaseError(
            _changed(partial, f"the data of {', '.join(changed)} have changed since the run began")
        )


def _difference(file: h5py.File, options: Options) -> str:
    """Say in which option the run of a file differs; nothing where it does not."""
    stack, reproducible = str(file.attrs.get("stack", "")), bool(file.attrs.get("reproducible", False))
    years = _years(file)
    if stack != options.stack:
        return f"the run began with the stack {stack or 'nominal'!r}, not {options.stack or 'nominal'!r}"
    if reproducible != options.reproducible:
        how = "with --reproducible or --steps, not without" if reproducible else "without --reproducible"
        return f"the run began {how}"
    if years is not None and years != options.years:
        asked = f"with --years {options.years:g}" if options.years else "without it"
        return f"the run began {f'with --years {years:g}' if years else 'without --years'}, not {asked}"
    return ""


def _years(file: h5py.File) -> float | None:
    """Read how far a run looks ahead, years; None where it did not end, and an older version began it."""
    if "years_ahead" in file.attrs:
        return float(file.attrs["years_ahead"])
    if not file.attrs["complete"]:
        return None
    return float(json.loads(file["verdict/json"].asstr()[()])["horizon_years"]) if "years" in file else 0.0


def _outputs(partial: Path) -> int:
    try:
        with h5py.File(partial, "r") as file:
            return len(file["series/time"]) if "series/time" in file else 0
    except OSError:  # killed while it wrote its first bytes
        return 0


def _changed(path: Path, message: str) -> Problem:
    advice = "take case and options as they were, name another file by -o, or begin anew with --force"
    return Problem("case-changed", str(path), message, advice)


def _broken(path: Path, message: str) -> Problem:
    return Problem("checkpoint-broken", str(path), message, "run the case anew with --force")
