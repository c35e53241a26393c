"""Write a resolved case as TOML (the standard library only reads it)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any


def to_toml(data: Mapping[str, Any]) -> str:
    """Write nested mappings as TOML text.

    Parameters
    ----------
    data
        Values are numbers, texts, booleans, datetimes, lists of them, mappings, or lists of mappings.

    Returns
    -------
    str
        Text that :func:`tomllib.loads` reads back to the same data.

    """
    return "\n".join(_lines(data, ())).strip() + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {key: value for key, value in table.items() if not _is_table(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if key in plain:
            continue
        here = (*path, _key(key))
        many = not isinstance(value, Mapping)
        header = f"[[{'.'.join(here)}]]" if many else f"[{'.'.join(here)}]"
        for item in value if many else [value]:
            lines += ["", header, *_lines(item, here)]
    return lines


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, Sequence) and len(value) > 0 and isinstance(value[0], Mapping)


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    return _text(value)


def _text(value: Any) -> str:
    """Write a text, number or truth value; TOML allows the same escapes as JSON, but not a bare DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
