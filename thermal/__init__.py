"""What a flag goes through on the Moon: cases, sky, scene, heat, endurance, results.

>>> import thermal
>>> case = thermal.load_case("cases/change5-reference.toml")
>>> for state in thermal.simulate(case):
...     print(state.time_s, state.temperature["flag"].min())

Everything is imported when it is first used, so that what needs no dolfinx works without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "Conductors": "thermal.heat.model.conductor",
    "Face": "thermal.heat.model.part",
    "HeatModel": "thermal.heat.model.heat_model",
    "Law": "thermal.heat.model.law",
    "Part": "thermal.heat.model.part",
    "Simulation": "thermal.simulation",
    "Sink": "thermal.heat.model.conductor",
    "flat_sheet": "thermal.geometry.sheet",
    "graded_grid": "thermal.geometry.graded_grid",
    "integrate": "thermal.heat.time.parallel_run",
    "load_case": "thermal.case",
    "open_result": "thermal.results",
    "simulate": "thermal.simulation",
}
__all__ = sorted(_WHERE)  # noqa: PLE0605  (one list, not two)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'thermal' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
