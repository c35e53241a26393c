"""The packages stand on each other in one order: no import leads upwards, not even for type checkers."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = (
    "materials", "core", "geometry", "radiation", "case", "sky", "heat", "scene", "simulation", "endurance",
    "results", "run", "report", "study", "verify", "cli",
)  # fmt: skip
"""From the ground up, as `docs/architecture.md` draws them."""

LEFT = ("thermal.heat.loads", "thermal.scene")
"""The one arrow up that is left: loads take bodies and patches of the scene."""

FILES = sorted([*ROOT.glob("thermal/**/*.py"), *ROOT.glob("materials/**/*.py")])


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path) for path in FILES}


def floor(module):
    first, _, rest = module.partition(".")
    return first if first == "materials" else rest.partition(".")[0]


def imports(path):
    """Modules of the project that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def upwards():
    """Pairs of modules of which the first imports the second, from a floor above its own."""
    return {
        (module_of(path), other)
        for path in FILES
        for other in imports(path)
        if floor(module_of(path)) and other.partition(".")[0] in ("thermal", "materials") and floor(other)
        if FLOORS.index(floor(other)) > FLOORS.index(floor(module_of(path)))
    }


def test_every_package_has_its_floor():
    assert {floor(module) for module in MODULES} - {""} == set(FLOORS)


def test_no_import_leads_upwards_but_one():
    found = {pair for pair in upwards() if not all(map(str.startswith, pair, LEFT))}
    assert found == set()


def test_the_one_that_is_left_is_still_there():
    """Gone? Then take it out of this file and of the page."""
    assert any(all(map(str.startswith, pair, LEFT)) for pair in upwards())
