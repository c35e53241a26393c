"""What may stand at a place of a case, read from its schema: known keys, and an example."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thermal.case.reading.schema import Schema, case_schema

if TYPE_CHECKING:
    from thermal.case.reading.lines import Location


def schema_at(location: Location) -> Schema:
    """Return the part of the schema for a place of the file; empty where nothing may stand.

    Parameters
    ----------
    location
        Path of a key, such as ``("tube", 0, "wall")``.

    """
    node: Any = case_schema()
    for step in location:
        if isinstance(step, int):
            items = node.get("items", {})
            node = items if isinstance(items, dict) else dict(enumerate(items)).get(step, {})
        else:
            node = node.get("properties", {}).get(step) or node.get("additionalProperties", {})
        node = node if isinstance(node, dict) else {}
        node = _referenced(node)
    return dict(node)


def _referenced(node: Schema) -> Schema:
    """Follow ``$ref``, which pydantic wraps in ``allOf`` when the field has a description."""
    reference = node.get("$ref") or next((part.get("$ref") for part in node.get("allOf", ())), None)
    if reference is None:
        return node
    found: Schema = case_schema()["definitions"][reference.rsplit("/", 1)[-1]]
    return found


def known_keys(location: Location) -> list[str]:
    """Return the keys of the table at a place."""
    return [key for key in schema_at(location).get("properties", {}) if key != "$schema"]


def example_at(location: Location) -> str:
    """Return what a user may write at a place, as TOML: ``width = "2000 mm"``; empty if nothing is known."""
    if not location:
        return ""
    key, node = location[-1], schema_at(location)
    if node.get("type") == "object":
        return f"[{'.'.join(str(step) for step in location)}]"
    items = node.get("items")
    if isinstance(items, dict) and "$ref" in items:
        return f"[[{key}]]"
    value = _example(node)
    if value is None:
        return ""
    shown = json.dumps(value, ensure_ascii=False)
    bare = shown.strip('"') if node.get("format") == "date-time" else shown
    return f"{key} = {bare}"


def _example(node: Schema) -> Any:
    if node.get("examples"):
        return node["examples"][0]
    if "enum" in node or "const" in node:
        return node.get("const", [*node.get("enum", ()), None][0])
    if isinstance(node.get("items"), list):
        return [_example(_referenced(item)) for item in node["items"]]
    return None
