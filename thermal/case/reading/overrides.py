"""Values given on the command line (``--set KEY=VALUE``) that replace those of the case file."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from thermal.core.errors import CaseError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping


def apply_overrides(data: dict[str, Any], overrides: Mapping[str, str]) -> None:
    """Write the overrides into the data of a case, in place.

    Parameters
    ----------
    data
        A case as tomllib gives it.
    overrides
        Dotted keys and their values; a value is TOML (``3``, ``true``, ``["1 m", "2 m"]``) or else a text.

    Raises
    ------
    CaseError
        With every override whose key cannot exist.

    """
    problems = [
        problem for key, value in overrides.items() if (problem := _set(data, key, value)) is not None
    ]
    if problems:
        raise CaseError(problems)


def override_value(text: str) -> Any:
    """Read the value of an override: TOML where it is TOML, a text otherwise."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text


def _set(data: dict[str, Any], key: str, text: str) -> Problem | None:
    where = f"--set {key}"
    *parents, last = key.split(".")
    if not all((*parents, last)):
        return Problem("bad-override", where, "not a key", 'write e.g. --set mesh.size="50 mm"')
    node: Any = data
    for step in parents:
        if isinstance(node, list):
            child = node[int(step)] if step.isdecimal() and int(step) < len(node) else None
        elif isinstance(node, dict):
            child = node.setdefault(step, {})
        else:
            child = None
        if child is None:
            return Problem("bad-override", where, f'"{step}" names nothing', "count from 0: tube.0.wall")
        node = child
    return _assign(node, last, override_value(text), where)


def _assign(node: Any, last: str, value: Any, where: str) -> Problem | None:
    if isinstance(node, dict):
        node[last] = value
        return None
    if isinstance(node, list) and last.isdecimal() and int(last) < len(node):
        node[int(last)] = value
        return None
    return Problem("bad-override", where, f'"{last}" names nothing', "count from 0: tube.0.wall")
