"""JSON Schema of the case file, in the subset of draft 7 that TOML editors read."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from thermal.case.tables.root import Case

Schema = dict[str, Any]

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"


@cache
def case_schema() -> Schema:
    """Return the JSON Schema of the case file.

    Returns
    -------
    dict
        Draft 7 with ``definitions``; every property has a description, and examples with units.

    """
    schema = _in_draft_7(Case.model_json_schema(ref_template="#/definitions/{model}"))
    schema["definitions"] = schema.pop("$defs")
    properties = schema["properties"]
    properties["$schema"] = {"type": "string", "description": "Link to this schema, for editors."}
    return {"$schema": _DRAFT, **schema, "title": "lunarflag case"}


def _in_draft_7(node: Any) -> Any:
    """Rewrite what pydantic writes in a newer draft: tuples, and nulls, which TOML has not."""
    if isinstance(node, list):
        return [_in_draft_7(item) for item in node]
    if not isinstance(node, dict):
        return node
    rewritten = {key: _in_draft_7(value) for key, value in node.items() if not _is_noise(key, value)}
    if "prefixItems" in rewritten:
        rewritten["items"] = rewritten.pop("prefixItems")
        rewritten["additionalItems"] = False
    choices = [choice for choice in rewritten.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        rewritten = {**choices[0], **{key: value for key, value in rewritten.items() if key != "anyOf"}}
    elif choices:
        rewritten["anyOf"] = choices
    return rewritten


def _is_noise(key: str, value: Any) -> bool:
    """Tell titles that repeat the key, and defaults that are no value of TOML."""
    is_default = key == "default" and (value is None or isinstance(value, dict | list))
    return is_default or (key == "title" and isinstance(value, str))
