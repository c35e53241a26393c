"""What is sound in a file that may be wrong elsewhere, so that all its problems are found in one pass."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from materials.problems import MaterialError, Problem
from materials.schema.reader import Source, check_form, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materials.schema.models import MaterialFile

    Path = tuple[str | int, ...]

NAMED: Final = ("properties", "not_applicable", "surfaces")
"""Tables of tables: one that is wrong is left out, and the others stay."""


@dataclass(frozen=True)
class Draft:
    """The sound parts of a file.

    Parameters
    ----------
    source
        The text, to say where a problem is.
    file
        Its checked form without what is wrong.
    problems
        What is wrong with the form.
    left_out
        Keys of ``[properties]`` and of the top level that the file has and that are wrong.
    alternatives
        Number in the file of each ``[[alternative]]`` that is left.

    """

    source: Source
    file: MaterialFile
    problems: tuple[Problem, ...]
    left_out: frozenset[str]
    alternatives: tuple[int, ...]


def draft_of(source: Source) -> Draft:
    """Read what is sound of a file.

    Raises
    ------
    MaterialError
        When the text is not TOML, or nothing can be made of it.

    """
    content = parse_toml(source)
    file, faults = check_form(source, content)
    if file is not None:
        return Draft(source, file, (), frozenset(), tuple(range(len(file.alternative))))
    problems = tuple(fault.problem for fault in faults)
    pruned, alternatives = _pruned(content, [fault.path for fault in faults])
    for key, value in {"schema": 1, "id": "unnamed", "title": "unnamed", "kind": "metal"}.items():
        pruned.setdefault(key, value)
    file, more = check_form(source, pruned)
    if file is None:
        raise MaterialError([*problems, *(fault.problem for fault in more)])
    left_out = frozenset(
        str(path[1]) if path[0] == "properties" and len(path) > 1 else str(path[0])
        for path in (fault.path for fault in faults)
        if path
    )
    return Draft(source, file, problems, left_out, alternatives)


def _pruned(content: dict[str, Any], paths: Iterable[Path]) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Drop the smallest parts that hold what is wrong; say which alternatives are left."""
    left = copy.deepcopy(content)
    alternatives = left.get("alternative")
    dropped: set[int] = set()
    for path in paths:
        match path:
            case ["surfaces", name, key, *_] if _is_table(left, "surfaces", name):
                left["surfaces"][name].pop(key, None)
            case [table, name, *_] if table in NAMED and _is_table(left, table):
                left[table].pop(name, None)
            case ["alternative", int(number), *_]:
                dropped.add(number)
            case [key, *_]:
                left.pop(str(key), None)
    if not isinstance(alternatives, list) or "alternative" not in left:
        return left, ()
    kept = tuple(number for number in range(len(alternatives)) if number not in dropped)
    left["alternative"] = [alternatives[number] for number in kept]
    return left, kept


def _is_table(content: dict[str, Any], *path: str | int) -> bool:
    node: Any = content
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return isinstance(node, dict)
