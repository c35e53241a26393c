"""Every code that a problem carries is explained, and every explanation is of a code that exists."""

import ast
from pathlib import Path

from thermal.core.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
CARRIERS = {"Problem", "QuantityError", "_error"}
OUTSIDE = {"unexpected"}
"""Codes that are written into a sentence, not carried by a problem."""


def codes_of(tree, carriers):
    """Yield the codes of a module: first arguments of what carries a code, and pydantic's custom errors."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        texts = [first] if not isinstance(first, ast.IfExp) else [first.body, first.orelse]
        if name in carriers or name == "PydanticCustomError" or name.endswith("_problem"):
            yield from (
                text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)
            )


def used_codes():
    found = {}
    for package in ("thermal", "materials"):
        for file in (ROOT / package).rglob("*.py"):
            carriers = CARRIERS | ({"Finding"} if "case" in file.parts else set())
            for code in codes_of(ast.parse(file.read_text()), carriers):
                found.setdefault(code, file.relative_to(ROOT))
    return found


def test_every_code_in_the_sources_is_in_the_catalogue():
    catalogue = load_catalogue()
    missing = {code: str(file) for code, file in used_codes().items() if code not in catalogue}
    assert not missing


def test_every_code_of_the_catalogue_stands_in_the_sources():
    texts = [
        file.read_text() for package in ("thermal", "materials") for file in (ROOT / package).rglob("*.py")
    ]
    unused = [code for code in load_catalogue() if not any(f'"{code}"' in text for text in texts)]
    assert set(unused) <= OUTSIDE


def test_entries_are_complete():
    for entry in load_catalogue().values():
        assert entry.title, entry.code
        assert entry.cause.endswith((".", "?")), entry.code
        assert entry.remedy.endswith((".", "?")), entry.code
        assert entry.exit_code in range(1, 9), entry.code
