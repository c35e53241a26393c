"""The members of a study: one row of a table each, named by what they contain."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from thermal.study.design.axes import Patch

HASH_LENGTH = 20
"""Hexadecimal digits kept of a member's SHA-256: 80 bits, ample against a collision in any study."""


@dataclass(frozen=True, slots=True)
class Member:
    """One variant of the base.

    Parameters
    ----------
    index
        Row in the table, from 0.
    sha
        Content hash of model, base and patch: equal hashes have equal answers.
    patch
        What it changes, override texts by key.

    """

    index: int
    sha: str
    patch: Patch


def name_members(identity: str, patches: Iterable[Patch]) -> list[Member]:
    """Give each patch its number and content hash.

    Parameters
    ----------
    identity
        What all members share: a hash of model, base and common settings.
    patches
        One a member.

    """
    shared = hashlib.sha256(identity.encode())
    members = []
    for index, patch in enumerate(patches):
        digest = shared.copy()
        digest.update(json.dumps(patch, sort_keys=True).encode())
        members.append(Member(index, digest.hexdigest()[:HASH_LENGTH], patch))
    return members


def write_members(path: Path, keys: tuple[str, ...], members: Iterable[Member]) -> None:
    """Write the table (CSV): index, hash, then one column a key."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("index", "sha", *keys))
        writer.writerows(
            (member.index, member.sha, *(member.patch[key] for key in keys)) for member in members
        )


def read_members(path: Path) -> tuple[tuple[str, ...], list[Member]]:
    """Read the table back: keys and members.

    Raises
    ------
    CaseError
        The file is missing or is not such a table.

    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            keys = tuple(next(rows)[2:])
            members = [
                Member(int(index), sha, dict(zip(keys, texts, strict=True))) for index, sha, *texts in rows
            ]
    except (OSError, StopIteration, ValueError, csv.Error) as error:
        raise CaseError(
            Problem("study-damaged", str(path), f"is no table of members: {error}", "plan the study again")
        ) from error
    return keys, members
