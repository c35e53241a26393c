"""Read a case file: all problems in one pass."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from materials import load_database, textfile
from thermal.case.checks import cross_checks
from thermal.case.checks.materials import check_materials
from thermal.case.reading.draft import draft_of
from thermal.case.reading.finding import Finding, problems
from thermal.case.reading.overrides import apply_overrides
from thermal.case.reading.problems import findings_of
from thermal.case.reading.source import Source
from thermal.case.tables.root import Case
from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST_FILE: Final = 1_000_000
_NO_OVERRIDES: Final[Mapping[str, str]] = MappingProxyType({})


def load_case(path: Path | str, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Case:
    """Read and check a case file.

    Parameters
    ----------
    path
        The TOML file.
    overrides
        Values that replace those of the file, by dotted key: ``{"mesh.size": "50 mm"}``; elements of lists
        are named by their index: ``"tube.0.wall"``.

    Returns
    -------
    Case
        Frozen, quantities in SI.

    Raises
    ------
    CaseError
        With every problem that was found.

    """
    file = Path(path)
    text = read_text(file)
    data = parse_toml(text, file)
    apply_overrides(data, overrides)
    case, findings = validate(data, file.parent)
    if case is None or findings:
        raise CaseError(problems(findings, Source(file, text, overrides.keys())))
    return case.with_source(text, file)


def validate(data: Mapping[str, Any], folder: Path) -> tuple[Case | None, list[Finding]]:
    """Check the data of a case: each table, then what they say about each other.

    Parameters
    ----------
    data
        A case as tomllib gives it.
    folder
        Where the case file lies, and beside it the files that it names.

    Returns
    -------
    Case or None, list of Finding
        The case, if every table is sound, and everything that is wrong.

    Raises
    ------
    MaterialError
        If the user's own folder of materials cannot be read.

    """
    case, findings = None, []
    try:
        case = Case.model_validate(data)
    except ValidationError as error:
        findings = findings_of(error)
    draft = draft_of(data, findings, folder)
    return case, [*findings, *cross_checks(draft), *check_materials(draft, load_database())]


def read_text(file: Path) -> str:
    """Read a text file that may be missing, a folder, huge or binary.

    Raises
    ------
    CaseError
        With code ``cannot-read``, ``too-large``, ``not-text`` or ``empty``.

    """
    where = str(file)
    try:
        text = textfile.read_text(file, _LARGEST_FILE)
    except textfile.TextError as error:
        advice = {
            "cannot-read": "name a case file; `lunarflag new flag.toml` writes one",
            "too-large": "a case has some kB: name a case file, such as flag.toml",
        }.get(error.code, "name a TOML file")
        problem = Problem(error.code, where, error.message, error.remedy or advice)
        raise CaseError(problem) from error
    if not text.strip():
        advice = "`lunarflag new flag.toml` writes a commented case"
        raise CaseError(Problem("empty", where, "the file is empty", advice))
    return text


def parse_toml(text: str, file: Path) -> dict[str, Any]:
    """Parse TOML.

    Raises
    ------
    CaseError
        With code ``not-toml``.

    """
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise CaseError(Problem("not-toml", str(file), "tables are nested too deeply")) from error
    except ValueError as error:
        message = f"not TOML: {str(error)[:200]}"
        raise CaseError(Problem("not-toml", str(file), message, "see https://toml.io")) from error
