"""Write docs/case-reference.md and docs/case.schema.json from the models of the case file.

Run it by ``make docs`` after a change of the models. With ``--check`` it writes nothing and fails if a file
is out of date. By hand: ``python -P``, or docs/materials hides the package of this name.
"""

import json
import math
import sys
from pathlib import Path

from thermal.case.reading.schema import Schema, case_schema

DOCS = Path(__file__).parent
INTRODUCTION = """# The case file

A case is a TOML file. A quantity is a text with its unit, `"2000 mm"`; all units of pint are known, and
`lunation`. Unknown keys are errors. `lunarflag check CASE` finds all mistakes in one pass;
`lunarflag new CASE` writes a commented case. This page is made from the program by
`docs/build_case_reference.py`.

Editors: begin the file with `#:schema ./case.schema.json`; `lunarflag schema > case.schema.json` writes the
schema. For a table `[[name]]`, write the header once for each element.
"""


def reference(schema: Schema) -> str:
    """Return the whole page."""
    parts = [INTRODUCTION, _table("", schema, "Top level")]
    parts += _tables(schema, schema, "")
    return "\n".join(parts)


def _tables(root: Schema, node: Schema, prefix: str) -> list[str]:
    """Return one section a table below a node, in the order of the models."""
    sections = []
    for key, field in node["properties"].items():
        target, header = _target(root, field, f"{prefix}{key}")
        if target is None:
            continue
        sections.append(_table(header, target, target["description"]))
        sections += _tables(root, target, f"{prefix}{key}.")
    return sections


def _target(root: Schema, field: Schema, path: str) -> tuple[Schema | None, str]:
    """Return the table that a field leads to, and its header."""
    for form, header in (
        (field, f"[{path}]"),
        (field.get("items"), f"[[{path}]]"),
        (field.get("additionalProperties"), f"[{path}.NAME]"),
    ):
        if isinstance(form, dict) and "$ref" in form:
            return root["definitions"][form["$ref"].rsplit("/", 1)[-1]], header
    return None, ""


def _table(header: str, node: Schema, text: str) -> str:
    title = f"## `{header}`" if header else f"## {text}"
    rows = [
        f"| `{key}` | {_meaning(field)} | {_example(field)} | {_default(key, node, field)} |"
        for key, field in node["properties"].items()
        if key != "$schema" and _is_value(field)
    ]
    if not rows:
        return f"{title}\n\n{text if header else ''}\n"
    head = "| key | meaning | example | default |\n|---|---|---|---|"
    return "\n".join([title, "", *([text, ""] if header else []), head, *rows, ""])


def _is_value(field: Schema) -> bool:
    """Tell a value from a table, which has a section of its own."""
    items, more = field.get("items"), field.get("additionalProperties")
    nested = (field, items if isinstance(items, dict) else {}, more if isinstance(more, dict) else {})
    return not any("$ref" in form for form in nested)


def _meaning(field: Schema) -> str:
    choices = [json.dumps(choice) for choice in field.get("enum", [])]
    more = f" One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""
    return " ".join(field.get("description", "").split()).replace("|", "\\|") + more


def _example(field: Schema) -> str:
    examples = field.get("examples") or field.get("enum") or ([field["const"]] if "const" in field else [])
    if examples:
        return f"`{json.dumps(examples[0], ensure_ascii=False)}`".replace("|", "\\|")
    if isinstance(field.get("items"), list):
        return f"`{json.dumps([item['examples'][0] for item in field['items']])}`"
    return ""


def _default(key: str, node: Schema, field: Schema) -> str:
    if key in node.get("required", []):
        return "required"
    if "default" not in field:
        return ""
    default = field["default"]
    if isinstance(default, str) and default.endswith(" rad"):
        default = f"{math.degrees(float(default.removesuffix(' rad'))):g} deg"
    return f"`{json.dumps(default)}`"


def main() -> None:
    """Write both files, or compare them."""
    schema = case_schema()
    wanted = {
        DOCS / "case-reference.md": reference(schema),
        DOCS / "case.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n",
    }
    stale = [file.name for file, text in wanted.items() if not file.exists() or file.read_text() != text]
    if "--check" in sys.argv:
        if stale:
            sys.exit(f"out of date: {', '.join(stale)}; run make docs")
        return
    for file, text in wanted.items():
        file.write_text(text)
    print(f"written: {', '.join(stale) or 'nothing has changed'}")


if __name__ == "__main__":
    main()
