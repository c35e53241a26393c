"""The plan: a study directory with the frozen base and one table of members.

.. code-block:: text

    STUDY/
      study.toml     the study file as it was given
      base.toml      the base as it was given, and beside it the tables it names
      plan.json      model, common settings, hashes, versions
      members.csv    one row a member: index, content hash, what it changes
      results/       one append-only file a worker (see store.py)
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import shutil
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materials import load_database
from thermal.core.errors import CaseError, Problem
from thermal.study.design.amount import override_text
from thermal.study.design.members import Member, name_members, read_members, write_members
from thermal.study.design.study_file import axis_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from thermal.study.design.study_file import StudyFile

SCHEMA = "lunarflag.plan/1"
LARGEST = 5_000_000
"""Members that one plan may have; their table takes some 500 MB."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run.

    Parameters
    ----------
    title, model
        From the study file.
    common
        Overrides that all members share.
    keys
        Columns of the table: what members change.
    members
        In the order of the table.
    base
        The frozen base file; None for a model that has none.
    data
        Digest of the material database that the plan was made with; empty without a base.

    """

    title: str
    model: str
    common: Mapping[str, str]
    keys: tuple[str, ...]
    members: tuple[Member, ...]
    base: Path | None
    data: str = ""

    @property
    def stale(self) -> bool:
        """Whether the material database has changed since."""
        return self.base is not None and self.data != _data_digest(self.base)


def make_plan(study: StudyFile) -> Plan:
    """Expand a study file into its members.

    Raises
    ------
    CaseError
        The study has more than :data:`LARGEST` members, or its base cannot be read.

    """
    count = math.prod(axis.size for axis in study.axis)
    if count > LARGEST:
        raise CaseError(
            Problem("study-too-large", "axis", f"{count} members are too many", f"keep below {LARGEST}")
        )
    common = {key: override_text(value) for key, value in study.set.items()}
    keys = tuple(key for axis in study.axis for key in axis_keys(axis))
    combinations = itertools.product(*(axis.patches() for axis in study.axis))
    patches = ({key: text for part in parts for key, text in part.items()} for parts in combinations)
    members = name_members(_identity(study, common), patches)
    return Plan(study.title, study.model, common, keys, tuple(members), study.base, _data_digest(study.base))


def _identity(study: StudyFile, common: Mapping[str, str]) -> str:
    """Everything but the patch that an answer depends on, as text."""
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in _base_files(study.base)]
    return json.dumps([study.model, digests, sorted(common.items()), _data_digest(study.base)])


def _data_digest(base: Path | None) -> str:
    """Digest of all material files: the answers of cases depend on them."""
    digest = hashlib.sha256()
    for name, file in sorted(load_database().files.items()) if base is not None else ():
        digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest() if base is not None else ""


def _base_files(base: Path | None) -> list[Path]:
    """List the base and the files beside it that it names, such as a table of sink temperatures.

    Raises
    ------
    CaseError
        The base cannot be read as TOML.

    """
    if base is None:
        return []
    try:
        data = tomllib.loads(base.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CaseError(
            Problem(
                "study-base-unreadable", str(base), f"the base cannot be read: {error}", "name a case file"
            )
        ) from error
    beside = {base.parent / text for text in _texts(data) if "/" not in text and len(text) < 200}
    return [base, *sorted(file for file in beside if file != base and file.is_file())]


def _texts(node: Any) -> Iterator[str]:
    match node:
        case str():
            yield node
        case dict():
            for value in node.values():
                yield from _texts(value)
        case list():
            for value in node:
                yield from _texts(value)


def write_plan(plan: Plan, study_text: str, directory: Path) -> None:
    """Create the study directory; ``plan.json`` is written last, so that half a plan is no plan.

    Raises
    ------
    CaseError
        The directory holds something already, or cannot be made.

    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if any(directory.iterdir()):
            raise CaseError(
                Problem(
                    "study-exists",
                    str(directory),
                    "the study directory is not empty",
                    "name a new one, or add members to the plan that is there by --extend",
                )
            )
        (directory / "study.toml").write_text(study_text, encoding="utf-8")
        for number, file in enumerate(_base_files(plan.base)):
            shutil.copyfile(file, directory / ("base.toml" if number == 0 else file.name))
        write_members(directory / "members.csv", plan.keys, plan.members)
        (directory / "results").mkdir()
        _write_head(plan, directory)
    except OSError as error:
        raise _unwritable(directory, error) from error


def write_extension(plan: Plan, study_text: str, directory: Path) -> None:
    """Write a plan over the smaller one that it extends; until ``plan.json`` is written that one counts.

    Raises
    ------
    CaseError
        The directory cannot be written.

    """
    try:
        partial = directory / "members.partial"
        write_members(partial, plan.keys, plan.members)
        partial.rename(directory / "members.csv")
        partial = directory / "study.partial"
        partial.write_text(study_text, encoding="utf-8")
        partial.rename(directory / "study.toml")
        _write_head(plan, directory)
    except OSError as error:
        raise _unwritable(directory, error) from error


def _write_head(plan: Plan, directory: Path) -> None:
    head = {
        "schema": SCHEMA,
        "title": plan.title,
        "model": plan.model,
        "base": plan.base is not None,
        "data": plan.data,
        "common": dict(plan.common),
        "members": len(plan.members),
    }
    partial = directory / "plan.json.partial"
    partial.write_text(json.dumps(head, indent=2) + "\n", encoding="utf-8")
    partial.rename(directory / "plan.json")


def _unwritable(directory: Path, error: OSError) -> CaseError:
    message = f"cannot be written: {error}"
    return CaseError(Problem("study-unwritable", str(directory), message, "name another directory"))


def read_plan(directory: Path) -> Plan:
    """Read a study directory.

    Raises
    ------
    CaseError
        The directory holds no complete plan.

    """
    try:
        head = json.loads((directory / "plan.json").read_text(encoding="utf-8"))
        complete = head["schema"] == SCHEMA
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_plan(directory) from error
    if not complete:
        raise _no_plan(directory)
    keys, members = read_members(directory / "members.csv")
    if len(members) < head["members"]:
        raise _no_plan(directory)
    del members[head["members"] :]  # rows of an extension that was interrupted
    base = directory / "base.toml" if head["base"] else None
    return Plan(head["title"], head["model"], head["common"], keys, tuple(members), base, head["data"])


def _no_plan(directory: Path) -> CaseError:
    advice = "make one by: lunarflag sweep plan STUDY.toml -o DIRECTORY"
    return CaseError(Problem("study-no-plan", str(directory), "there is no complete plan here", advice))
